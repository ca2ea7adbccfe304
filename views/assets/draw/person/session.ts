/** Number of labels after which a new session starts. */
export const LABELS_PER_SESSION = 20;
/** Time without a label, in ms, after which a new session starts. */
export const IDLE_MS = 30 * 60_000;

/**
 * The session that a label belongs to: a random id, new with each page load, after 20 labels, and after half an hour
 * without one. The server puts each session as a whole into training or into the holdout, so one long evening of one
 * person contributes to both.
 */
export class Session {
  #id: string | null = null;
  #labels = 0;
  #lastMs = 0;
  readonly #newId: () => string;
  readonly #nowMs: () => number;

  constructor(newId: () => string, nowMs: () => number) {
    this.#newId = newId;
    this.#nowMs = nowMs;
  }

  /** The next label starts a new session. */
  end(): void {
    this.#id = null;
  }

  /** The id for the next label; counts it. */
  forLabel(): string {
    const now = this.#nowMs();
    const isOver = this.#labels >= LABELS_PER_SESSION || now - this.#lastMs > IDLE_MS;
    if (this.#id === null || isOver) {
      this.#id = this.#newId();
      this.#labels = 0;
    }
    this.#labels += 1;
    this.#lastMs = now;
    return this.#id;
  }
}
