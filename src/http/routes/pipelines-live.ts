import type { Context } from "hono";
import { type SSEStreamingApi, streamSSE } from "hono/streaming";
import { frameOf } from "../../graph/frames.ts";
import type { HeardFrame } from "../../graph/run-frame.ts";
import type { AppDeps } from "../deps.ts";
import { logFailure, STREAM_FAILED } from "../middleware/request-log.ts";
import { pageStream } from "./page-stream.ts";

/** `GET /pipelines/events?after=SEQ`: a stream of the frames of all runs. */
export async function streamGraphEvents(c: Context, deps: AppDeps): Promise<Response> {
  // Hono runs GET for HEAD: that stream would have no reader, and would never end.
  if (c.req.method === "HEAD") return c.body(null, 200, { "content-type": "text/event-stream" });
  const requested = c.req.header("last-event-id") ?? c.req.query("after") ?? "";
  const after = /^\d{1,15}$/.test(requested) ? Number(requested) : await deps.store.runs.latestEventSeq();
  // Buffering proxies would hold messages back.
  c.header("x-accel-buffering", "no");
  return streamSSE(c, async (stream) => {
    try {
      await follow(deps, stream, after);
    } catch (error) {
      await logFailure(c, STREAM_FAILED, error);
    }
  });
}

/** Sends events from the store. The feed only signals when to check, so no event is lost or sent twice. */
async function follow(deps: AppDeps, stream: SSEStreamingApi, after: number): Promise<void> {
  const wake = pageStream(deps.events, stream);
  let seq = after;
  try {
    await stream.write("retry: 1000\n\n");
    while (!stream.aborted) {
      const events = await deps.store.runs.eventsAfter(seq);
      for (const event of events) {
        seq = event.seq;
        const { runId, at } = event;
        const frame = frameOf(event, Date.parse(at));
        if (frame === null) continue;
        const heard: HeardFrame = { runId, at, frame };
        await stream.writeSSE({ id: String(seq), data: JSON.stringify(heard) });
      }
      if (events.length === 0) await wake.heartbeat();
      await wake.next();
    }
  } finally {
    wake.stop();
  }
}
