import type { ImageSet } from "../../domain/image-set.ts";
import type { CurveCounts, LearningCurve } from "../../domain/learning/learning-curve.ts";
import type { ModelArtifacts } from "../../domain/model-artifacts.ts";
import type { NodeContext } from "../../engine/pipeline/node-spec.ts";
import { InputError } from "../../lib/errors.ts";
import { createRandom } from "../../lib/random.ts";
import { saying } from "../../lib/saying.ts";
import { never, withClasses } from "../../training/model/widen.ts";
import type { Training } from "../../training/training.ts";
import type { HeldOut } from "../de/nodes.ts";
import { type FineTuneInputs, fineTune } from "../ft/nodes.ts";
import { take } from "../image-sets.ts";
import { foldsOf, sizesOf } from "./folds.ts";
import { resamplesOf, sumOf } from "./resample.ts";

/** Inputs of the node measure_curve: those of fine_tune, from the base model, and the held-out drawings. */
export interface MeasureCurveInputs extends Omit<FineTuneInputs, "model" | "app_negatives"> {
  base_model: ModelArtifacts | null;
  app_holdout: HeldOut;
}

/** Drawings that some models are trained on, and others that these are evaluated on. */
interface Fold {
  /** Indices of training drawings, shuffled: models train on the first so many. */
  train: Uint32Array;
  test: ImageSet;
  /** [N] of `test`. */
  units: readonly string[];
}

/** Held-out drawings that are evaluated, at most: the first ones. */
const MOST_HELD_OUT = 1_000;

/**
 * Measures a learning curve by cross-validation: fine-tunes the base model, with the parameters of pipeline `tuning`, on
 * an eighth, a quarter, a half and all of the training drawings outside of a fold, and counts the mistakes on that fold.
 * The held-out drawings are one more fold. No model is kept. Drawings of no class are left out.
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
    const drawings: ImageSet = { ...app_x, labels: app_y };
    const { by, folds, unit } = foldsOf(app_groups, params.seed);
    const used = folds.flat();
    const labels = sizesOf(used.length - Math.max(...folds.map(({ length }) => length)));
    if (labels.length < 2) {
      throw new InputError(
        `There are ${used.length} labelled drawings to train on (held-out drawings do not count): too few for a curve. Draw and label more first`,
        { says: saying("fewForCurve", { n: used.length }) },
      );
    }
    const random = createRandom(params.seed).fork("curve");
    const shuffled = (indices: readonly number[]) => random.shuffle(Uint32Array.from(indices));
    const all: Fold[] = folds.map((fold, f) => ({
      train: shuffled(folds.flatMap((other, o) => (o === f ? [] : other))),
      test: take(drawings, Uint32Array.from(fold)),
      units: fold.map((i) => `train ${unit[i]}`),
    }));
    if (app_holdout.labels.length > 0) all.push({ train: shuffled(used), ...heldOutFold(app_holdout) });

    const tune = fineTune(training);
    const quiet: NodeContext = { signal: context.signal, progress: () => {}, log: () => {} };
    const mistakesOf = async (model: ModelArtifacts, { test }: Fold) => {
      const { predicted } = await training.examine(model, test, context.signal, params.tuning_layer);
      return test.labels.map((label, i) => Number(predicted[i] !== label));
    };
    const tally = new Tally(labels.length);
    const base = withClasses(base_model, params.classes, never);
    let seconds = 0;
    for (const [f, fold] of all.entries()) {
      tally.add(fold, 0, await mistakesOf(base, fold));
      for (const [at, n] of labels.entries()) {
        if (at === 0) continue;
        const some = fold.train.slice(0, n).sort();
        const { labels: app_y, ...app_x } = take(drawings, some);
        const app_groups_of = Uint32Array.from(some, (i) => app_groups[i]!);
        const sets = { model: base_model, app_x, app_y, app_groups: app_groups_of };
        const none = take(drawings, new Uint32Array());
        const result = await tune({ ...params, ...sets, app_negatives: none }, quiet);
        seconds += result.tune_report.history.reduce((sum, epoch) => sum + epoch.seconds, 0);
        tally.add(fold, at, await mistakesOf(result.tune_model, fold));
      }
      const step = { fold: f + 1, folds: all.length };
      context.log(`Part ${step.fold} of ${step.folds} is measured`, saying("curvePart", step));
    }
    const groups = tally.groups();
    return {
      ...{ by, labels, seconds, folds: folds.length, groups: groups.length },
      ...sumOf(groups),
      resamples: resamplesOf(groups, params.seed),
      held_out: all.length > folds.length ? all.at(-1)!.test.labels.length : 0,
      trained: all.length * (labels.length - 1),
    };
  };
}

function heldOutFold(app_holdout: HeldOut): Pick<Fold, "test" | "units"> {
  const { groups } = app_holdout;
  const some = Uint32Array.from(groups.keys()).slice(0, MOST_HELD_OUT);
  return { test: take(app_holdout, some), units: Array.from(some, (i) => `holdout ${groups[i]}`) };
}

/** Mistakes by group and by number of labels. */
class Tally {
  readonly #points: number;
  readonly #groups = new Map<string, CurveCounts>();

  constructor(points: number) {
    this.#points = points;
  }

  /** @param mistakes [N] of the fold's drawings: 1 for a mistake. */
  add({ units }: Fold, point: number, mistakes: Uint8Array): void {
    units.forEach((unit, i) => {
      const group = this.#groups.get(unit) ?? { n: 0, errors: new Array<number>(this.#points).fill(0) };
      if (point === 0) group.n++;
      group.errors[point]! += mistakes[i]!;
      this.#groups.set(unit, group);
    });
  }

  groups(): CurveCounts[] {
    return [...this.#groups.values()];
  }
}
