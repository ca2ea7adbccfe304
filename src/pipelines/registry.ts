import type { InitialModel } from "../domain/dataset-names.ts";
import { CURVE, DEFAULT_PIPELINE, FIRST, MAP, TUNING } from "../domain/pipeline-names.ts";
import type { Pipeline } from "../engine/pipeline/pipeline.ts";
import type { Training } from "../training/training.ts";
import { createPipeline as createCurve } from "./curve/pipeline.ts";
import { createPipeline as createDe, createPinned, createReplay, createSplits } from "./de/pipeline.ts";
import { createPipeline as createDs } from "./ds/pipeline.ts";
import { createPipeline as createEvaluate } from "./evaluate/pipeline.ts";
import { createPipeline as createFirst } from "./first/pipeline.ts";
import { createPipeline as createFt } from "./ft/pipeline.ts";
import { createPipeline as createMap } from "./map/pipeline.ts";
import { createTuneReport } from "./report/pipeline.ts";

/** The parts that the built-in pipelines depend on. */
interface PipelineParts {
  training: Training;
  /** The model that fine-tuning starts from; the champion by default. */
  initialModel?: InitialModel;
}

/** Every built-in pipeline by its public name. Besides the keys of parameters.yml they read `params:gate`. */
export function createPipelines({
  training,
  initialModel = "champion",
}: PipelineParts): Record<string, Pipeline> {
  // One set of nodes: those of one name must be the same wherever they are.
  const splits = createSplits(training);
  const de = createDe(splits);
  const ds = createDs(training);
  const ft = createFt(training, initialModel);
  const evaluate = createEvaluate(training, initialModel);
  // People wait for `tuning` and `first`, so these skip the synthesis for training from scratch and take seconds.
  const first = createFirst(training);
  const tuning = splits.plus(createReplay()).plus(createPinned());
  return {
    [DEFAULT_PIPELINE]: de.plus(ds),
    [TUNING]: tuning.plus(ft).plus(evaluate).plus(createTuneReport()),
    [FIRST]: splits.plus(first),
    de,
    ds,
    ft,
    evaluate,
    [CURVE]: splits.plus(createReplay().onlyNodes("draw_replay")).plus(createCurve(training)),
    [MAP]: createMap(training),
  };
}
