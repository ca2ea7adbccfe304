import { Hono } from "hono";
import * as v from "valibot";
import type { PersonalPrediction } from "../../serving/personal/personal-prediction.ts";
import { asWriter } from "../access/own-name.ts";
import type { AppDeps } from "../deps.ts";
import { described } from "./conditions.ts";
import { describe } from "./describe.ts";
import { predictRecorded, type RecordingDeps } from "./inference/recorded-prediction.ts";
import {
  ImageSchema,
  INK,
  INK_EXAMPLE,
  type Ink,
  type InkInput,
  imageJson,
  inkEntries,
  LeftOutSchema,
  limitInk,
  readInk,
} from "./ink.ts";
import { predictWithoutModel, requireModel } from "./no-model.ts";
import { PersonalSchema, type PersonInput, personalJson, personEntries, personOf } from "./person.ts";
import { jsonBody, strict } from "./validate.ts";

const PredictBody = v.pipe(
  strict({ ...inkEntries, ...personEntries }),
  described({ ...INK, examples: [INK_EXAMPLE] }),
);

/** The response of `POST /predict`. */
export const PredictionSchema = v.object({
  id: v.string(),
  label: v.string(),
  confidence: v.number(),
  probabilities: v.array(v.object({ label: v.string(), p: v.number() })),
  outlier_score: v.pipe(
    v.nullable(v.number()),
    v.description("Outlier score: the greater, the more unusual the drawing; null when the model has none"),
  ),
  is_outlier: v.pipe(
    v.boolean(),
    v.description("It looks like none of the classes; `label` is only the nearest one"),
  ),
  personal: PersonalSchema,
  model: v.pipe(
    v.object({ name: v.string(), version: v.number() }),
    v.description(
      "The model version that answered; name `memory` and version 0 when the project has no model yet and its labelled drawings answered",
    ),
  ),
  image: ImageSchema,
  left_out: LeftOutSchema,
});

type PredictDeps = Pick<AppDeps, "registry" | "scheduler" | "store" | "clock" | "everybody"> & RecordingDeps;

/** `POST /predict`: the prediction for a drawing, and the image that the model saw. */
export function createPredictApi(deps: PredictDeps): Hono {
  return new Hono().post(
    "/",
    describe({
      id: "predict",
      tag: "Predictions",
      summary: "Recognise a drawing",
      description:
        "Probabilities are sorted, the greatest first, and sum to 1. Drawings that the writer, or somebody without a name in the same sitting, has labelled have a part in the answer; that of everybody else is the model's alone. A project without a model answers by its labelled drawings as soon as each class has one; until then the response is 409.",
      answers: { 200: { description: "The prediction", schema: PredictionSchema } },
      errors: [400, 409, 413, 415, 422, 503],
    }),
    limitInk(),
    jsonBody(PredictBody),
    async (c) => {
      const { id, ink, answer } = await predictInk(deps, asWriter(c, c.req.valid("json")));
      return c.json(predictionJson(id, ink, answer));
    },
  );
}

function predictionJson(
  id: string,
  ink: Ink,
  answer: PersonalPrediction,
): v.InferOutput<typeof PredictionSchema> {
  const { outlierScore, isOutlier, ...shown } = answer.shown;
  return {
    id,
    ...shown,
    personal: personalJson(answer),
    outlier_score: outlierScore,
    is_outlier: isOutlier,
    image: imageJson(ink.pixels),
    left_out: ink.leftOut,
  };
}

/**
 * Predicts, and stores the model's answer and the one that is shown under a new id, so that a label can refer to them. An
 * answer without a model is not stored: what follows from stored predictions is about models.
 *
 * @throws {ValidationError} when there is nothing to recognise.
 * @throws {ConflictError} when there is no model yet, and a class without a labelled drawing.
 * @throws {UnavailableError} when the model is not loaded yet or too many requests are waiting.
 */
async function predictInk(
  deps: PredictDeps,
  input: InkInput & PersonInput,
): Promise<{ id: string; ink: Ink; answer: PersonalPrediction }> {
  const startMs = deps.monotonicMs();
  const ink = readInk(input);
  const now = deps.clock.now();
  const id = Bun.randomUUIDv7("hex", now);
  const remembered = await predictWithoutModel(deps, ink.pixels);
  if (remembered !== null) {
    return { id, ink, answer: { prediction: remembered, shown: remembered, personal: null } };
  }
  await requireModel(deps);
  const answer = await predictRecorded(deps, ink.pixels, startMs, personOf(input));
  const { prediction, shown } = answer;
  deps.store.predictions.add({
    id,
    label: prediction.label,
    confidence: prediction.confidence,
    shown: shown === prediction ? null : { label: shown.label, confidence: shown.confidence },
    modelVersion: prediction.model.version,
    createdAt: now.toISOString(),
  });
  return { id, ink, answer };
}
