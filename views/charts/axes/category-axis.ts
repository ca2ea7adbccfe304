import { shortLabel } from "../labels.ts";
import type { Axis } from "./axis.ts";

/** Rows beside each other, the first at the top; values are their indices. Each has its name, so names may repeat. */
export function categoryAxis(names: readonly string[]): Axis {
  const place = (index: number) => 1 - (index + 0.5) / Math.max(1, names.length);
  return {
    place,
    ticks: names.map((name, i) => ({ at: place(i), label: shortLabel(name) })),
    brokenAt: null,
  };
}
