import type { NodeContext } from "../engine/pipeline/node-spec.ts";
import type { TrainControl } from "../training/fit/train-control.ts";

/** Lets training report through its node, and stop when the run is cancelled. */
export function controlOf(context: NodeContext): TrainControl {
  return {
    signal: context.signal,
    onProgress: (progress) => context.progress({ ...progress }),
    onResumed: (epoch) =>
      context.log(`Going on after epoch ${epoch}, from the checkpoint of the resumed run`),
  };
}
