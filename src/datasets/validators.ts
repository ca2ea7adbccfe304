import * as v from "valibot";
import { LearningCurveSchema } from "../domain/learning/learning-curve.ts";
import { DrawingMapSchema } from "../domain/samples/drawing-map.ts";
import type { Validator } from "./validated-dataset.ts";

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

/** A model's scores on one image set. */
const evaluation = v.looseObject({
  n: count,
  accuracy: share,
  loss: v.number(),
  per_class: v.array(
    v.looseObject({
      label: v.string(),
      n: count,
      recall: v.nullable(share),
      precision: v.nullable(share),
    }),
  ),
  confusion: v.array(v.array(count)),
  // Absent from files of older releases.
  calibration: v.optional(
    v.looseObject({
      ece: share,
      bins: v.array(
        v.looseObject({
          from: share,
          to: share,
          n: count,
          confidence: v.nullable(share),
          accuracy: v.nullable(share),
        }),
      ),
    }),
  ),
});

/** A number before and after calibration. */
const change = v.looseObject({ before: v.number(), after: v.number() });

const epoch = v.looseObject({
  epoch: count,
  loss: v.number(),
  val_loss: v.nullable(v.number()),
  val_accuracy: v.nullable(share),
});

/** The checks that `validator` of an entry may name: one per kind of report that the built-in pipelines write. */
export const VALIDATORS: Readonly<Record<string, Validator>> = {
  train_report: v.looseObject({ history: v.array(epoch), best_epoch: count, mnist_test: evaluation }),
  tune_report: v.looseObject({
    history: v.array(epoch),
    best_epoch: count,
    drawings: count,
    drawings_by_label: v.record(v.string(), count),
  }),
  calibration: v.nullable(
    v.looseObject({
      n: count,
      temperature: v.number(),
      loss: change,
      ece: change,
      auroc: v.nullable(share),
      rejection: v.looseObject({ score: v.string(), threshold: v.number(), false_alarm_rate: share }),
    }),
  ),
  evaluations: v.record(v.string(), evaluation),
  learning_curve: LearningCurveSchema,
  drawing_map: DrawingMapSchema,
  gate_decision: v.looseObject({
    passed: v.boolean(),
    checks: v.array(v.looseObject({ name: v.string(), passed: v.boolean(), detail: v.string() })),
  }),
};
