import { isInside } from "./polygon.ts";
import type { Point } from "./viewport.ts";

/** The points as the server sends them; `MapPoints` of `map-points.ts` says what each column is. */
export interface PointColumns {
  labels: string[];
  ids: string;
  x: number[];
  y: number[];
  label: number[];
  predicted: number[];
  confidence: number[];
  withdrawn: number[];
}

const STEPS = 10_000;
const ID_BYTES = 16;
/** The label of a drawing of none of the classes. */
export const NO_LABEL = -1;

/** The drawings of the map, with their labels as they are now. Pure: it knows no page. */
export class MapPoints {
  readonly labels: readonly string[];
  readonly n: number;
  readonly #columns: PointColumns;
  readonly #ids: readonly Uint8Array[];
  readonly #places: ReadonlyMap<string, number>;
  readonly #withdrawn: Set<number>;
  /** Labels that the legend has turned off. */
  readonly #hidden = new Set<number>();

  constructor(columns: PointColumns) {
    const bytes = fromBase64url(columns.ids);
    this.#columns = columns;
    this.labels = columns.labels;
    this.n = columns.x.length;
    this.#ids = columns.x.map((_, i) => bytes.subarray(i * ID_BYTES, (i + 1) * ID_BYTES));
    this.#places = new Map(this.#ids.map((_, i) => [this.id(i), i]));
    this.#withdrawn = new Set(columns.withdrawn);
  }

  id(i: number): string {
    const hex = [...this.#ids[i]!].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  }

  /** The ids of several as addresses have them. */
  address(places: readonly number[]): string {
    return toBase64url(places.flatMap((i) => [...this.#ids[i]!]));
  }

  placeOf(id: string): number | null {
    return this.#places.get(id) ?? null;
  }

  at(i: number): Point {
    return { x: this.#columns.x[i]! / STEPS, y: this.#columns.y[i]! / STEPS };
  }

  /** An index into `labels`, or `NO_LABEL`. */
  label(i: number): number {
    return this.#columns.label[i]!;
  }

  predicted(i: number): number {
    return this.#columns.predicted[i]!;
  }

  /** In percent. */
  confidence(i: number): number {
    return this.#columns.confidence[i]!;
  }

  /** Whether the model's prediction is not the label; never of a drawing of none of the classes. */
  isWrong(i: number): boolean {
    return this.label(i) !== NO_LABEL && this.label(i) !== this.predicted(i);
  }

  isShown(i: number): boolean {
    return !this.#withdrawn.has(i) && !this.#hidden.has(this.label(i));
  }

  /** Shows the points of a label, or hides them. */
  toggle(label: number, isShown: boolean): void {
    if (isShown) this.#hidden.delete(label);
    else this.#hidden.add(label);
  }

  /** How many have this label and are not withdrawn. */
  count(label: number): number {
    return this.#columns.label.filter((one, i) => one === label && !this.#withdrawn.has(i)).length;
  }

  /** A drawing has another label or state. @param label "" for none of the classes. */
  change(id: string, label: string, state: string): void {
    const place = this.placeOf(id);
    if (place === null) return;
    const index = this.labels.indexOf(label);
    this.#columns.label[place] = state === "negative" ? NO_LABEL : index;
    if (state === "rejected") this.#withdrawn.add(place);
    else this.#withdrawn.delete(place);
  }

  /** The places of the shown points inside a polygon. */
  inside(corners: readonly Point[]): number[] {
    return this.#shown((i) => isInside(this.at(i), corners));
  }

  /** The places of the shown points in a box, its sides included. */
  inBox(from: Point, to: Point): number[] {
    return this.#shown((i) => {
      const { x, y } = this.at(i);
      return x >= from.x && x <= to.x && y >= from.y && y <= to.y;
    });
  }

  /** The shown point nearest to a place, if it is not farther than `most`. */
  nearest(to: Point, most: number): number | null {
    let best: number | null = null;
    let least = most;
    for (let i = 0; i < this.n; i++) {
      if (!this.isShown(i)) continue;
      const { x, y } = this.at(i);
      const distance = Math.hypot(x - to.x, y - to.y);
      if (distance > least) continue;
      least = distance;
      best = i;
    }
    return best;
  }

  #shown(test: (i: number) => boolean): number[] {
    return Array.from({ length: this.n }, (_, i) => i).filter((i) => this.isShown(i) && test(i));
  }
}

function fromBase64url(text: string): Uint8Array {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));
}

function toBase64url(bytes: readonly number[]): string {
  const text = bytes.map((byte) => String.fromCharCode(byte)).join("");
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
