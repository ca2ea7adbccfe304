import * as v from "valibot";
import { CURVE_KINDS } from "../../../domain/learning/learning-curve.ts";
import {
  type LearningOverview,
  type Needs,
  NO_FORECAST,
  type PersonProgress,
} from "../../../domain/learning/overview.ts";
import { MODEL_STATES } from "../../../domain/model.ts";

const share = v.nullable(v.number());
const proportion = { n: v.number(), share, low: share, high: share };

const MistakesSchema = v.pipe(
  v.object(proportion),
  v.description("A share of mistakes among n drawings, with Wilson's 95 % interval; null when n is 0"),
);

const PointSchema = v.object({
  version: v.number(),
  run_id: v.string(),
  at: v.string(),
  state: v.picklist(MODEL_STATES),
  labels: v.pipe(
    v.nullable(v.number()),
    v.description("Drawings given by then: trained on, held out and left out; null when not recorded"),
  ),
  candidate: MistakesSchema,
  champion: v.nullable(MistakesSchema),
  base: v.nullable(MistakesSchema),
  change: v.pipe(
    v.nullable(
      v.object({
        against: v.picklist(["base", "champion"]),
        fixed: v.number(),
        broken: v.number(),
        p: v.number(),
        low: v.number(),
        high: v.number(),
      }),
    ),
    v.description(
      "Change of the share of mistakes on the same drawings: 95 % bootstrap interval over writers (below 0: fewer), and p of the exact McNemar test",
    ),
  ),
});

const CurveSchema = v.object({
  run_id: v.string(),
  at: v.string(),
  by: v.pipe(
    v.picklist(CURVE_KINDS),
    v.description("The drawings evaluated: held out, or all in folds by writer or by drawing"),
  ),
  folds: v.number(),
  drawings: v.pipe(v.number(), v.description("Drawings evaluated, the same at every point")),
  held_out: v.number(),
  groups: v.pipe(v.number(), v.description("Writers and sessions, or drawings, that were resampled")),
  trained: v.pipe(v.number(), v.description("Models fine-tuned for the measurement; none is kept")),
  seconds: v.number(),
  points: v.pipe(
    v.array(v.object({ labels: v.number(), share: v.number(), low: v.number(), high: v.number() })),
    v.description("Share of mistakes by drawings trained on, with 95 % bootstrap intervals over the groups"),
  ),
  line: v.pipe(
    v.array(v.object({ labels: v.number(), share: v.number() })),
    v.description("The fitted power law"),
  ),
});

const ForecastSchema = v.variant("kind", [
  v.object({
    kind: v.literal("gain"),
    labels: v.pipe(v.number(), v.description("Labels that a person gives")),
    trained: v.pipe(v.number(), v.description("How many of them are trained on; the others are held out")),
    now: v.number(),
    before: v.number(),
    after: v.number(),
    gain: v.number(),
    low: v.number(),
    high: v.number(),
  }),
  v.object({
    kind: v.literal("none"),
    reason: v.picklist(NO_FORECAST),
    values: v.record(v.string(), v.number()),
  }),
]);

const NeedsSchema = v.object({
  rows: v.array(
    v.object({
      name: v.string(),
      ...proportion,
      wrong: v.number(),
      excess: v.pipe(
        v.number(),
        v.description("Mistakes beyond those that the share of all others would give"),
      ),
      p: v.pipe(v.number(), v.description("Fisher's exact test against all others, adjusted by Holm")),
      is_shown: v.pipe(v.boolean(), v.description("p < 0.05: more mistakes than on the others are shown")),
    }),
  ),
  left_out: v.pipe(v.number(), v.description("With too few drawings for a row")),
});

/** The response of `GET /learning`. */
export const LearningSchema = v.object({
  labels: v.object({ train: v.number(), holdout: v.number() }),
  held_out: v.pipe(
    v.array(PointSchema),
    v.description("One per run, oldest first. Each is of the drawings held out at its time"),
  ),
  curve: v.nullable(CurveSchema),
  forecast: ForecastSchema,
  needs: v.object({
    version: v.nullable(v.number()),
    since: v.nullable(v.string()),
    classes: NeedsSchema,
    writers: NeedsSchema,
    unnamed: v.number(),
  }),
});

/** The response of `GET /learning/person`. */
export const PersonSchema = v.object({
  writer: v.string(),
  total: v.pipe(v.number(), v.description("All labelled drawings of the writer")),
  model: MistakesSchema,
  shown: v.pipe(MistakesSchema, v.description("Of what was shown: with the personal memory")),
  fixed: v.number(),
  broken: v.number(),
  p: v.pipe(v.number(), v.description("Exact McNemar test of model against shown, two-sided")),
  groups: v.array(
    v.object({
      from: v.number(),
      to: v.number(),
      at: v.string(),
      model: MistakesSchema,
      shown: MistakesSchema,
    }),
  ),
});

/** The report as JSON. */
export function learningJson(overview: LearningOverview): v.InferOutput<typeof LearningSchema> {
  const { labels, heldOut, curve, forecast, classes, writers, unnamed, liveVersion, since } = overview;
  return {
    labels,
    held_out: heldOut.map(({ runId, given, n: _, ...point }) => ({
      ...point,
      run_id: runId,
      labels: given,
    })),
    curve: curve && curveJson(curve),
    forecast: forecast.kind === "gain" ? forecast : { ...forecast, values: { ...forecast.values } },
    needs: {
      version: liveVersion,
      ...{ since, unnamed, classes: needsJson(classes), writers: needsJson(writers) },
    },
  };
}

function curveJson({
  runId,
  heldOut,
  ...curve
}: NonNullable<LearningOverview["curve"]>): v.InferOutput<typeof CurveSchema> {
  return { ...curve, run_id: runId, held_out: heldOut };
}

function needsJson({ rows, leftOut }: Needs): v.InferOutput<typeof NeedsSchema> {
  return {
    rows: rows.map(({ key, errors, isShown, ...need }) => ({
      ...{ name: key, ...errors, ...need },
      is_shown: isShown,
    })),
    left_out: leftOut,
  };
}

/** A person's progress as JSON. */
export function personJson(progress: PersonProgress): v.InferOutput<typeof PersonSchema> {
  return progress;
}
