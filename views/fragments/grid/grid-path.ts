import { KEPT_REASONS, type KeptReason } from "../../../src/domain/samples/sheet/sheet-store.ts";

/** The counts of a result. `restored` is of an undo: drawings that are as before. */
export const GRID_COUNTS = ["confirmed", "corrected", "left", "restored", "unchanged"] as const;

/** How many of the drawings that were not changed an address names. */
export const NAMED = 5;

/** The result of a page of the grid, or of its undo, as its address has it. */
export type GridSaid = Readonly<Record<(typeof GRID_COUNTS)[number], number>> & {
  /** The number of the action; null when nothing was changed. */
  action: number | null;
  isUndo: boolean;
  kept: Readonly<Record<KeptReason, number>>;
  /** Up to `NAMED` of those that were not changed. */
  named: readonly { id: string; reason: KeptReason }[];
};

/** The address of the grid of a class, with the result of the last page, which it reports. */
export function gridPath(label: string | null, said: GridSaid | null = null): string {
  const query = new URLSearchParams(label === null ? {} : { label });
  if (said !== null) {
    query.set(said.isUndo ? "undone" : "did", String(said.action ?? 0));
    for (const name of GRID_COUNTS) if (said[name] > 0) query.set(name, String(said[name]));
    for (const reason of KEPT_REASONS)
      if (said.kept[reason] > 0) query.set(`kept.${reason}`, String(said.kept[reason]));
    const named = said.named.slice(0, NAMED).map(({ id, reason }) => `${reason}:${id}`);
    if (named.length > 0) query.set("named", named.join(" "));
  }
  return query.size === 0 ? "/label/grid" : `/label/grid?${query}`;
}
