import {
  GRID_COUNTS,
  GRID_SOURCES,
  type GridSaid,
  type GridSource,
  NAMED,
  SAID_REASONS,
} from "../../../../../views/fragments/grid/grid-path.ts";
import type { QueueGridResult } from "../../../../domain/queue/queue-grid.ts";
import type { GridResult } from "../../../../domain/samples/grid/grid-store.ts";
import type { BulkResult } from "../../../../domain/samples/sheet/sheet-store.ts";
import { notOneOf } from "../../../expected.ts";

type Query = Partial<Record<string, string>>;

const COUNT = /^\d{1,9}$/;
const ID = /^[0-9a-f-]{36}$/;

/** Reads which drawings are requested. @throws InputError for a source that does not exist. */
export function sourceOf({ source = "" }: Query): GridSource {
  if (source === "") return "labels";
  const found = GRID_SOURCES.find((one) => one === source);
  if (found === undefined) throw notOneOf("source", GRID_SOURCES, source);
  return found;
}

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
    kept: Object.fromEntries(SAID_REASONS.map((reason) => [reason, countOf(query[`kept.${reason}`])])),
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

/** The same, of a page of drawings without a label. */
export function poolSaid({
  action,
  labelled,
  corrected,
  left,
  unchanged,
  kept,
  named,
}: QueueGridResult): GridSaid {
  const counts = { confirmed: labelled, corrected, left, restored: 0, unchanged };
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
      const reason = SAID_REASONS.find((one) => one === word);
      return reason === undefined || !ID.test(id) ? [] : [{ id, reason }];
    });
}
