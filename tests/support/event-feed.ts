import type { EventFeed, RunEvent } from "../../src/domain/runs/run-event.ts";

/** Passes on the events that the test emits, immediately. */
export class ManualEventFeed implements EventFeed {
  readonly #listeners = new Set<(event: RunEvent) => void>();

  subscribe(listener: (event: RunEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  emit(event: RunEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  get subscribers(): number {
    return this.#listeners.size;
  }
}
