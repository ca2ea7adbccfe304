import type { Pipeline } from "../engine/pipeline.ts";
import { createPipelines } from "../pipelines/registry.ts";

/** The built-in pipelines to look at, not to run: nothing of tensors is loaded for them. */
export function describePipelines(): Record<string, Pipeline> {
  const unused = () => Promise.reject(new Error("These pipelines are only described"));
  return createPipelines({ training: { train: unused, fineTune: unused, evaluate: unused } });
}
