import { GRID_COUNTS, type GridSaid, NAMED } from "../../../../../views/fragments/grid/grid-path.ts";
import type { GridResult } from "../../../../domain/samples/grid/grid-store.ts";
import {
  type BulkResult,
  KEPT_REASONS,
  type KeptReason,
} from "../../../../domain/samples/sheet/sheet-store.ts";

type Query = Partial<Record<string, string>>;

const COUNT = /^\d{1,9}$/;
const ID = /^[0-9a-f-]{36}$/;

/** Reads the result that an address reports; null when there is none. What cannot be read counts as nothing. */
export function saidOf(query: Query): GridSaid | null {
  const isUndo = query.undone !== undefined;
  const id = query.undone ?? query.did;
  if (id === undefined || !COUNT.test(id)) return null;
  return {
    action: Number(id) === 0 ? null : Number(id),
    isUndo,
    ...(Object.fromEntries(GRID_COUNTS.map((name) => [name, countOf(query[name])])) as Record<
      (typeof GRID_COUNTS)[number],
      number
    >),
    kept: Object.fromEntries(
      KEPT_REASONS.map((reason) => [reason, countOf(query[`kept.${reason}`])]),
    ) as Record<KeptReason, number>,
    named: namedIn(query.named ?? ""),
  };
}

/** The result of a page, as its address reports it. */
export function pageSaid({
  action,
  confirmed,
  corrected,
  left,
  unchanged,
  kept,
  named,
}: GridResult): GridSaid {
  const counts = { confirmed, corrected, left, restored: 0, unchanged };
  return { action: action?.id ?? null, isUndo: false, ...counts, kept, named };
}

/** The result of undoing a page. */
export function undoSaid({ action, changed, kept, named }: BulkResult): GridSaid {
  const counts = { confirmed: 0, corrected: 0, left: 0, restored: changed, unchanged: 0 };
  return { action: action?.id ?? null, isUndo: true, ...counts, kept, named };
}

function countOf(value: string | undefined): number {
  return value !== undefined && COUNT.test(value) ? Number(value) : 0;
}

function namedIn(text: string): GridSaid["named"] {
  return text
    .split(" ")
    .slice(0, NAMED)
    .flatMap((part) => {
      const [word, id = ""] = part.split(":");
      const reason = KEPT_REASONS.find((one) => one === word);
      return reason === undefined || !ID.test(id) ? [] : [{ id, reason }];
    });
}
