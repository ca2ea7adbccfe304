import * as v from "valibot";
import type { TrainProgress } from "./training-progress.ts";

type Counted = "epoch" | "epochs" | "step" | "steps";

/** A training's progress as it is read back: null for a figure that an older release did not report. */
export type ReadTrainProgress = Pick<TrainProgress, Counted> & {
  [Figure in Exclude<keyof TrainProgress, Counted>]: number | null;
};

/** How much of its work a node has done. */
export interface NodeProgress {
  /** 0..1; null when the node does not report it. */
  share: number | null;
  /** The share in a few language-neutral characters: "2/3"; "" when there is none. */
  note: string;
  /** Null for nodes that do not train. */
  training: ReadTrainProgress | null;
}

const numberOrNull = v.fallback(v.nullable(v.pipe(v.number(), v.finite())), null);

const TrainingSchema = v.object({
  epoch: v.pipe(v.number(), v.finite()),
  epochs: v.pipe(v.number(), v.finite(), v.gtValue(0)),
  step: v.pipe(v.number(), v.finite()),
  steps: v.pipe(v.number(), v.finite(), v.gtValue(0)),
  loss: numberOrNull,
  val_loss: numberOrNull,
  val_accuracy: numberOrNull,
  samples_per_s: numberOrNull,
  learning_rate: numberOrNull,
  best_epoch: numberOrNull,
});

const ShareSchema = v.object({ progress: numberOrNull, done: numberOrNull, total: numberOrNull });

/**
 * Reads the progress that a node reported through its context: epochs and steps of training, `progress` in 0..1, or
 * `done` of `total`. Any other report is specific to the node, and its share is null.
 */
export function progressOf(data: Readonly<Record<string, unknown>>): NodeProgress {
  const training = v.safeParse(TrainingSchema, data);
  if (training.success) {
    const { epoch, epochs } = training.output;
    return {
      share: thousandths(epochsDone(training.output) / epochs),
      note: `${epoch}/${epochs}`,
      training: training.output,
    };
  }
  const { progress, done, total } = v.parse(ShareSchema, data);
  if (progress !== null) return { share: thousandths(progress), note: "", training: null };
  if (done === null || total === null || total <= 0) return { share: null, note: "", training: null };
  return { share: thousandths(done / total), note: `${done}/${total}`, training: null };
}

/** Returns the number of epochs done, including a part of the current one: 1.5 after half the steps of epoch 2. */
export function epochsDone({ epoch, step, steps }: ReadTrainProgress): number {
  return Math.max(0, epoch - 1) + Math.min(1, step / steps);
}

function thousandths(share: number): number {
  return Math.round(Math.min(1, Math.max(0, share)) * 1000) / 1000;
}
