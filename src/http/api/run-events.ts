import type { Context } from "hono";
import { type SSEStreamingApi, streamSSE } from "hono/streaming";
import { hasEnded, type Run } from "../../domain/runs/run.ts";
import { endsRun, type RunEvent } from "../../domain/runs/run-event.ts";
import type { AppDeps } from "../deps.ts";
import { logFailure, STREAM_FAILED } from "../middleware/request-log.ts";
import { type Wakeups, wakeups } from "../wakeups.ts";
import { runEventJson } from "./run-json.ts";

/** Interval of heartbeats, in ms: below the 10 s after which Bun closes a silent connection. */
const HEARTBEAT_MS = 5_000;

/** Delay, in ms, after which a client that lost the stream reconnects. */
const RECONNECT_MS = 1_000;

type EventDeps = Pick<AppDeps, "store" | "events">;

/**
 * A run's events as server-sent events: first those in the store after `Last-Event-ID`, then live, until the
 * run's final event. `id` is the event's `seq`, `event` its type, `data` the event as JSON.
 *
 * The store is the only source, and the feed only signals when to read it again, so nothing is lost or sent twice
 * between replay and live, and a slow client needs no queue. A client that has every event of a finished run gets
 * 204, which tells an EventSource to stop reconnecting.
 */
export async function streamRunEvents(
  c: Context,
  deps: EventDeps,
  run: Run,
  heartbeatMs = HEARTBEAT_MS,
): Promise<Response> {
  const after = lastEventId(c.req.header("last-event-id"));
  const pending = await deps.store.runs.eventsAfter(after, { runId: run.id, limit: 1 });
  if (hasEnded(run) && pending.length === 0) return c.body(null, 204);
  // Hono answers HEAD by running GET: no client would read that stream or end it.
  if (c.req.method === "HEAD") return c.body(null, 200, { "content-type": "text/event-stream" });
  return streamSSE(c, async (stream) => {
    const concerns = ({ runId }: RunEvent) => runId === run.id;
    const feed = wakeups({ events: deps.events, stream, concerns, tickMs: heartbeatMs });
    try {
      // The server sends the headers with the first bytes, and the first event may take long to arrive.
      await stream.write(`retry: ${RECONNECT_MS}\n\n`);
      await follow(deps, run, after, stream, feed);
    } catch (error) {
      await logFailure(c, STREAM_FAILED, error);
    } finally {
      feed.stop();
    }
  });
}

async function follow(deps: EventDeps, run: Run, after: number, stream: SSEStreamingApi, feed: Wakeups) {
  let seq = after;
  let isOver = hasEnded(run);
  while (!stream.aborted) {
    const page = await deps.store.runs.eventsAfter(seq, { runId: run.id });
    for (const event of page) {
      const json = runEventJson(event);
      await stream.writeSSE({ id: String(event.seq), event: json.type, data: JSON.stringify(json) });
      if (endsRun(event)) return;
      seq = event.seq;
    }
    if (page.length > 0) continue;
    if (isOver) return;
    if ((await feed.next()) === "tick") {
      await stream.write(": still here\n\n");
      // A run that ended without reporting it (its process was killed) must not hold the stream open.
      const now = await deps.store.runs.get(run.id);
      isOver = now === null || hasEnded(now);
    }
  }
}

/** The last received `seq`. Anything but a whole number means "from the start", as does a missing header. */
function lastEventId(header: string | undefined): number {
  return header !== undefined && /^\d{1,15}$/.test(header) ? Number(header) : 0;
}
