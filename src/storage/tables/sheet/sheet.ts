import type { Database } from "bun:sqlite";
import type { Actor } from "../../../domain/actor.ts";
import { SAMPLE_STATES, type Sample } from "../../../domain/sample.ts";
import type { SampleFilter, SampleQuery } from "../../../domain/samples/sheet/sample-filter.ts";
import {
  type BulkChange,
  type BulkResult,
  MAX_SELECTED,
  type SampleAction,
  type SampleOutline,
  type SamplePrediction,
  type SelectedSample,
  type Selection,
  type SheetItem,
  type SheetStore,
} from "../../../domain/samples/sheet/sheet-store.ts";
import type { Clock } from "../../../lib/clock.ts";
import { InputError } from "../../../lib/errors.ts";
import { saying } from "../../../lib/saying.ts";
import type { Connection } from "../../connection.ts";
import { isId } from "../../ids.ts";
import { checkedLimit, pageOf } from "../../paging.ts";
import { type RawRow, Row } from "../../row.ts";
import { undoPoolPage } from "../queue/grid/undo-page.ts";
import { labelledOf, removeAdded } from "../queue/pool-list.ts";
import { sampleFromRow } from "../sample-row.ts";
import { addAction, findAction, newestActions } from "./actions.ts";
import { mostAlike } from "./alike.ts";
import { changeSome, keep, noResult } from "./bulk-change.ts";
import { filtered, type Values } from "./filter-clauses.ts";
import { outlinesAfter } from "./outlines.ts";
import { predictionsOf } from "./predictions-of.ts";
import { markUndone, requireUndoable, undoSome } from "./undo.ts";

/** Samples that are changed in one transaction: it decides how long a label waits. */
const AT_ONCE = 2_000;
/** The columns of an item; all are in the index `samples_sheet`. */
const ITEM = "id, label, state, predicted, shown, writer";

/** Contact sheets of the table `samples`, with the table `sample_actions`. */
export class SqliteSheet implements SheetStore {
  readonly #connection: Connection;
  readonly #clock: Clock;

  constructor(connection: Connection, clock: Clock) {
    this.#connection = connection;
    this.#clock = clock;
  }

  async page({ cursor, limit: asked, ...filter }: SampleQuery) {
    const limit = checkedLimit(asked);
    if (cursor !== undefined && !isId(cursor)) {
      throw new InputError(`cursor "${cursor}" is not from a list of samples. Omit it for the first page`);
    }
    const { from, values } = filtered(filter, cursor === undefined ? undefined : { before: cursor });
    const rows = this.#connection.read("read the samples", (database) =>
      database
        .query<RawRow, [Values]>(`SELECT ${ITEM} ${from} ORDER BY id DESC LIMIT ${limit + 1}`)
        .all(values)
        .map(itemFromRow),
    );
    const { page, nextCursor } = pageOf(rows, limit);
    return { items: page, nextCursor };
  }

  async count(filter: SampleFilter): Promise<number> {
    const { from, values } = filtered(filter);
    const row = this.#connection.read("count the samples", (database) =>
      database.query<{ n: number }, [Values]>(`SELECT count(*) AS n ${from}`).get(values),
    );
    return row?.n ?? 0;
  }

  async items(ids: readonly string[]): Promise<SheetItem[]> {
    return this.#connection.read("read the samples", (database) => itemsOf(database, ids));
  }

  async outlinesAfter(id: string | null, limit: number): Promise<SampleOutline[]> {
    return this.#connection.read("read the samples", (database) => outlinesAfter(database, id, limit));
  }

  async images(ids: readonly string[]): Promise<(Uint8Array | null)[]> {
    return this.#connection.read("read the images", (database) => {
      const find = database.query<{ pixels: Uint8Array }, { id: string }>(
        "SELECT pixels FROM samples WHERE id = $id",
      );
      return ids.map((id) => find.get({ id })?.pixels ?? null);
    });
  }

  async selected(selection: Selection, after: string | null, limit: number): Promise<Sample[]> {
    return this.#connection.read("read the samples", (database) => {
      const find = database.query<RawRow, { id: string }>("SELECT * FROM samples WHERE id = $id");
      return selectedIds(database, selection, after, limit).flatMap((id) =>
        find.all({ id }).map(sampleFromRow),
      );
    });
  }

  async choices() {
    return this.#connection.read("read the choices", (database) => ({
      sources: distinct<string>(database, "source", ""),
      modelVersions: distinct<number>(database, "model_version", "WHERE model_version IS NOT NULL"),
    }));
  }

  async change(selection: Selection, change: BulkChange, actor: Actor): Promise<BulkResult> {
    const samples = this.#connection.read("select the samples", (database) =>
      selectedSamples(database, selection),
    );
    const now = this.#clock.now().toISOString();
    const result = noResult();
    let action: number | null = null;
    for (let start = 0; start < samples.length; start += AT_ONCE) {
      await this.#connection.write("change the samples", (database) => {
        action ??= addAction(database, { kind: change.kind, label: labelOf(change), at: now, actor });
        changeSome(database, samples.slice(start, start + AT_ONCE), change, { action, actor, now }, result);
      });
    }
    if (result.changed > 0) result.action = this.#action(action);
    return result;
  }

  async undo(action: number, actor: Actor): Promise<BulkResult> {
    const now = this.#clock.now().toISOString();
    const result = noResult();
    for (let removed = AT_ONCE; removed === AT_ONCE; result.changed += removed) {
      removed = await this.#connection.write("undo an action", (database) => {
        requireUndoable(database, action);
        return removeAdded(database, action, AT_ONCE);
      });
    }
    let before: number | null = Number.MAX_SAFE_INTEGER;
    while (before !== null) {
      const start: number = before;
      before = await this.#connection.write("undo an action", (database) => {
        requireUndoable(database, action);
        if (start === Number.MAX_SAFE_INTEGER) undoPoolPage(database, action, { actor, now }, result);
        const next = undoSome(database, action, { before: start, limit: AT_ONCE }, { actor, now }, result);
        if (next !== null) return next;
        for (const id of labelledOf(database, action)) keep(result, id, "changed");
        markUndone(database, action, now);
        return null;
      });
    }
    result.action = this.#action(action);
    return result;
  }

  async startImport(file: string, actor: Actor): Promise<number> {
    const at = this.#clock.now().toISOString();
    return this.#connection.write("record an import", (database) =>
      addAction(database, { kind: "import", label: file, at, actor }),
    );
  }

  async action(id: number): Promise<SampleAction | null> {
    return this.#action(id);
  }

  async actions(limit: number): Promise<SampleAction[]> {
    return this.#connection.read("read the actions", (database) => newestActions(database, limit));
  }

  async predictions(id: string): Promise<SamplePrediction[]> {
    return this.#connection.read("read the predictions", (database) => predictionsOf(database, id));
  }

  async alike(id: string, limit: number): Promise<{ item: SheetItem; distance: number }[]> {
    return this.#connection.read("compare the drawings", (database) => {
      const found = mostAlike(database, id, limit);
      const items = itemsOf(
        database,
        found.map((one) => one.id),
      );
      return items.map((item, n) => ({ item, distance: found[n]!.distance }));
    });
  }

  #action(id: number | null): SampleAction | null {
    if (id === null) return null;
    return this.#connection.read("read an action", (database) => findAction(database, id));
  }
}

