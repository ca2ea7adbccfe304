import * as v from "valibot";

/** The triggers by which the scheduler starts a run, as the run records them. Without a model, it is `new_samples`. */
export const RUN_TRIGGERS = ["new_samples", "corrections", "max_age", "cron", "drift"] as const;

/** The conditions that a run waits for. The first ones are triggers, the others hold a run back. */
const CONDITION_NAMES = [
  ...(["first_model", ...RUN_TRIGGERS] as const),
  ...(["idle", "not_paused", "min_interval", "quiet_hours", "approval"] as const),
];

/** A condition of the scheduler at one moment, as the API sends it and the store keeps it. */
export const ConditionSchema = v.object({
  name: v.picklist(CONDITION_NAMES),
  kind: v.pipe(
    v.picklist(["trigger", "guard"]),
    v.description("A trigger starts a run; a guard holds one back"),
  ),
  is_on: v.pipe(v.boolean(), v.description("Whether server.yml uses it")),
  holds: v.boolean(),
  value: v.pipe(
    v.nullable(v.union([v.number(), v.string()])),
    v.description("A count, seconds, a time (ISO 8601), or an id; null for none"),
  ),
  threshold: v.pipe(
    v.nullable(v.union([v.number(), v.string()])),
    v.description("What it is compared with, as in server.yml"),
  ),
});

/** A condition of the scheduler at one moment. */
export type Condition = v.InferOutput<typeof ConditionSchema>;
