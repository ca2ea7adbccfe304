import type { ImageSet } from "../../domain/image-set.ts";
import { createRandom } from "../../lib/random.ts";
import type { GateParams } from "../../model-registry/gate-scores.ts";
import { syntheticDigits, syntheticNegatives } from "../../synthesis/synthetic-set.ts";
import { isMnistClass, join, labelByClass, splitAtRandom, take } from "../image-sets.ts";
import { groupsOf, judgedDrawings } from "../judged-drawings.ts";
import type { AppData } from "./app-data.ts";

/** MNIST as its files have it: labels are digits. */
export interface MnistData {
  train: ImageSet;
  test: ImageSet;
}

/** Images without their labels. */
export type Images = Omit<ImageSet, "labels">;

export interface SplitMnistInputs {
  mnist_data: MnistData;
  classes: readonly string[];
  /** Share of the 60,000 training images that validates, in [0, 1). */
  validation_split: number;
  seed: number;
}

/**
 * MNIST's training images in two parts drawn by the seed, and its test images as they are: of the digits that are
 * classes. All are empty when none is.
 */
export function splitMnist({ mnist_data, classes, validation_split, seed }: SplitMnistInputs): {
  train: ImageSet;
  valid: ImageSet | null;
  test: ImageSet;
} {
  const [train, valid] = splitAtRandom(labelByClass(mnist_data.train, classes), validation_split, seed);
  return { train, valid, test: labelByClass(mnist_data.test, classes) };
}

/** How many drawings are made up; 0 leaves them out. */
export interface SynthesisParams {
  digits: number;
  negatives: number;
}

/** How many images of each kind there are to replay; 0 leaves the kind out. */
export interface ReplayParams extends SynthesisParams {
  mnist: number;
}

export interface DrawSyntheticInputs {
  classes: readonly string[];
  synthesis: SynthesisParams;
  /** Share that validates, in [0, 1), drawn as MNIST's. */
  validation_split: number;
  seed: number;
}

/** Made-up digits, and drawings that are no digit (labelled `NO_CLASS`), each in a part to train on and one to validate with. */
export function drawSynthetic({ classes, synthesis, validation_split, seed }: DrawSyntheticInputs): {
  synthetic: ImageSet;
  synthetic_valid: ImageSet | null;
  negatives: ImageSet;
  negatives_valid: ImageSet | null;
} {
  const split = (set: ImageSet) => splitAtRandom(set, validation_split, seed);
  const [synthetic, synthetic_valid] = split(syntheticDigits(synthesis.digits, classes, seed));
  const [negatives, negatives_valid] = split(syntheticNegatives(synthesis.negatives, classes, seed));
  return { synthetic, synthetic_valid, negatives, negatives_valid };
}

export interface DrawReplayInputs {
  train: ImageSet;
  classes: readonly string[];
  replay: ReplayParams;
  seed: number;
}

/**
 * What fine-tuning mixes in: images of MNIST drawn by the seed, and the first of the drawings that `drawSynthetic`
 * makes. Few, for fine-tuning should take seconds.
 */
export function drawReplay({ train, classes, replay, seed }: DrawReplayInputs): ImageSet {
  const order = createRandom(seed)
    .fork("replay")
    .shuffle(Uint32Array.from(train.labels, (_, i) => i));
  return join(
    take(train, order.subarray(0, replay.mnist).sort()),
    syntheticDigits(replay.digits, classes, seed),
    syntheticNegatives(replay.negatives, classes, seed),
  );
}

/**
 * Made-up drawings to calibrate a fine-tuned model on: of another seed than those to train on, so that it has seen none.
 * Half as many digits as are replayed, and as many that are none.
 */
export function drawCalibration({ classes, replay, seed }: Omit<DrawReplayInputs, "train">): {
  calibration_digits: ImageSet;
  calibration_negatives: ImageSet;
} {
  return {
    calibration_digits: syntheticDigits(Math.ceil(replay.digits / 2), classes, seed + 1),
    calibration_negatives: syntheticNegatives(replay.negatives, classes, seed + 1),
  };
}

export interface SplitDrawingsInputs {
  app_data: AppData;
  classes: readonly string[];
  holdout_fraction: number;
  gate: Pick<GateParams, "min_samples">;
}

/**
 * The drawings to train on as images and labels, and those kept aside to judge with; see `judgedDrawings` for what is
 * added to these where MNIST cannot judge.
 */
export function splitDrawings({ app_data, classes, holdout_fraction, gate }: SplitDrawingsInputs): {
  app_x: Images;
  app_y: Uint8Array;
  app_groups: Uint32Array;
  app_holdout: ImageSet;
  app_negatives: ImageSet;
} {
  const { train, groups, holdout } = classes.every(isMnistClass)
    ? { ...app_data, groups: groupsOf(app_data) }
    : judgedDrawings(app_data, holdout_fraction, gate.min_samples);
  const { labels, ...images } = train;
  return {
    app_x: images,
    app_y: labels,
    app_groups: groups,
    app_holdout: holdout,
    app_negatives: app_data.negatives ?? take(holdout, new Uint32Array()),
  };
}
