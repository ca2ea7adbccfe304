import type { ImageSet } from "../../domain/image-set.ts";
import type { LearningCurve } from "../../domain/learning/learning-curve.ts";
import type { ModelArtifacts } from "../../domain/model-artifacts.ts";
import type { NodeContext } from "../../engine/pipeline/node-spec.ts";
import { InputError } from "../../lib/errors.ts";
import { saying } from "../../lib/saying.ts";
import { never, withClasses } from "../../training/model/widen.ts";
import type { Training } from "../../training/training.ts";
import type { HeldOut } from "../de/nodes.ts";
import { type FineTuneInputs, fineTune } from "../ft/nodes.ts";
import { take } from "../image-sets.ts";
import { heldOutToEvaluate, type Part, partsOf } from "./parts.ts";
import { resamplesOf, sumOf } from "./resample.ts";
import { Tally } from "./tally.ts";

/** Inputs of the node measure_curve: those of fine_tune, from the base model, and the held-out drawings. */
export interface MeasureCurveInputs extends Omit<FineTuneInputs, "model" | "app_negatives"> {
  base_model: ModelArtifacts | null;
  app_holdout: HeldOut;
}

/**
 * Measures a learning curve: fine-tunes the base model, with the parameters of pipeline `tuning`, on an eighth, a quarter,
 * a half and all of the training drawings, and counts the mistakes of these models on drawings that they have not trained
 * on; see `partsOf` for which. No model is kept. Drawings of no class are left out.
 *
 * @throws {InputError} without a base model for the classes, and with too few drawings for a curve.
 */
export function measureCurve(training: Training) {
  return async (inputs: MeasureCurveInputs, context: NodeContext): Promise<LearningCurve> => {
    const { base_model, app_x, app_y, app_groups, app_holdout, ...params } = inputs;
    if (base_model === null) {
      throw new InputError(
        "There is no base model for the classes of this project, so there is nothing to compare with labels",
        { says: saying("noBaseForCurve") },
      );
    }
    const base = withClasses(base_model, params.classes, never);
    const mistakesOf = async (model: ModelArtifacts, set: ImageSet): Promise<Uint8Array> => {
      if (set.labels.length === 0) return new Uint8Array();
      const { predicted } = await training.examine(model, set, context.signal, params.tuning_layer);
      return set.labels.map((label, i) => Number(predicted[i] !== label));
    };
    const drawings: ImageSet = { ...app_x, labels: app_y };
    const holdout = heldOutToEvaluate(app_holdout);
    const { by, parts, labels, folds, heldOut } = partsOf(
      { drawings, groups: app_groups, holdout },
      await mistakesOf(base, holdout),
      params.seed,
    );
    if (labels.length < 2) throw tooFew(app_y.length);

    const tune = fineTune(training);
    const quiet: NodeContext = { signal: context.signal, progress: () => {}, log: () => {} };
    const none = take(drawings, new Uint32Array());
    const tuned = async ({ train }: Part, n: number) => {
      const some = train.slice(0, n).sort();
      const { labels: app_y_of, ...app_x_of } = take(drawings, some);
      const sets = { app_x: app_x_of, app_y: app_y_of, app_groups: some.map((i) => app_groups[i]!) };
      return tune({ ...params, ...sets, model: base_model, app_negatives: none }, quiet);
    };
    const tally = new Tally(labels.length);
    let seconds = 0;
    for (const [p, part] of parts.entries()) {
      tally.add(part.units, 0, await mistakesOf(base, part.test));
      for (let at = 1; at < labels.length; at++) {
        const { tune_model, tune_report } = await tuned(part, labels[at]!);
        seconds += tune_report.history.reduce((sum, epoch) => sum + epoch.seconds, 0);
        tally.add(part.units, at, await mistakesOf(tune_model, part.test));
      }
      const step = { part: p + 1, parts: parts.length };
      context.log(`Part ${step.part} of ${step.parts} is measured`, saying("curvePart", step));
    }
    const groups = tally.groups();
    return {
      ...{ by, labels, folds, seconds, held_out: heldOut, drawings: tally.drawings },
      ...{ groups: groups.length, ...sumOf(groups), resamples: resamplesOf(groups, params.seed) },
      trained: parts.length * (labels.length - 1),
    };
  };
}

function tooFew(n: number): InputError {
  return new InputError(
    `There are ${n} labelled drawings to train on (held-out drawings do not count): too few for a curve. Draw and label more first`,
    { says: saying("fewForCurve", { n }) },
  );
}
