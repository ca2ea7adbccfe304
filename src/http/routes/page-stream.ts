import type { SSEStreamingApi } from "hono/streaming";
import type { EventFeed } from "../../domain/runs/run-event.ts";
import { wakeups } from "../wakeups.ts";

/** Labels make no run event: changes are looked for this often. */
const TICK_MS = 500;
/** Between two messages to one page, however many events a run has. */
const MIN_INTERVAL_MS = 200;
/** 4 s, below the 10 s after which Bun closes a silent connection. */
const HEARTBEAT_TICKS = 8;

/** The pace of a stream that keeps a page up to date. */
export interface PageStream {
  /** Resolves when it is time to look again. */
  next(): Promise<void>;
  /** Call it when there is nothing to send: now and then a comment keeps the connection open. */
  heartbeat(): Promise<void>;
  stop(): void;
}

/** Paces a stream of a page: soon after a run event, else twice a second. */
export function pageStream(events: EventFeed, stream: SSEStreamingApi): PageStream {
  const wake = wakeups({ events, stream, tickMs: TICK_MS, minIntervalMs: MIN_INTERVAL_MS });
  let silentTicks = 0;
  return {
    async next() {
      await wake.next();
    },
    async heartbeat() {
      silentTicks = (silentTicks + 1) % HEARTBEAT_TICKS;
      if (silentTicks === 0) await stream.write(": still here\n\n");
    },
    stop: wake.stop,
  };
}
