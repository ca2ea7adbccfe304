import type { ImageSet } from "../../domain/image-set.ts";
import type { AppData } from "../../domain/samples/app-data.ts";
import type { DataVersion } from "../../domain/samples/screening-report.ts";
import { createRandom } from "../../lib/random.ts";
import type { GateParams } from "../../model-registry/gate/gate-scores.ts";
import { redrawn } from "../../synthesis/redraw.ts";
import { pinnedDigits, syntheticDigits, syntheticNegatives } from "../../synthesis/synthetic-set.ts";
import { asSplit, holdOutDrawings } from "../holdout-drawings.ts";
import { isMnistClass, join, labelByClass, splitAtRandom, take } from "../image-sets.ts";

/** MNIST as in its files: labels are digits. */
export interface MnistData {
  train: ImageSet;
  test: ImageSet;
}

/** Images without their labels. */
export type Images = Omit<ImageSet, "labels">;

/** Inputs of the node split_mnist. */
export interface SplitMnistInputs {
  mnist_data: MnistData;
  classes: readonly string[];
  /** Share of the 60,000 training images used for validation, in [0, 1). */
  validation_split: number;
  seed: number;
}

/**
 * Splits MNIST's training images at random by the seed. Training, validation and test sets only have the digits that
 * are classes, and are empty when there are none.
 */
export function splitMnist({ mnist_data, classes, validation_split, seed }: SplitMnistInputs): {
  train: ImageSet;
  valid: ImageSet | null;
  test: ImageSet;
} {
  const [train, valid] = splitAtRandom(labelByClass(mnist_data.train, classes), validation_split, seed);
  return { train, valid, test: labelByClass(mnist_data.test, classes) };
}

/** Numbers of synthetic drawings of each kind; 0 for none. */
interface SynthesisParams {
  digits: number;
  negatives: number;
}

/** Numbers of images of each kind to replay; 0 for none. */
interface ReplayParams extends SynthesisParams {
  mnist: number;
}

/** Inputs of the node draw_synthetic. */
export interface DrawSyntheticInputs {
  /** MNIST's training images. */
  train: ImageSet;
  classes: readonly string[];
  synthesis: SynthesisParams & {
    /** Number of MNIST's training images to draw again with the pen of the page; absent or 0 for none. */
    redrawn?: number;
  };
  /** Share used for validation, in [0, 1), split like MNIST's. */
  validation_split: number;
  seed: number;
}

/**
 * Draws synthetic digits and drawings of no class (labelled `NO_CLASS`), each split into training and validation. The
 * training digits end with the first images of MNIST, drawn again.
 */
export function drawSynthetic({ train, classes, synthesis, validation_split, seed }: DrawSyntheticInputs): {
  synthetic: ImageSet;
  synthetic_valid: ImageSet | null;
  negatives: ImageSet;
  negatives_valid: ImageSet | null;
} {
  const split = (set: ImageSet) => splitAtRandom(set, validation_split, seed);
  const [synthetic, synthetic_valid] = split(syntheticDigits(synthesis.digits, classes, seed));
  const [negatives, negatives_valid] = split(syntheticNegatives(synthesis.negatives, classes, seed));
  const first = take(train, Uint32Array.from(train.labels.keys()).subarray(0, synthesis.redrawn ?? 0));
  return { synthetic: join(synthetic, redrawn(first)), synthetic_valid, negatives, negatives_valid };
}

/** Inputs of the node draw_replay. */
export interface DrawReplayInputs {
  train: ImageSet;
  classes: readonly string[];
  replay: ReplayParams;
  seed: number;
}

/**
 * Draws the images that fine-tuning mixes in: MNIST images chosen by the seed, and the first drawings of
 * `drawSynthetic`. They are few, because fine-tuning should take seconds.
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
 * Draws synthetic drawings to calibrate a fine-tuned model on, with another seed than the training ones, so that the
 * model has not seen them. Twice as many digits as are replayed, and as many drawings of no class.
 */
export function drawCalibration({ classes, replay, seed }: Omit<DrawReplayInputs, "train">): {
  calibration_digits: ImageSet;
  calibration_negatives: ImageSet;
} {
  return {
    calibration_digits: syntheticDigits(2 * replay.digits, classes, seed + 1),
    calibration_negatives: syntheticNegatives(replay.negatives, classes, seed + 1),
  };
}

/** Inputs of the node split_drawings. */
export interface SplitDrawingsInputs {
  screened_data: AppData;
  classes: readonly string[];
  holdout_fraction: number;
  gate: Pick<GateParams, "min_samples">;
}

/**
 * Returns the training drawings as images and labels, and the held-out ones. Where the MNIST test set does not apply,
 * `holdOutDrawings` holds out more.
 */
export function splitDrawings({ screened_data, classes, holdout_fraction, gate }: SplitDrawingsInputs): {
  app_x: Images;
  app_y: Uint8Array;
  app_groups: Uint32Array;
  app_holdout: HeldOut;
  app_negatives: ImageSet;
  data_version: DataVersion;
} {
  const split = classes.every(isMnistClass)
    ? asSplit(screened_data)
    : holdOutDrawings(screened_data, holdout_fraction, gate.min_samples);
  const { labels, ...images } = split.train;
  const { samples, negatives } = screened_data;
  return {
    app_x: images,
    app_y: labels,
    app_groups: split.groups,
    app_holdout: { ...split.holdout, groups: split.holdoutGroups },
    app_negatives: negatives ?? take(split.holdout, new Uint32Array()),
    data_version: {
      train: split.trainRefs.map(({ id }) => id),
      holdout: split.holdoutRefs.map(({ id }) => id),
      negatives: [...(samples?.negatives ?? [])],
      left_out: [...(samples?.leftOut ?? [])],
    },
  };
}

/** Held-out drawings with their writers. */
export interface HeldOut extends ImageSet {
  /** [N]: equal for drawings of the same writer or session. */
  groups: Uint32Array;
}

/** Inputs of the node draw_pinned. */
export interface DrawPinnedInputs {
  screened_data: AppData;
  test: ImageSet;
  classes: readonly string[];
  gate: Pick<GateParams, "pinned_digits" | "min_evidence">;
}

/**
 * Draws the pinned set, on which models are evaluated: digits in styles and by a seed that nothing trains on, then the
 * drawings that an operator has pinned. Where few of MNIST's digits are classes, more are drawn, until MNIST test and
 * pinned drawings together are enough for a decision.
 */
export function drawPinned({ screened_data, test, classes, gate }: DrawPinnedInputs): ImageSet {
  const lacking = gate.min_evidence - test.labels.length;
  const digits = pinnedDigits(Math.max(gate.pinned_digits, lacking), classes);
  const { pinned } = screened_data;
  return pinned === undefined || pinned.labels.length === 0 ? digits : join(digits, pinned);
}
