import * as v from "valibot";
import { ActorSchema } from "../../../domain/actor.ts";
import { APPROVALS } from "../../../domain/scheduler/approval.ts";
import { ConditionSchema } from "../../../domain/scheduler/condition.ts";
import { REQUEST_KINDS, REQUEST_STATES, type SchedulerRequest } from "../../../domain/scheduler/request.ts";
import type { StoredTick } from "../../../domain/scheduler/tick.ts";
import type { Decision } from "../../../scheduler/decision/decide.ts";
import type { FirstModelProgress } from "../../../scheduler/first-model.ts";
import type { SchedulerOutlook } from "../../../scheduler/status.ts";

const text = v.nullable(v.string());

const DecisionSchema = v.object({
  decision: v.pipe(
    v.string(),
    v.description(
      "start, running, not_due, too_few (for a first model), paused, wait (after the last run), quiet (hours) or approval",
    ),
  ),
  reason: v.string(),
  conditions: v.array(ConditionSchema),
});

/** The state of the scheduler. */
export const StatusSchema = v.object({
  paused: v.boolean(),
  new_samples: v.number(),
  threshold: v.pipe(v.nullable(v.number()), v.description("null: new labels do not start training")),
  running_run_id: text,
  not_before: text,
  consecutive_failures: v.number(),
  first_model: v.pipe(
    v.nullable(
      v.object({
        per_class: v.number(),
        total: v.pipe(v.number(), v.description("How many labelled drawings are expected to be needed")),
        labelled: v.pipe(
          v.number(),
          v.description("Labelled drawings of the classes, held-out ones included"),
        ),
        held_out: v.pipe(v.number(), v.description("How many of these are held out for evaluation")),
        classes: v.pipe(
          v.array(v.object({ label: v.string(), n: v.number(), of: v.number() })),
          v.description(
            "Labelled drawings of each class, and how many are expected to be needed: more than per_class when so many are held out that too few are left to train on",
          ),
        ),
        is_enough: v.boolean(),
      }),
    ),
    v.description(
      "Labelled drawings that a first model needs, and how many there are; null when there is a model",
    ),
  ),
  ...DecisionSchema.entries,
  combine: v.pipe(v.picklist(["any", "all"]), v.description("Whether one trigger is enough")),
  next_run_at: v.pipe(
    text,
    v.description("When a run is expected if no label arrives; null when it depends on labels or people"),
  ),
  pause: v.pipe(
    v.object({ by: v.nullable(ActorSchema), reason: text, at: text }),
    v.description("Who paused or resumed the scheduler last, why and when"),
  ),
  approval: v.pipe(v.picklist(APPROVALS), v.description("What a person must approve")),
  pending_requests: v.pipe(v.number(), v.description("How many requests wait for a person")),
});

/** The outcome of a dry run. */
export const DryRunSchema = v.object({
  at: v.string(),
  would_start: v.boolean(),
  pipeline: v.string(),
  ...DecisionSchema.entries,
});

/** A decision of the past. */
export const TickSchema = v.object({
  at: v.string(),
  decision: v.string(),
  reason: v.string(),
  conditions: v.pipe(v.nullable(v.array(ConditionSchema)), v.description("null where none was evaluated")),
});

/** A run or a promotion that waits, or has waited, for a person. */
export const RequestSchema = v.pipe(
  v.object({
    id: v.number(),
    kind: v.picklist(REQUEST_KINDS),
    state: v.picklist(REQUEST_STATES),
    pipeline: text,
    trigger: text,
    run_id: v.pipe(text, v.description("The run that was started, or that registered the version")),
    model_version: v.nullable(v.number()),
    expected_previous: v.pipe(
      v.nullable(v.number()),
      v.description("The champion that the version was compared with"),
    ),
    reason: v.string(),
    requested_by: ActorSchema,
    created_at: v.string(),
    decided_by: v.nullable(ActorSchema),
    decision_reason: text,
    decided_at: text,
  }),
  v.metadata({ ref: "SchedulerRequest" }),
);

/** Converts the state of the scheduler. */
export function statusJson(
  outlook: SchedulerOutlook,
  pendingRequests: number,
): v.InferOutput<typeof StatusSchema> {
  const { status } = outlook;
  const { by, reason, at } = outlook.pause;
  return {
    paused: status.isPaused,
    new_samples: status.newSamples,
    threshold: status.threshold,
    running_run_id: status.runningRunId,
    not_before: status.notBefore,
    consecutive_failures: status.consecutiveFailures,
    first_model: firstModelJson(status.firstModel),
    ...decisionJson(outlook.decision),
    combine: outlook.combine,
    next_run_at: outlook.nextAt,
    pause: { by, reason, at },
    approval: outlook.approval,
    pending_requests: pendingRequests,
  };
}

/** Converts the outcome of a dry run. */
export function dryRunJson({ at, decision }: SchedulerOutlook): v.InferOutput<typeof DryRunSchema> {
  return {
    at,
    would_start: decision.decision === "start",
    pipeline: decision.pipeline,
    ...decisionJson(decision),
  };
}

function decisionJson({ decision, why, conditions }: Decision): v.InferOutput<typeof DecisionSchema> {
  return { decision, reason: why.message, conditions: [...conditions] };
}

/** Converts a stored decision. */
export function tickJson({ at, decision, detail, conditions }: StoredTick): v.InferOutput<typeof TickSchema> {
  return { at, decision, reason: detail, conditions: conditions === undefined ? null : [...conditions] };
}

/** Converts a request. */
export function requestJson(request: SchedulerRequest): v.InferOutput<typeof RequestSchema> {
  return {
    id: request.id,
    kind: request.kind,
    state: request.state,
    pipeline: request.pipeline,
    trigger: request.trigger,
    run_id: request.runId,
    model_version: request.modelVersion,
    expected_previous: request.expectedPrevious,
    reason: request.reason,
    requested_by: request.requestedBy,
    created_at: request.createdAt,
    decided_by: request.decidedBy,
    decision_reason: request.decisionReason,
    decided_at: request.decidedAt,
  };
}

function firstModelJson(first: FirstModelProgress | null): v.InferOutput<typeof StatusSchema>["first_model"] {
  if (first === null) return null;
  const { perClass, total, n, heldOut, isEnough, classes } = first;
  return {
    per_class: perClass,
    total,
    labelled: n,
    held_out: heldOut,
    classes: classes.map((one) => ({ ...one })),
    is_enough: isEnough,
  };
}
