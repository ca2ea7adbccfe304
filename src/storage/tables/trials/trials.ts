import type { Database } from "bun:sqlite";
import { encodeActor } from "../../../domain/actor.ts";
import {
  CHALLENGER,
  type CountedPair,
  EMPTY_TALLY,
  type LabelledDrawing,
  type Trial,
  type TrialPair,
  type TrialTally,
} from "../../../domain/trials/trial.ts";
import type { NewTrial, TrialEnd, TrialStore } from "../../../domain/trials/trial-store.ts";
import type { Clock } from "../../../lib/clock.ts";
import type { Connection } from "../../connection.ts";
import type { RawRow } from "../../row.ts";
import { addNotice } from "../notices.ts";
import { labelsAfter, newestArrival, writersAmongNewest } from "./trial-labels.ts";
import { pairFromRow, trialFromRow } from "./trial-row.ts";

/** Trials that are kept; of older ones, those that rolled a version back stay, because that version is barred. */
const MAX_TRIALS = 1_000;
const PAGE = 50;

/** The tables `trials` and `trial_pairs`. */
export class SqliteTrials implements TrialStore {
  readonly #connection: Connection;
  readonly #clock: Clock;

  constructor(connection: Connection, clock: Clock) {
    this.#connection = connection;
    this.#clock = clock;
  }

  async add(trial: NewTrial): Promise<Trial> {
    const now = this.#now();
    return this.#connection.write("store a trial", (database) => {
      database
        .query(
          `UPDATE trials SET state = 'ended', outcome = 'superseded', ended_at = $now, ended_by = $by,
             end_reason = $reason WHERE state = 'waiting' AND kind = $kind`,
        )
        .run({
          now,
          by: actorText(trial.startedBy),
          kind: trial.kind,
          reason: `Model ${trial.other} waits in its place.`,
        });
      return insert(database, trial, now);
    });
  }

  async addAliased(trial: NewTrial): Promise<Trial | null> {
    const now = this.#now();
    return this.#connection.write("store a trial", (database) => {
      const due = database
        .query<unknown, { alias: string; version: number }>(
          `SELECT 1 FROM model_aliases WHERE alias = $alias AND version = $version
             AND NOT EXISTS (SELECT 1 FROM trials WHERE kind = 'challenge' AND state <> 'ended')`,
        )
        .get({ alias: CHALLENGER, version: trial.other });
      return due === null ? null : insert(database, trial, now);
    });
  }

  async start(id: number, champion: number): Promise<Trial | null> {
    const now = this.#now();
    return this.#connection.write("start a trial", (database) => {
      const trial = find(database, id);
      if (trial?.state !== "waiting") return null;
      database
        .query(
          `UPDATE trials SET state = 'running', champion = $champion, started_at = $now, seen_arrival = $seen,
             writers_before = $writers WHERE id = $id`,
        )
        .run({ id, champion, now, seen: newestArrival(database), writers: writersAmongNewest(database) });
      if (trial.kind === "challenge") pointChallengerTo(database, trial.other);
      return find(database, id);
    });
  }

  async end(id: number, { outcome, endedBy, endReason, notice }: TrialEnd): Promise<Trial | null> {
    const now = this.#now();
    return this.#connection.write("end a trial", (database) => {
      const trial = find(database, id);
      if (trial === null || trial.state === "ended") return null;
      database
        .query(
          `UPDATE trials SET state = 'ended', outcome = $outcome, ended_by = $by, end_reason = $endReason,
             ended_at = $now, is_stale = 0 WHERE id = $id`,
        )
        .run({ id, outcome, by: actorText(endedBy), endReason, now });
      database.query("DELETE FROM trial_pairs WHERE trial_id = $id").run({ id });
      if (trial.kind === "challenge" && trial.state === "running") {
        database
          .query("DELETE FROM model_aliases WHERE alias = $alias AND version = $version")
          .run({ alias: CHALLENGER, version: trial.other });
      }
      if (notice !== undefined) addNotice(database, notice, now);
      return find(database, id);
    });
  }

  async get(id: number): Promise<Trial | null> {
    return this.#connection.read("read a trial", (database) => find(database, id));
  }

  async open(): Promise<Trial[]> {
    return this.#select("WHERE state <> 'ended' ORDER BY id", {});
  }

  async list({ before, limit = PAGE }: { before?: number; limit?: number } = {}): Promise<Trial[]> {
    // The last of two columns with one name counts. Most of a row is its curve, which lists do not show.
    return this.#select(
      "WHERE id < $before ORDER BY id DESC LIMIT $limit",
      { before: before ?? Number.MAX_SAFE_INTEGER, limit },
      "*, json_remove(tally, '$.curve') AS tally",
    );
  }

  async hasWatch(deployment: number): Promise<boolean> {
    return (await this.#select("WHERE deployment = $deployment LIMIT 1", { deployment })).length > 0;
  }

  async rolledBack(): Promise<number[]> {
    return this.#connection.read("read the trials", (database) =>
      database
        .query<{ champion: number }, []>(
          "SELECT DISTINCT champion FROM trials WHERE outcome = 'rolled_back' AND champion IS NOT NULL",
        )
        .all()
        .map(({ champion }) => champion),
    );
  }

  async labelsAfter(
    arrival: string,
    limit: number,
  ): Promise<{ labels: LabelledDrawing[]; seen: string | null }> {
    return this.#connection.read("read the newest labels", (database) =>
      labelsAfter(database, arrival, limit),
    );
  }

  async addPairs(id: number, pairs: readonly TrialPair[], seenArrival: string): Promise<void> {
    await this.#connection.write("store the pairs of a trial", (database) => {
      if (find(database, id)?.state !== "running") return;
      for (const pair of pairs) putPair(database, id, pair);
      database
        .query(
          "UPDATE trials SET seen_arrival = $seenArrival, is_stale = max(is_stale, $isStale) WHERE id = $id",
        )
        .run({ id, seenArrival, isStale: pairs.length > 0 ? 1 : 0 });
    });
  }

  async takePairs(id: number): Promise<CountedPair[]> {
    return this.#connection.write("read the pairs of a trial", (database) => {
      database.query("UPDATE trials SET is_stale = 0 WHERE id = $id").run({ id });
      return database
        .query<
          RawRow,
          { id: number }
        >(`SELECT label, champion_label, other_label, writer, is_prompted FROM trial_pairs
           WHERE trial_id = $id ORDER BY arrival`)
        .all({ id })
        .map(pairFromRow);
    });
  }

  async putTally(id: number, tally: TrialTally): Promise<void> {
    await this.#connection.write("store the counts of a trial", (database) =>
      database
        .query("UPDATE trials SET tally = $tally WHERE id = $id AND state = 'running'")
        .run({ id, tally: JSON.stringify(tally) }),
    );
  }

  #now(): string {
    return this.#clock.now().toISOString();
  }

  #select(clauses: string, values: Record<string, number>, columns = "*"): Trial[] {
    return this.#connection.read("read the trials", (database) =>
      database
        .query<RawRow, [Record<string, number>]>(`SELECT ${columns} FROM trials ${clauses}`)
        .all(values)
        .map(trialFromRow),
    );
  }
}

