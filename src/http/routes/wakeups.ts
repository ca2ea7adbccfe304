import type { SSEStreamingApi } from "hono/streaming";
import type { EventFeed } from "../../domain/run-event.ts";

/** Labels make no run event: looked for this often. */
const TICK_MS = 500;
/** Between two messages to one page, however much a run has to say. */
const MIN_INTERVAL_MS = 200;
/** Below the 10 s after which Bun closes a silent connection. */
const HEARTBEAT_TICKS = 8;

export interface Wakeups {
  /** Resolves when it is time to look again: soon after a run event, else at the next tick; at once when left. */
  next(): Promise<void>;
  /** Nothing to send: now and then a comment keeps the connection open. */
  heartbeat(): Promise<void>;
  stop(): void;
}

/** When a stream should look for changes. */
export function wakeups(events: EventFeed, stream: SSEStreamingApi): Wakeups {
  let wake = () => {};
  let silentTicks = 0;
  let isDue = false;
  const notify = () => {
    isDue = true;
    wake();
  };
  const unsubscribe = events.subscribe(notify);
  stream.onAbort(() => {
    unsubscribe();
    notify();
  });
  return {
    async next() {
      await sleepUnlessLeft(stream, MIN_INTERVAL_MS);
      if (!isDue) {
        const event = new Promise<void>((resolve) => {
          wake = resolve;
        });
        await Promise.race([event, stream.sleep(TICK_MS - MIN_INTERVAL_MS)]);
      }
      isDue = false;
    },
    async heartbeat() {
      silentTicks = (silentTicks + 1) % HEARTBEAT_TICKS;
      if (silentTicks === 0) await stream.write(": still here\n\n");
    },
    stop: unsubscribe,
  };
}

async function sleepUnlessLeft(stream: SSEStreamingApi, ms: number): Promise<void> {
  if (!stream.aborted) await stream.sleep(ms);
}
