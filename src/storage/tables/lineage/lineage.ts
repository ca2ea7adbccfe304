import type { Deployment } from "../../../domain/deployment.ts";
import type { LineagePage, LineageStore } from "../../../domain/lineage/lineage-store.ts";
import type { DataItem, DataSide, DataVersion } from "../../../domain/lineage/run-data.ts";
import { InputError } from "../../../lib/errors.ts";
import type { Connection } from "../../connection.ts";
import { checkedLimit } from "../../paging.ts";
import type { RawRow } from "../../row.ts";
import { deploymentFromRow } from "../model-row.ts";
import {
  addNumbers,
  addReasons,
  copyRunData,
  itemsWithoutNumber,
  packRunData,
  putRunData,
  readRunData,
  runSamples,
} from "./run-data.ts";
import { changesOf } from "./sample-changes.ts";
import { modelsOf, runsOf } from "./sample-uses.ts";

/** Number of contents that get their numbers in one transaction. */
const NUMBERS_AT_ONCE = 1_000;

/** The tables `sample_changes`, `sample_contents`, `run_data` and `run_data_chunks`. */
export class SqliteLineage implements LineageStore {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async history(sampleId: string, page: LineagePage = {}) {
    const [limit, before] = [checkedLimit(page.limit), numberIn(page.cursor, Number.MAX_SAFE_INTEGER)];
    const changes = this.#connection.read("read the history of a sample", (database) =>
      changesOf(database, sampleId, { before, limit: limit + 1 }),
    );
    return { changes: changes.slice(0, limit), nextCursor: cursorOf(changes, limit, ({ seq }) => seq) };
  }

  /** Reads and packs outside of transactions, which are short: others write to the store meanwhile. */
  async putRunData(runId: string, items: readonly DataItem[]): Promise<DataVersion> {
    const what = "record the data of a run";
    const added = this.#connection.read(what, (database) => itemsWithoutNumber(database, items));
    for (let at = 0; at < added.length; at += NUMBERS_AT_ONCE) {
      const part = added.slice(at, at + NUMBERS_AT_ONCE);
      await this.#connection.write(what, (database) => addNumbers(database, part));
    }
    await this.#connection.write(what, (database) => addReasons(database, items));
    const packed = this.#connection.read(what, (database) => packRunData(database, items));
    await this.#connection.write(what, (database) => putRunData(database, runId, packed));
    return packed.version;
  }

  async copyRunData(fromRunId: string, runId: string): Promise<void> {
    await this.#connection.write("record the data of a run", (database) =>
      copyRunData(database, fromRunId, runId),
    );
  }

  async runData(runId: string): Promise<DataVersion | null> {
    const found = this.#connection.read("read the data of a run", (database) => readRunData(database, runId));
    return found && { sha256: found.sha256, counts: found.counts };
  }

  async runSamples(runId: string, { side, cursor, ...page }: LineagePage & { side?: DataSide } = {}) {
    const [limit, after] = [checkedLimit(page.limit), numberIn(cursor, -1)];
    const samples = this.#connection.read("read the data of a run", (database) => {
      const data = readRunData(database, runId);
      return data === null ? [] : runSamples(database, data.number, { side, after, limit: limit + 1 });
    });
    const nextCursor = cursorOf(samples, limit, ({ number }) => number);
    return { samples: samples.slice(0, limit).map(({ number: _, ...used }) => used), nextCursor };
  }

  async runsOf(sampleId: string, page: LineagePage = {}) {
    const [limit, before] = [checkedLimit(page.limit), numberIn(page.cursor, Number.MAX_SAFE_INTEGER)];
    const uses = this.#connection.read("read the runs of a sample", (database) =>
      runsOf(database, sampleId, { before, limit: limit + 1 }),
    );
    const nextCursor = cursorOf(uses, limit, ({ number }) => number);
    return { uses: uses.slice(0, limit).map(({ number: _, ...use }) => use), nextCursor };
  }

  async modelsOf(sampleId: string, page: LineagePage = {}) {
    const [limit, before] = [checkedLimit(page.limit), numberIn(page.cursor, Number.MAX_SAFE_INTEGER)];
    const models = this.#connection
      .read("read the models of a sample", (database) => modelsOf(database, sampleId))
      .filter(({ version }) => version < before);
    return { models: models.slice(0, limit), nextCursor: cursorOf(models, limit, ({ version }) => version) };
  }

  async deploymentsOf(versions: readonly number[], limit: number): Promise<Deployment[]> {
    return this.#connection.read("read the deployments", (database) =>
      database
        .query<RawRow, { versions: string; limit: number }>(
          `SELECT * FROM deployments WHERE version IN (SELECT value FROM json_each($versions))
           ORDER BY id DESC LIMIT $limit`,
        )
        .all({ versions: JSON.stringify(versions), limit })
        .map(deploymentFromRow),
    );
  }
}

/** Returns the number of a cursor. @throws InputError when it is not one. */
function numberIn(cursor: string | undefined, first: number): number {
  if (cursor === undefined) return first;
  if (/^\d{1,15}$/.test(cursor)) return Number(cursor);
  throw new InputError(`cursor "${cursor}" is not from this list. Omit it for the first page`);
}

/** The cursor of the next page: the number of this page's last row, when there are more than `limit`. */
function cursorOf<T>(rows: readonly T[], limit: number, numberOf: (row: T) => number): string | null {
  return rows.length > limit ? String(numberOf(rows[limit - 1]!)) : null;
}
