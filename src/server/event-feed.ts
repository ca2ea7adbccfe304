import type { EventFeed, RunEvent } from "../domain/run-event.ts";
import type { Store } from "../domain/store.ts";

/** Run events of every process that writes to the store, passed on to whoever subscribed. */
export interface PolledEventFeed extends EventFeed {
  /** Passes on what is new since the last call. Not to be called again before it resolves. */
  poll(): Promise<void>;
}

/**
 * Follows the table of run events: the child process of a run, or a run typed in a terminal, writes there.
 *
 * @param onError gets what a listener throws; the other listeners still hear the event.
 */
export async function createEventFeed(
  store: Store,
  onError: (error: unknown) => void,
): Promise<PolledEventFeed> {
  const listeners = new Set<(event: RunEvent) => void>();
  let seq = await store.runs.latestEventSeq();

  function pass(event: RunEvent): void {
    for (const listener of listeners) {
      try {
        listener(event);
      } catch (error) {
        onError(error);
      }
    }
  }

  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async poll() {
      for (const event of await store.runs.eventsAfter(seq)) {
        seq = event.seq;
        pass(event);
      }
    },
  };
}
