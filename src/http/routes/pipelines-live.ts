import type { Context } from "hono";
import { type SSEStreamingApi, streamSSE } from "hono/streaming";
import { frameOf } from "../../graph/frames.ts";
import type { HeardFrame } from "../../graph/run-frame.ts";
import type { AppDeps } from "../deps.ts";
import { logFailure, STREAM_FAILED } from "../middleware/request-log.ts";
import { pageStream } from "./page-stream.ts";

/** The frames of all runs, as they come: `GET /pipelines/events?after=SEQ`. */
export async function streamGraphEvents(c: Context, deps: AppDeps): Promise<Response> {
  // Hono answers HEAD by running GET: nobody would ever read that stream, nor end it.
  if (c.req.method === "HEAD") return c.body(null, 200, { "content-type": "text/event-stream" });
  const asked = c.req.header("last-event-id") ?? c.req.query("after") ?? "";
  const after = /^\d{1,15}$/.test(asked) ? Number(asked) : await deps.store.runs.latestEventSeq();
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

/** The store is the only source and the feed merely says when to look, so nothing is lost or sent twice. */
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
