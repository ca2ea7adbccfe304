import type { CurveCounts } from "../../domain/learning/learning-curve.ts";

/** Mistakes by group of drawings and by number of labels. */
export class Tally {
  readonly #points: number;
  readonly #groups = new Map<string, CurveCounts>();
  readonly #parts = new Set<readonly string[]>();

  /** @param points numbers of labels. */
  constructor(points: number) {
    this.#points = points;
  }

  /**
   * Adds the mistakes of one model. Those of the first point also count the drawings, so it is added for every part.
   * @param units    [N], names of the groups; the same array for the same drawings.
   * @param mistakes [N], 1 for a mistake.
   */
  add(units: readonly string[], point: number, mistakes: Uint8Array): void {
    this.#parts.add(units);
    units.forEach((unit, i) => {
      const group = this.#groups.get(unit) ?? { n: 0, errors: new Array<number>(this.#points).fill(0) };
      if (point === 0) group.n++;
      group.errors[point]! += mistakes[i]!;
      this.#groups.set(unit, group);
    });
  }

  /** Different drawings: those of parts with the same ones count once. */
  get drawings(): number {
    return [...this.#parts].reduce((sum, units) => sum + units.length, 0);
  }

  groups(): CurveCounts[] {
    return [...this.#groups.values()];
  }
}