function insert(database: Database, trial: NewTrial, now: string): Trial {
  const { lastInsertRowid } = database
    .query(
      `INSERT INTO trials (kind, other, state, deployment, started_by, reason, rules, tally, writers_before, is_stale,
         created_at) VALUES ($kind, $other, 'waiting', $deployment, $by, $reason, $rules, $tally, 0, 0, $now)`,
    )
    .run({
      kind: trial.kind,
      other: trial.other,
      deployment: trial.deployment,
      by: actorText(trial.startedBy),
      reason: trial.reason,
      rules: JSON.stringify(trial.rules),
      tally: JSON.stringify(EMPTY_TALLY),
      now,
    });
  database
    .query(`DELETE FROM trials WHERE id <= $newest - $max AND state = 'ended' AND outcome <> 'rolled_back'`)
    .run({ newest: Number(lastInsertRowid), max: MAX_TRIALS });
  return find(database, Number(lastInsertRowid))!;
}

function find(database: Database, id: number): Trial | null {
  const raw = database.query<RawRow, { id: number }>("SELECT * FROM trials WHERE id = $id").get({ id });
  return raw === null ? null : trialFromRow(raw);
}

function pointChallengerTo(database: Database, version: number): void {
  database
    .query(
      `INSERT INTO model_aliases (alias, version) VALUES ($alias, $version)
       ON CONFLICT (alias) DO UPDATE SET version = excluded.version`,
    )
    .run({ alias: CHALLENGER, version });
}

/** The label is the sample's current one: it may have been mended since it was read. */
function putPair(database: Database, id: number, pair: TrialPair): void {
  database
    .query(
      `INSERT INTO trial_pairs (trial_id, sample_id, arrival, label, champion_label, other_label, writer, is_prompted)
       SELECT $id, samples.id, $arrival, CASE WHEN samples.state = 'labelled' AND coalesce(samples.review, '') NOT IN ('suspect', 'held') THEN samples.label END,
         $championLabel, $otherLabel, $writer, $isPrompted FROM samples WHERE samples.id = $sampleId
       ON CONFLICT (trial_id, sample_id) DO UPDATE SET label = excluded.label`,
    )
    .run({
      id,
      sampleId: pair.sampleId,
      arrival: pair.arrival,
      championLabel: pair.championLabel,
      otherLabel: pair.otherLabel,
      writer: pair.writer,
      isPrompted: pair.isPrompted ? 1 : 0,
    });
}

function actorText(actor: Trial["startedBy"]): string | null {
  return actor === null ? null : encodeActor(actor);
}
