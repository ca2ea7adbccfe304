import * as v from "valibot";
import { ActorSchema } from "../../domain/actor.ts";
import type { Sample } from "../../domain/sample.ts";
import { REVIEWERS, REVIEWS, type SampleReview } from "../../domain/samples/review.ts";
import { ImageSchema, imageJson } from "./ink.ts";

const ReviewSchema = v.pipe(
  v.object({
    state: v.pipe(
      v.nullable(v.picklist(REVIEWS)),
      v.description(
        "Null: not yet screened. Nothing trains on a label that is `suspect` or `held`, or on a `pinned` drawing",
      ),
    ),
    by: v.pipe(
      v.nullable(v.picklist(REVIEWERS)),
      v.description(
        "Who put the label in review: `model`, the run that screened it; `opinion`, someone's second opinion; `person`, someone who left it there in the grid. Null when it is not in review",
      ),
    ),
    run_id: v.pipe(v.nullable(v.string()), v.description("The run that screened the label")),
    reading: v.pipe(v.nullable(v.string()), v.description("The class that the screening model predicted")),
    p: v.pipe(v.nullable(v.number()), v.description("The probability that it gave the label")),
    left_by: v.pipe(
      v.nullable(ActorSchema),
      v.description("Who left a suspect label to review by hand; null for every other one"),
    ),
  }),
  v.metadata({ ref: "SampleReview" }),
);

const summaryEntries = {
  id: v.string(),
  label: v.pipe(v.nullable(v.string()), v.description("Null for a drawing of none of the classes")),
  predicted: v.nullable(v.string()),
  confidence: v.nullable(v.number()),
  shown: v.pipe(
    v.nullable(v.string()),
    v.description("The answer that was shown, where the writer's memory had a part in it; otherwise null"),
  ),
  model_version: v.nullable(v.number()),
  prediction_id: v.nullable(v.string()),
  writer: v.nullable(v.string()),
  session: v.nullable(v.string()),
  source: v.string(),
  split: v.picklist(["train", "holdout"]),
  state: v.picklist(["labelled", "negative", "rejected"]),
  review: ReviewSchema,
  preprocessing: v.number(),
  created_at: v.string(),
  updated_at: v.string(),
};

const DrawingSchema = v.object({
  strokes: v.array(v.array(v.array(v.number()))),
  width: v.number(),
  height: v.number(),
});

/** A sample as lists show it, without its ink. */
export const SampleSummarySchema = v.pipe(v.object(summaryEntries), v.metadata({ ref: "SampleSummary" }));

/** A sample with its ink. */
export const SampleSchema = v.pipe(
  v.object({ ...summaryEntries, drawing: v.nullable(DrawingSchema), image: ImageSchema }),
  v.metadata({ ref: "Sample" }),
);

/** Converts a sample for lists. */
export function sampleSummaryJson(sample: Sample): v.InferOutput<typeof SampleSummarySchema> {
  return {
    id: sample.id,
    label: sample.label,
    predicted: sample.predicted,
    confidence: sample.confidence,
    shown: sample.shown,
    model_version: sample.modelVersion,
    prediction_id: sample.predictionId,
    writer: sample.writer,
    session: sample.session,
    source: sample.source,
    split: sample.split,
    state: sample.state,
    review: reviewJson(sample.review),
    preprocessing: sample.preprocessing,
    created_at: sample.createdAt,
    updated_at: sample.updatedAt,
  };
}

function reviewJson(review: SampleReview): v.InferOutput<typeof ReviewSchema> {
  const { state, by, leftBy, runId, reading, p } = review;
  return { state, by, left_by: leftBy === null ? null : { ...leftBy }, run_id: runId, reading, p };
}

/** Converts a sample with its raw strokes (null when only pixels were sent) and the image rendered from them. */
export function sampleJson(sample: Sample) {
  return { ...sampleSummaryJson(sample), drawing: sample.drawing, image: imageJson(sample.pixels) };
}
