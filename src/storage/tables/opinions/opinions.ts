import { answerOfKey, type Opinion } from "../../../domain/queue/opinion.ts";
import type { AgreementCounts, LabellerCounts, OpinionStore } from "../../../domain/queue/opinion-store.ts";
import type { Connection } from "../../connection.ts";
import { type RawRow, Row } from "../../row.ts";
import { agreementCounts } from "./agreement-counts.ts";
import { labellerCounts } from "./labeller-counts.ts";
import { STANDING } from "./standing.ts";

/** Opinions that are read of one sample. */
const MOST = 50;

/** Reads of the table `label_opinions` and of the decisions of the queue, which writes both. */
export class SqliteOpinions implements OpinionStore {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async ofSample(sampleId: string): Promise<Opinion[]> {
    return this.#connection.read("read the opinions about a sample", (database) =>
      database
        .query<RawRow, { sampleId: string; limit: number }>(
          `${STANDING} AND given.sample_id = $sampleId ORDER BY given.id LIMIT $limit`,
        )
        .all({ sampleId, limit: MOST })
        .map(opinionFromRow),
    );
  }

  async agreement(): Promise<AgreementCounts> {
    return this.#connection.read("count the agreement", agreementCounts);
  }

  async labellers(limit: number): Promise<{ labellers: LabellerCounts[]; total: number }> {
    return this.#connection.read("count the answers of labellers", (database) =>
      labellerCounts(database, limit),
    );
  }
}

function opinionFromRow(raw: RawRow): Opinion {
  const row = new Row("label_opinions", raw);
  return {
    id: row.integer("id"),
    sampleId: row.text("sample_id"),
    kind: row.oneOf("kind", ["second", "known"] as const),
    labeller: row.text("labeller"),
    answer: answerOfKey(row.text("answer")),
    expected: row.text("expected"),
    at: row.text("at"),
  };
}
