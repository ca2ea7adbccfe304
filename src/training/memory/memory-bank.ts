import { contributionOf, type MemoryBlend } from "./blend.ts";
import type { Neighbour } from "./class-evidence.ts";

/** A drawing to remember. */
export interface Memorable {
  /** The sample's. */
  id: string;
  label: string;
}

/** The result of one query. */
export interface Recall {
  /** float64 [K]: nats for each class. */
  evidence: Float64Array;
  /** The drawings that count, with their part in the evidence, in nats, the greatest first; those without a part are left out. */
  spoke: { id: string; label: string; nats: number }[];
}

/** A remembered drawing near another one. */
interface Near {
  row: number;
  /** At most 1. */
  cosine: number;
}

/** Evidence below this many nats changes no answer that a person could see. */
const NEGLIGIBLE_NATS = 0.01;
/** Rows that fit at first; the space doubles when it is full. */
const FIRST_ROWS = 32;

/**
 * The labelled drawings of one person as rows of features, and what they say about a new one. `evidenceOf` in
 * `memory-bank.reference.ts` is its plain form.
 *
 * Rows have length 1, so that a product of two is their cosine. Features behind a relu are mostly 0: only the columns in
 * which the query has a value are multiplied.
 */
export class MemoryBank {
  readonly #width: number;
  readonly #maxRows: number;
  #rows: Float32Array;
  /** In order of arrival, which is the order of the rows. */
  #drawings: Memorable[] = [];

  /**
   * @param width values of one drawing's features.
   * @param maxRows drawings that fit. When it is full, the oldest drawing of the label with the most drawings is forgotten
   *   first, so that a rare label keeps its few.
   */
  constructor(width: number, maxRows: number) {
    this.#width = width;
    this.#maxRows = Math.max(1, maxRows);
    this.#rows = new Float32Array(width * Math.min(FIRST_ROWS, this.#maxRows));
  }

  /** Number of drawings. */
  get size(): number {
    return this.#drawings.length;
  }

  /** Bytes that the rows take. */
  get bytes(): number {
    return this.#rows.byteLength;
  }

  /** Returns the labels that have a drawing. */
  labels(): Set<string> {
    return new Set(this.#drawings.map(({ label }) => label));
  }

  /** Returns the label under which a drawing is remembered; undefined when it is not. */
  labelOf(id: string): string | undefined {
    return this.#drawings.find((drawing) => drawing.id === id)?.label;
  }

  /**
   * Remembers a drawing as the newest one; one that is known is replaced.
   * @param features float32 [width]; copied.
   * @throws {RangeError} for another width, or a value that is not finite. The bank is then unchanged.
   */
  add({ id, label }: Memorable, features: Float32Array): void {
    const length = this.#lengthOf(features);
    this.remove(id);
    if (this.size >= this.#maxRows) this.#forgetOne();
    this.#makeRoom();
    const start = this.size * this.#width;
    for (let i = 0; i < this.#width; i++) this.#rows[start + i] = length === 0 ? 0 : features[i]! / length;
    this.#drawings.push({ id, label });
  }

  /** Forgets a drawing. @returns whether it was remembered. */
  remove(id: string): boolean {
    const row = this.#drawings.findIndex((drawing) => drawing.id === id);
    if (row < 0) return false;
    this.#rows.copyWithin(row * this.#width, (row + 1) * this.#width, this.size * this.#width);
    this.#drawings.splice(row, 1);
    return true;
  }

  /**
   * Returns what the remembered drawings say about another one.
   *
   * @param features float32 [width].
   * @param classes of the model; drawings with other labels say nothing.
   * @param spread the model's unit of distance.
   * @throws {RangeError} as `add`.
   */
  recall(features: Float32Array, classes: readonly string[], blend: MemoryBlend, spread: number): Recall {
    const length = this.#lengthOf(features);
    const evidence = new Float64Array(classes.length);
    if (length === 0) return { evidence, spoke: [] };
    const nearest = this.#nearestOf(this.#cosines(features, length), classes, blend.nearest);
    const spoke: Recall["spoke"] = [];
    nearest.forEach((rows, k) => {
      for (const { row, cosine } of rows) {
        const nats = contributionOf(Math.max(0, 1 - cosine) / spread, blend);
        evidence[k]! += nats;
        if (nats >= NEGLIGIBLE_NATS) spoke.push({ ...this.#drawings[row]!, nats });
      }
    });
    spoke.sort((a, b) => b.nats - a.nats);
    return { evidence, spoke };
  }

  /**
   * Returns the distance of every remembered drawing from another one, in the order of arrival.
   * @param features float32 [width].
   * @param spread the model's unit of distance.
   * @throws {RangeError} as `add`.
   */
  neighbours(features: Float32Array, spread: number): Neighbour[] {
    const length = this.#lengthOf(features);
    const cosines = length === 0 ? new Float32Array(this.size) : this.#cosines(features, length);
    return this.#drawings.map(({ label }, row) => ({
      label,
      distance: Math.max(0, 1 - cosines[row]!) / spread,
    }));
  }

  /** The `count` rows of each class that are nearest, the nearest first; of equals, the one that arrived first. */
  #nearestOf(cosines: Float32Array, classes: readonly string[], count: number): Near[][] {
    const classOf = new Map(classes.map((label, k) => [label, k]));
    const nearest: Near[][] = classes.map(() => []);
    for (let row = 0; row < cosines.length; row++) {
      const near = nearest[classOf.get(this.#drawings[row]!.label) ?? -1];
      const cosine = Math.min(1, cosines[row]!);
      if (near === undefined || (near.length >= count && near.at(-1)!.cosine >= cosine)) continue;
      let at = near.length;
      while (at > 0 && near[at - 1]!.cosine < cosine) at--;
      near.splice(at, 0, { row, cosine });
      if (near.length > count) near.pop();
    }
    return nearest;
  }

  /** float32 [size]. */
  #cosines(features: Float32Array, length: number): Float32Array {
    const columns = new Uint32Array(features.length);
    const values = new Float32Array(features.length);
    let n = 0;
    for (let i = 0; i < features.length; i++) {
      if (features[i] === 0) continue;
      columns[n] = i;
      values[n++] = features[i]! / length;
    }
    const rows = this.#rows;
    const cosines = new Float32Array(this.size);
    for (let row = 0, start = 0; row < cosines.length; row++, start += this.#width) {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += rows[start + columns[i]!]! * values[i]!;
      cosines[row] = sum;
    }
    return cosines;
  }

  #lengthOf(features: Float32Array): number {
    if (features.length !== this.#width) {
      throw new RangeError(`Cannot remember: expected ${this.#width} features, found ${features.length}`);
    }
    let squares = 0;
    for (const value of features) squares += value * value;
    if (!Number.isFinite(squares)) throw new RangeError("Cannot remember: a feature is not a finite number");
    return Math.sqrt(squares);
  }

  #forgetOne(): void {
    const counts = new Map<string, number>();
    for (const { label } of this.#drawings) counts.set(label, (counts.get(label) ?? 0) + 1);
    const most = Math.max(...counts.values());
    const oldest = this.#drawings.find(({ label }) => counts.get(label) === most);
    if (oldest !== undefined) this.remove(oldest.id);
  }

  #makeRoom(): void {
    const needed = (this.size + 1) * this.#width;
    if (needed <= this.#rows.length) return;
    const rows = new Float32Array(Math.min(2 * this.#rows.length, this.#maxRows * this.#width));
    rows.set(this.#rows);
    this.#rows = rows;
  }
}
