import { decodeActor } from "../../../domain/actor.ts";
import {
  type CountedPair,
  EMPTY_TALLY,
  TRIAL_KINDS,
  TRIAL_OUTCOMES,
  TRIAL_STATES,
  type Trial,
  type TrialTally,
} from "../../../domain/trials/trial.ts";
import { type RawRow, Row } from "../../row.ts";

/** Converts a row of `trials`. @throws UnavailableError when a column has a value of another type. */
export function trialFromRow(raw: RawRow): Trial {
  const row = new Row("trials", raw);
  return {
    id: row.integer("id"),
    kind: row.oneOf("kind", TRIAL_KINDS),
    champion: row.integerOrNull("champion"),
    other: row.integer("other"),
    state: row.oneOf("state", TRIAL_STATES),
    outcome: row.textOrNull("outcome") === null ? null : row.oneOf("outcome", TRIAL_OUTCOMES),
    deployment: row.integerOrNull("deployment"),
    startedBy: decodeActor(row.textOrNull("started_by")),
    endedBy: decodeActor(row.textOrNull("ended_by")),
    reason: row.text("reason"),
    endReason: row.textOrNull("end_reason"),
    rules: row.json("rules"),
    tally: { ...EMPTY_TALLY, ...row.json<Partial<TrialTally>>("tally") },
    writersBefore: row.integer("writers_before"),
    seenArrival: row.textOrNull("seen_arrival"),
    isStale: row.integer("is_stale") === 1,
    createdAt: row.text("created_at"),
    startedAt: row.textOrNull("started_at"),
    endedAt: row.textOrNull("ended_at"),
  };
}

/** Converts a row of `trial_pairs`. @throws UnavailableError when a column has a value of another type. */
export function pairFromRow(raw: RawRow): CountedPair {
  const row = new Row("trial_pairs", raw);
  return {
    label: row.textOrNull("label"),
    championLabel: row.text("champion_label"),
    otherLabel: row.text("other_label"),
    writer: row.textOrNull("writer"),
    isPrompted: row.integer("is_prompted") === 1,
  };
}
