import type { NodeContext } from "../engine/pipeline/node-spec.ts";
import { saying } from "../lib/saying.ts";
import type { TrainControl } from "../training/fit/train-control.ts";

/** Connects training to its node: progress and log go to the run, and cancelling the run stops training. */
export function controlOf(context: NodeContext): TrainControl {
  return {
    signal: context.signal,
    onProgress: (progress) => context.progress({ ...progress }),
    onResumed: (epoch) =>
      context.log(
        `Continuing after epoch ${epoch}, from the checkpoint of the resumed run`,
        saying("resumed", { epoch }),
      ),
  };
}
