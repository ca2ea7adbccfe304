import type { SSEStreamingApi } from "hono/streaming";
import type { EventFeed, RunEvent } from "../domain/runs/run-event.ts";

/** Tells a stream when to look for changes. */
export interface Wakeups {
  /** Resolves at an event that concerns the stream, at the next tick, or at once when the client has left. */
  next(): Promise<"event" | "tick">;
  /** Ends the subscription. Call it when the stream ends. */
  stop(): void;
}

/** How a stream is woken up. */
export interface WakeupOptions {
  events: EventFeed;
  stream: SSEStreamingApi;
  /** Which events wake it; all by default. */
  concerns?(event: RunEvent): boolean;
  /** The longest time between two calls of `next` that resolve. */
  tickMs: number;
  /** The shortest time, however many events there are; none by default. */
  minIntervalMs?: number;
}

/** Wakes a stream by events of the feed, and by time. No timer is left when the client leaves. */
export function wakeups({ events, stream, concerns, tickMs, minIntervalMs = 0 }: WakeupOptions): Wakeups {
  let isDue = false;
  let wake = () => {};
  const notify = () => {
    isDue = true;
    wake();
  };
  const unsubscribe = events.subscribe((event) => {
    if (concerns?.(event) !== false) notify();
  });
  stream.onAbort(() => {
    unsubscribe();
    notify();
  });

  /** @returns after `ms`, or as soon as it is woken. */
  function wait(ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, ms);
    wake = () => {
      clearTimeout(timer);
      resolve();
    };
    return promise;
  }

  return {
    async next() {
      if (minIntervalMs > 0 && !stream.aborted) await stream.sleep(minIntervalMs);
      if (!isDue) await wait(tickMs - minIntervalMs);
      const because = isDue ? "event" : "tick";
      isDue = false;
      return because;
    },
    stop: unsubscribe,
  };
}
