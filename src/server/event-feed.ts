import type { EventFeed, RunEvent } from "../domain/runs/run-event.ts";
import type { Store } from "../domain/store.ts";

/** Passes run events of every process that writes to the store on to subscribers. */
export interface PolledEventFeed extends EventFeed {
  /** Passes on the events since the last call. It must not be called again before it resolves. */
  poll(): Promise<void>;
}

/**
 * Creates a feed of the table of run events, to which the processes of runs write.
 *
 * @param onError receives the errors of listeners; the other listeners still receive the event.
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
