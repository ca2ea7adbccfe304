/** The selected drawings of a sheet, by their places in it. Pure: it knows no page. */
export class Selection {
  readonly #chosen = new Set<number>();
  /** Where a range starts. */
  #anchor: number | null = null;
  /** The other end of the last range, which a longer or shorter one replaces. */
  #end: number | null = null;

  get size(): number {
    return this.#chosen.size;
  }

  has(at: number): boolean {
    return this.#chosen.has(at);
  }

  /** The places, in order. */
  places(): number[] {
    return [...this.#chosen].sort((a, b) => a - b);
  }

  /** Selects a place, or clears it. */
  toggle(at: number): void {
    if (!this.#chosen.delete(at)) this.#chosen.add(at);
    this.#anchor = at;
    this.#end = at;
  }

  /** Selects from the last toggled place to this one, instead of the range that was selected from there before. */
  extendTo(at: number): void {
    this.#anchor ??= at;
    for (const place of range(this.#anchor, this.#end ?? this.#anchor)) this.#chosen.delete(place);
    for (const place of range(this.#anchor, at)) this.#chosen.add(place);
    this.#end = at;
  }

  /** Begins a range at a place without selecting it, where none has begun. */
  beginAt(at: number): void {
    this.#anchor ??= at;
    this.#end ??= at;
  }

  selectFirst(n: number): void {
    for (let at = 0; at < n; at++) this.#chosen.add(at);
  }

  clear(): void {
    this.#chosen.clear();
    this.#anchor = null;
    this.#end = null;
  }
}

function range(a: number, b: number): number[] {
  return Array.from({ length: Math.abs(a - b) + 1 }, (_, n) => Math.min(a, b) + n);
}
