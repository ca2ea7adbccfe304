import type { ImageSet } from "../../domain/image-set.ts";
import type { ModelArtifacts } from "../../domain/model-artifacts.ts";
import type { EpochRecord } from "../../domain/runs/training-progress.ts";
import type { NodeContext } from "../../engine/pipeline/node-spec.ts";
import { InputError } from "../../lib/errors.ts";
import { saying } from "../../lib/saying.ts";
import type { FineTuneParams } from "../../training/fit/params.ts";
import type { Training } from "../../training/training.ts";
import { controlOf } from "../control.ts";
import type { Images } from "../de/nodes.ts";
import { splitByGroup } from "../first/drawings.ts";
import { join } from "../image-sets.ts";
import { againWithNewClasses, forNewClasses, lacksClass, type NewClassParams } from "./new-classes.ts";

/** Inputs of the node fine_tune. */
export interface FineTuneInputs extends FineTuneParams {
  /** The model to fine-tune: the champion. */
  model: ModelArtifacts;
  app_x: Images;
  app_y: Uint8Array;
  /** Equal for drawings of the same writer or session. */
  app_groups: Uint32Array;
  /** Share of the writers whose drawings choose the epoch, in [0, 1). */
  validation_split: number;
  /** Drawings of none of the classes, labelled `NO_CLASS`. */
  app_negatives: ImageSet;
  /** Older images to mix in; those labelled `NO_CLASS` are of no class. */
  replay: ImageSet;
  /** Training parameters for classes that the champion does not know. */
  new_classes: NewClassParams;
}

/** A record of fine-tuning, or of training a first model. */
export interface TuneReport {
  history: EpochRecord[];
  /** The epoch whose weights were kept. */
  best_epoch: number;
  /** Number of drawings used, without those of no class. */
  drawings: number;
  drawings_by_label: Record<string, number>;
  /** Number of drawings of none of the classes, which are trained on as well. */
  negatives: number;
  /** Number of `drawings` that chose the epoch and were not trained on. */
  validated_on: number;
}

/**
 * Fine-tunes the champion on labelled drawings mixed with older images. Where there are enough, the drawings of some
 * writers choose the epoch: MNIST would choose the one that changed least, and the holdout is reserved for the gate.
 */
export function fineTune(training: Training) {
  return async (inputs: FineTuneInputs, context: NodeContext) => {
    const {
      model,
      app_x,
      app_y,
      app_groups,
      app_negatives,
      validation_split,
      replay,
      new_classes,
      ...params
    } = inputs;
    if (model === null)
      throw new InputError(
        "There is no base model for the classes of this project. Train from scratch instead: pipeline first",
      );
    if (app_y.length === 0) {
      throw new InputError(
        "There are no labelled drawings to train on (held-out drawings do not count). Draw and label some first",
        { says: saying("noDrawings") },
      );
    }
    const drawings: ImageSet = { ...app_x, labels: app_y };
    const app = splitByGroup(drawings, app_groups, validation_split, params.seed);
    const control = controlOf(context);
    const isNew = lacksClass(model, app.train, params.classes);
    const result =
      isNew && replayed(params, replay).tuning_replay_ratio === 0
        ? await trainAgain()
        : await tune(isNew ? forNewClasses(app.train, params, new_classes) : { drawings: app.train, params });
    const tune_report: TuneReport = {
      history: result.history,
      best_epoch: result.bestEpoch,
      drawings: app_y.length,
      drawings_by_label: countByLabel(app_y, params.classes),
      negatives: app_negatives.labels.length,
      validated_on: app.valid?.labels.length ?? 0,
    };
    return { tune_model: result.model, tune_report };

    function tune(tuned: { drawings: ImageSet; params: FineTuneParams }) {
      const { labels } = app_negatives;
      const used = labels.length === 0 ? tuned.drawings : join(tuned.drawings, app_negatives);
      return training.fineTune(model, used, replay, app.valid, replayed(tuned.params, replay), control);
    }

    function trainAgain() {
      const again = againWithNewClasses(app.train, params, new_classes);
      return training.train([again.drawings, app_negatives], app.valid, again.params, control, model);
    }
  };
}

/** Disables replay where there is nothing to mix in: without digits, all drawings are trained on, old ones included. */
function replayed(params: FineTuneParams, replay: ImageSet): FineTuneParams {
  return replay.labels.length === 0 ? { ...params, tuning_replay_ratio: 0 } : params;
}

/** Number of labels of each class, by its name. */
export function countByLabel(labels: Uint8Array, classes: readonly string[]): Record<string, number> {
  const counts = new Array<number>(classes.length).fill(0);
  for (const label of labels) counts[label] = counts[label]! + 1;
  return Object.fromEntries(classes.map((name, index) => [name, counts[index]!]));
}
