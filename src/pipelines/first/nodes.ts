import type { ImageSet } from "../../domain/image-set.ts";
import type { NodeContext } from "../../engine/pipeline/node-spec.ts";
import { InputError } from "../../lib/errors.ts";
import { saying } from "../../lib/saying.ts";
import { decideFirst } from "../../model-registry/gate/first-gate.ts";
import type { GateParams } from "../../model-registry/gate/gate-scores.ts";
import type { TrainParams } from "../../training/fit/params.ts";
import type { Training } from "../../training/training.ts";
import { controlOf } from "../control.ts";
import type { Images } from "../de/nodes.ts";
import { bySet, reportsOf } from "../evaluate/nodes.ts";
import type { ScoredExamples, Scores } from "../evaluate/scores.ts";
import { countByLabel, type TuneReport } from "../ft/nodes.ts";
import { balanced, lettersFor, splitByGroup } from "./drawings.ts";
import type { FirstParams } from "./first-params.ts";

/** Inputs of the node train_first. */
export interface TrainFirstInputs
  extends Pick<TrainParams, "architecture" | "classes" | "patience" | "seed"> {
  app_x: Images;
  app_y: Uint8Array;
  /** Equal for drawings of the same writer or session. */
  app_groups: Uint32Array;
  /** MNIST's training images of the digits that are classes. */
  train: ImageSet;
  first: FirstParams;
  /** Share of the writers whose drawings choose the epoch, in [0, 1). */
  validation_split: number;
}

/**
 * Trains a model from scratch on labelled drawings, on MNIST where a class is a digit, and on synthetic drawings where it
 * is a letter. Drawings are few, so each is repeated until every class has its share of an epoch; augmentation gives a
 * different image each time.
 */
export function trainFirst(training: Training) {
  return async (inputs: TrainFirstInputs, context: NodeContext) => {
    const { app_x, app_y, app_groups, train: mnist, first, validation_split, ...params } = inputs;
    const { classes, seed } = params;
    const { images, letters: _, ...fitting } = first;
    requireEach(classes, app_y, mnist.labels);
    const drawings: ImageSet = { ...app_x, labels: app_y };
    const { train, valid } = splitByGroup(drawings, app_groups, validation_split, seed);
    const synthetic = lettersFor(first, classes, seed);
    const set = balanced(train, mnist, classes.length, images, seed, synthetic);
    const drawn = train.labels.length;
    const perEpoch = set.labels.length;
    const onDrawings = `Training on ${drawn} drawings of ${classes.length} classes, ${perEpoch} images per epoch`;
    const figures = { n: drawn, classes: classes.length, images: perEpoch };
    if (valid === null) {
      context.log(`${onDrawings}; too few writers for validation`, saying("trainingAll", figures));
    } else {
      const validating = valid.labels.length;
      const says = saying("training", { ...figures, validating });
      context.log(`${onDrawings}; validating on ${validating} drawings`, says);
    }
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

/** Requires a training image of each class. @throws InputError naming every class without one. */
function requireEach(classes: readonly string[], ...labels: readonly Uint8Array[]): void {
  const missing = classes.filter((_, k) => !labels.some((some) => some.includes(k)));
  if (missing.length === 0) return;
  throw new InputError(
    `There are no labelled drawings of ${missing.join(", ")} to train on (held-out drawings do not count). Draw and label some first`,
    { says: saying("noDrawingsOf", { classes: missing.join(", ") }) },
  );
}

/** Decides whether a first model may go live, and gathers its evaluations and examples by the names of the sets. */
export function decideFirstModel(candidate: Scores, examples: ScoredExamples, gate: GateParams) {
  return {
    metrics: reportsOf(candidate),
    examples: bySet(examples),
    gate_decision: decideFirst(candidate, gate),
  };
}