function labelOf(change: BulkChange): string | null {
  return change.kind === "relabel" ? change.label : null;
}

/** @returns in the order of the ids, without those that do not exist. */
function itemsOf(database: Database, ids: readonly string[]): SheetItem[] {
  const find = database.query<RawRow, { id: string }>(
    `SELECT ${ITEM} FROM samples INDEXED BY samples_sheet WHERE id = $id`,
  );
  return ids.flatMap((id) => find.all({ id }).map(itemFromRow));
}

function selectedSamples(database: Database, selection: Selection): readonly SelectedSample[] {
  if ("samples" in selection) {
    requireFew(selection.samples.length);
    return selection.samples;
  }
  const { from, values } = filtered(selection.filter);
  return database.query<{ id: string }, [Values]>(`SELECT id ${from} ORDER BY id`).all(values);
}

function selectedIds(
  database: Database,
  selection: Selection,
  after: string | null,
  limit: number,
): string[] {
  if ("samples" in selection) {
    requireFew(selection.samples.length);
    const ids = selection.samples.map(({ id }) => id).sort();
    return ids.filter((id) => after === null || id > after).slice(0, limit);
  }
  const { from, values } = filtered(selection.filter, after === null ? undefined : { after });
  return database
    .query<{ id: string }, [Values]>(`SELECT id ${from} ORDER BY id LIMIT ${limit}`)
    .all(values)
    .map(({ id }) => id);
}

function requireFew(n: number): void {
  if (n <= MAX_SELECTED) return;
  throw new InputError(
    `samples: expected at most ${MAX_SELECTED} samples that are listed, found ${n}. Select them by a filter`,
    { says: saying("sample.tooManyListed", { max: MAX_SELECTED, found: n }) },
  );
}

/** Returns the values of a column with an index, one step of the index each. */
function distinct<T extends string | number>(database: Database, column: string, where: string): T[] {
  const next = where === "" ? "WHERE" : `${where} AND`;
  return database
    .query<{ value: T }, []>(
      `WITH RECURSIVE found (value) AS (
         SELECT min(${column}) FROM samples ${where}
         UNION ALL SELECT (SELECT min(${column}) FROM samples ${next} ${column} > value) FROM found
         WHERE value IS NOT NULL
       ) SELECT value FROM found WHERE value IS NOT NULL`,
    )
    .all()
    .map(({ value }) => value);
}

function itemFromRow(raw: RawRow): SheetItem {
  const row = new Row("samples", raw);
  return {
    id: row.text("id"),
    label: row.textOrNull("label"),
    state: row.oneOf("state", SAMPLE_STATES),
    predicted: row.textOrNull("predicted"),
    shown: row.textOrNull("shown"),
    writer: row.textOrNull("writer"),
  };
}
