import type { ImageSet } from "../../domain/image-set.ts";
import type { NodeContext } from "../../engine/pipeline/node-spec.ts";
import { InputError } from "../../lib/errors.ts";
import { decideFirst } from "../../model-registry/first-gate.ts";
import type { GateParams } from "../../model-registry/gate-scores.ts";
import type { TrainParams } from "../../training/fit/params.ts";
import type { Training } from "../../training/training.ts";
import { controlOf } from "../control.ts";
import type { Images } from "../de/nodes.ts";
import { bySet, type ScoredExamples, type Scores } from "../evaluate/nodes.ts";
import { countByLabel, type TuneReport } from "../ft/nodes.ts";
import { balanced, splitByGroup } from "./drawings.ts";
import type { FirstParams } from "./first-params.ts";

export interface TrainFirstInputs
  extends Pick<TrainParams, "architecture" | "classes" | "patience" | "seed"> {
  app_x: Images;
  app_y: Uint8Array;
  app_groups: Uint32Array;
  /** MNIST's training images of those digits that are classes. */
  train: ImageSet;
  first: FirstParams;
  validation_split: number;
}

/**
 * Trains a model from zero on labelled drawings, and on MNIST where a class is a digit. Drawings are few, so each is
 * repeated until every class has its share of an epoch; the augmentation makes another image of it each time.
 */
export function trainFirst(training: Training) {
  return async (inputs: TrainFirstInputs, context: NodeContext) => {
    const { app_x, app_y, app_groups, train: mnist, first, validation_split, ...params } = inputs;
    const { classes, seed } = params;
    const { images, ...fitting } = first;
    requireEach(classes, app_y, mnist.labels);
    const drawings: ImageSet = { ...app_x, labels: app_y };
    const { train, valid } = splitByGroup(drawings, app_groups, validation_split, seed);
    const set = balanced(train, mnist, classes.length, images, seed);
    context.log(
      `Training on ${train.labels.length} drawings of ${classes.length} classes, ${set.labels.length} images an epoch; ` +
        (valid === null ? "no writers to validate with" : `validating on ${valid.labels.length} drawings`),
    );
    const result = await training.train(set, valid, { ...params, ...fitting }, controlOf(context));
    const first_report: TuneReport = {
      history: result.history,
      best_epoch: result.bestEpoch,
      drawings: app_y.length,
      drawings_by_label: countByLabel(app_y, classes),
      negatives: 0,
      validated_on: valid?.labels.length ?? 0,
    };
    return { pre_model: result.model, first_valid: valid, first_report };
  };
}

/** What nobody has drawn cannot be learned. @throws InputError naming every such class. */
function requireEach(classes: readonly string[], ...labels: readonly Uint8Array[]): void {
  const missing = classes.filter((_, k) => !labels.some((some) => some.includes(k)));
  if (missing.length === 0) return;
  throw new InputError(
    `There is no labelled drawing to train on of ${missing.join(", ")} (those kept for the holdout do not count). Draw and label some first`,
  );
}

/** Whether a first model may serve, what it scored by the names of the sets, and examples of its answers. */
export function judgeFirst(candidate: Scores, examples: ScoredExamples, gate: GateParams) {
  return {
    metrics: bySet(candidate),
    examples: bySet(examples),
    gate_decision: decideFirst(candidate, gate),
  };
}
