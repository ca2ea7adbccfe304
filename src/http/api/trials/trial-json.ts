import * as v from "valibot";
import { ActorSchema } from "../../../domain/actor.ts";
import {
  neededEvidence,
  TRIAL_KINDS,
  TRIAL_OUTCOMES,
  TRIAL_STATES,
  type Trial,
} from "../../../domain/trials/trial.ts";

const ClassSchema = v.object({ n: v.number(), champion_only: v.number(), other_only: v.number() });

/** A trial as the API sends it. */
export const TrialSchema = v.pipe(
  v.object({
    id: v.number(),
    kind: v.pipe(
      v.picklist(TRIAL_KINDS),
      v.description(
        "challenge: a new version against the champion. watch: after a promotion, the previous champion as the control",
      ),
    ),
    champion: v.pipe(v.nullable(v.number()), v.description("The live version; null while the trial waits")),
    other: v.pipe(v.number(), v.description("The challenger, or the control of a watch")),
    state: v.picklist(TRIAL_STATES),
    outcome: v.nullable(v.picklist(TRIAL_OUTCOMES)),
    started_by: v.nullable(ActorSchema),
    ended_by: v.nullable(ActorSchema),
    reason: v.string(),
    end_reason: v.nullable(v.string()),
    false_alarm_rate: v.number(),
    max_labels: v.number(),
    n: v.pipe(v.number(), v.description("Labelled drawings that count")),
    both_correct: v.number(),
    champion_only: v.number(),
    other_only: v.number(),
    neither: v.number(),
    capped: v.pipe(
      v.number(),
      v.description("Drawings that would decide but do not count, because one writer has too many"),
    ),
    unprompted: v.pipe(
      v.object({ champion_only: v.number(), other_only: v.number() }),
      v.description("Of those, labels that were given without seeing a prediction"),
    ),
    evidence: v.pipe(
      v.object({ better: v.number(), worse: v.number(), needed: v.number() }),
      v.description("log10 of the e-values that the other model is better or worse, and what decides"),
    ),
    classes: v.record(v.string(), ClassSchema),
    created_at: v.string(),
    started_at: v.nullable(v.string()),
    ended_at: v.nullable(v.string()),
  }),
  v.metadata({ ref: "Trial" }),
);

/** Encodes a trial; the curve of its evidence is on the page only. */
export function trialJson({ tally, rules, ...trial }: Trial): v.InferOutput<typeof TrialSchema> {
  return {
    id: trial.id,
    kind: trial.kind,
    champion: trial.champion,
    other: trial.other,
    state: trial.state,
    outcome: trial.outcome,
    started_by: trial.startedBy,
    ended_by: trial.endedBy,
    reason: trial.reason,
    end_reason: trial.endReason,
    false_alarm_rate: rules.falseAlarmRate,
    max_labels: rules.maxLabels,
    n: tally.n,
    both_correct: tally.bothCorrect,
    champion_only: tally.championOnly,
    other_only: tally.otherOnly,
    neither: tally.neither,
    capped: tally.capped,
    unprompted: { champion_only: tally.unprompted.championOnly, other_only: tally.unprompted.otherOnly },
    evidence: { better: tally.better, worse: tally.worse, needed: neededEvidence(rules) },
    classes: Object.fromEntries(
      Object.entries(tally.byClass).map(([label, { n, championOnly, otherOnly }]) => [
        label,
        { n, champion_only: championOnly, other_only: otherOnly },
      ]),
    ),
    created_at: trial.createdAt,
    started_at: trial.startedAt,
    ended_at: trial.endedAt,
  };
}
