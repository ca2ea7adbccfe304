/** A decision about an odd drawing, as the form has it: "label:7", "none", "withdraw" or "review". */
export type Decision = `label:${string}` | "none" | "withdraw" | "review";

/** The odd drawings of a page by their places, each with its decision; null while there is none. It knows no page. */
export class Marks {
  readonly #marks = new Map<number, Decision | null>();

  get size(): number {
    return this.#marks.size;
  }

  has(place: number): boolean {
    return this.#marks.has(place);
  }

  decisionOf(place: number): Decision | null {
    return this.#marks.get(place) ?? null;
  }

  /** Marks a drawing, or clears its mark with the decision. */
  set(place: number, isOdd: boolean): void {
    if (!isOdd) this.#marks.delete(place);
    else if (!this.#marks.has(place)) this.#marks.set(place, null);
  }

  /** Marks a drawing with its decision; the same decision again clears the mark, as a second press of its key does. */
  decide(place: number, decision: Decision): void {
    if (this.#marks.get(place) === decision) this.#marks.delete(place);
    else this.#marks.set(place, decision);
  }

  /** Marks all places between two, both included. */
  markRange(from: number, to: number): void {
    for (let place = Math.min(from, to); place <= Math.max(from, to); place++) this.set(place, true);
  }

  /** The places that are marked without a decision, in order. */
  undecided(): number[] {
    return [...this.#marks]
      .filter(([, decision]) => decision === null)
      .map(([place]) => place)
      .sort((a, b) => a - b);
  }

  clear(): void {
    this.#marks.clear();
  }
}
