import * as v from "valibot";
import { DRIFT_MEASURES, type DriftCheck } from "../../../domain/monitoring/drift.ts";
import { EDGES, MEASURES } from "../../../domain/monitoring/measures.ts";
import type { MonitorOverview } from "../../../domain/monitoring/overview.ts";
import { REFERENCE_SOURCES } from "../../../domain/monitoring/reference.ts";
import { WINDOWS } from "../../../domain/monitoring/windows.ts";

const share = v.nullable(v.number());

const proportion = { n: v.number(), share, low: share, high: share };

const ProportionSchema = v.pipe(
  v.object(proportion),
  v.description("A share of n, with Wilson's 95 % interval; null when n is 0"),
);

const HistogramSchema = v.pipe(
  v.object({ edges: v.array(v.number()), counts: v.array(v.number()) }),
  v.description(
    "counts[i] is of values from edges[i-1] (inclusive) to edges[i]; the outer bins have no other end",
  ),
);

const CheckSchema = v.object({
  id: v.number(),
  model_version: v.number(),
  from: v.string(),
  to: v.string(),
  n: v.number(),
  divergences: v.array(
    v.object({
      measure: v.picklist(DRIFT_MEASURES),
      psi: v.number(),
      js: v.number(),
      is_breach: v.boolean(),
    }),
  ),
});

/** The predictions of a window. */
export const PredictionsSchema = v.object({
  n: v.number(),
  undecided: ProportionSchema,
  disagreement: ProportionSchema,
  classes: v.array(v.object({ label: v.string(), n: v.number() })),
  versions: v.array(
    v.object({ version: v.number(), n: v.number(), confidence: share, disagreement: ProportionSchema }),
  ),
  histograms: v.record(v.picklist(MEASURES), HistogramSchema),
});

/** Measured accuracy, and accuracy as the model expects it. */
export const AccuracySchema = v.object({
  measured: ProportionSchema,
  expected: v.pipe(
    share,
    v.description(
      "Mean confidence of all predictions: the accuracy if the model is calibrated for these drawings",
    ),
  ),
  expected_of_labelled: v.pipe(share, v.description("Mean confidence of the predictions that were labelled")),
  with_memory: v.pipe(
    v.object({ shown: ProportionSchema, model: ProportionSchema }),
    v.description(
      "Of the labelled drawings for which the writer's memory had a part in the answer: what was shown, and the model alone",
    ),
  ),
  classes: v.array(v.object({ label: v.string(), ...proportion })),
  versions: v.array(v.object({ version: v.number(), ...proportion })),
  writers: v.array(v.object({ writer: v.nullable(v.string()), ...proportion })),
});

/** The state of drift. */
export const DriftSchema = v.object({
  detected: v.boolean(),
  measures: v.array(v.picklist(DRIFT_MEASURES)),
  since: v.nullable(v.string()),
  alarm_id: v.nullable(v.number()),
  thresholds: v.object({
    psi: v.number(),
    js: v.pipe(v.number(), v.description("Bits; a breach needs both")),
    min_predictions: v.number(),
    min_seconds: v.number(),
  }),
  unchecked: v.pipe(v.number(), v.description("Predictions of the live version since its last check")),
  reference: v.nullable(
    v.object({
      model_version: v.number(),
      source: v.picklist(REFERENCE_SOURCES),
      n: v.number(),
      drawings: v.number(),
      built_in: v.number(),
      created_at: v.string(),
    }),
  ),
  checks: v.pipe(v.array(CheckSchema), v.description("Of the live version, newest first")),
});

const PointSchema = v.object({
  at: v.string(),
  predictions: v.number(),
  confidence: share,
  labels: v.number(),
  correct: v.number(),
});

/** The response of `GET /monitoring`. */
export const OverviewSchema = v.object({
  window: v.picklist(WINDOWS),
  from: v.nullable(v.string()),
  to: v.string(),
  predictions: PredictionsSchema,
  accuracy: AccuracySchema,
  drift: DriftSchema,
  points: v.array(PointSchema),
});

/** Checks of drift in one response. */
const MAX_CHECKS = 20;

/** The predictions of a window as JSON. */
export function predictionsJson(overview: MonitorOverview): v.InferOutput<typeof PredictionsSchema> {
  const { counts, undecided, disagreement, versions } = overview;
  return {
    n: counts.n,
    undecided,
    disagreement,
    classes: [...counts.classes].map(([label, n]) => ({ label, n })),
    versions: versions.map(({ modelVersion, ...rest }) => ({ version: modelVersion, ...rest })),
    histograms: Object.fromEntries(
      MEASURES.map((measure) => [
        measure,
        { edges: [...EDGES[measure]], counts: [...counts.histograms[measure]] },
      ]),
    ),
  };
}

/** Accuracy of a window as JSON. */
export function accuracyJson({
  accuracy,
  expectedAccuracy,
  withMemory,
}: MonitorOverview): v.InferOutput<typeof AccuracySchema> {
  const { all, confidence, classes, versions, writers } = accuracy;
  return {
    measured: all,
    expected: expectedAccuracy,
    expected_of_labelled: confidence,
    with_memory: withMemory,
    classes: classes.map((one) => ({ label: one.key, ...one.accuracy })),
    versions: versions.map((one) => ({ version: one.key, ...one.accuracy })),
    writers: writers.map((one) => ({ writer: one.key, ...one.accuracy })),
  };
}

/** The state of drift as JSON. */
export function driftJson({
  drift,
  checks,
  unchecked,
  reference,
  limits,
}: MonitorOverview): v.InferOutput<typeof DriftSchema> {
  return {
    detected: drift?.isDetected ?? false,
    measures: drift?.measures ?? [],
    since: drift?.since ?? null,
    alarm_id: drift?.alarmId ?? null,
    thresholds: {
      psi: limits.psi,
      js: limits.js,
      min_predictions: limits.minPredictions,
      min_seconds: limits.minSeconds,
    },
    unchecked,
    reference:
      reference === null
        ? null
        : {
            model_version: reference.modelVersion,
            source: reference.source,
            n: reference.counts.n,
            drawings: reference.drawings,
            built_in: reference.builtIn,
            created_at: reference.createdAt,
          },
    checks: checks.slice(0, MAX_CHECKS).map(checkJson),
  };
}

function checkJson({ modelVersion, divergences, ...check }: DriftCheck): v.InferOutput<typeof CheckSchema> {
  return {
    ...check,
    model_version: modelVersion,
    divergences: divergences.map(({ isBreach, ...rest }) => ({ ...rest, is_breach: isBreach })),
  };
}
