import { POOL_KEPT_REASONS, type PoolKeptReason } from "../../../src/domain/queue/queue-grid.ts";
import { KEPT_REASONS, type KeptReason } from "../../../src/domain/samples/sheet/sheet-store.ts";

/** Where the drawings of the grid are from: stored labels to confirm, or the pool. */
export const GRID_SOURCES = ["labels", "unlabelled"] as const;
/** One of these. */
export type GridSource = (typeof GRID_SOURCES)[number];

/** The counts of a result. `restored` is of an undo: drawings that are as before. */
export const GRID_COUNTS = ["confirmed", "corrected", "left", "restored", "unchanged"] as const;

/** The reasons why a drawing was not changed: of stored labels, and of the pool. */
export const SAID_REASONS = [...KEPT_REASONS, ...POOL_KEPT_REASONS] as const;
/** One of these. */
export type SaidReason = KeptReason | PoolKeptReason;

/** How many of the drawings that were not changed an address names. */
export const NAMED = 5;

/** The result of a page of the grid, or of its undo, as its address has it. */
export type GridSaid = Readonly<Record<(typeof GRID_COUNTS)[number], number>> & {
  /** The number of the action; null when nothing was changed. */
  action: number | null;
  isUndo: boolean;
  kept: Readonly<Partial<Record<SaidReason, number>>>;
  /** Up to `NAMED` of those that were not changed. */
  named: readonly { id: string; reason: SaidReason }[];
};

/** The address of the grid of a class, with the result of the last page, which it reports. */
export function gridPath(
  label: string | null,
  said: GridSaid | null = null,
  source: GridSource = "labels",
): string {
  const query = new URLSearchParams(source === "labels" ? {} : { source });
  if (label !== null) query.set("label", label);
  if (said !== null) {
    query.set(said.isUndo ? "undone" : "did", String(said.action ?? 0));
    for (const name of GRID_COUNTS) if (said[name] > 0) query.set(name, String(said[name]));
    for (const reason of SAID_REASONS) {
      const n = said.kept[reason] ?? 0;
      if (n > 0) query.set(`kept.${reason}`, String(n));
    }
    const named = said.named.slice(0, NAMED).map(({ id, reason }) => `${reason}:${id}`);
    if (named.length > 0) query.set("named", named.join(" "));
  }
  return query.size === 0 ? "/label/grid" : `/label/grid?${query}`;
}
