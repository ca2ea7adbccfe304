import type { Pipeline } from "../engine/pipeline/pipeline.ts";
import { messageOf, UsageError } from "../lib/errors.ts";
import { knownIn, warningsOf } from "../project/check-pipelines.ts";
import type { Project } from "../project/project.ts";
import {
  type PipelineSources,
  pipelinesNamed,
  projectPipelines,
  sourcesOf,
} from "../project/project-pipelines.ts";
import type { RunOptions } from "./run-options.ts";

/** Each flag that selects a part of a pipeline, as Kedro spells it in files, and its option. */
const FLAGS = {
  nodes: "nodes",
  from_nodes: "fromNodes",
  to_nodes: "toNodes",
  from_inputs: "fromInputs",
  to_outputs: "toOutputs",
  tags: "tags",
  namespaces: "namespaces",
} as const;

type Slice = Pick<RunOptions, (typeof FLAGS)[keyof typeof FLAGS]>;

/** The given flags, for the run record. */
export function sliceRecord(options: Slice): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(FLAGS).flatMap(([flag, option]) => {
      const names = options[option];
      return names === undefined || names.length === 0 ? [] : [[flag, names]];
    }),
  );
}

/** The options from which `sliceRecord` made the record. */
export function sliceOptions(record: Readonly<Record<string, string[]>>): Slice {
  return Object.fromEntries(Object.entries(FLAGS).map(([flag, option]) => [option, record[flag]]));
}

/** A part of a pipeline. */
export interface SlicedPipeline {
  pipeline: Pipeline;
  /** One sentence for each output that no node reads and no catalog entry saves. */
  warnings: string[];
}

/**
 * Returns the requested part of the pipeline. Its nodes train with `training`; without it they can only be inspected.
 * @throws UsageError for a pipeline, node, dataset, tag or namespace that does not exist, or a part without nodes.
 */
export async function slicedPipeline(
  project: Project,
  options: RunOptions,
  training?: PipelineSources["training"],
): Promise<SlicedPipeline> {
  const { pipeline: wanted, canLoadCode = true } = options;
  const all = await projectPipelines({ ...sourcesOf(project), canLoadCode, wanted, training });
  const { nodes: nodeNames, fromNodes, toNodes, fromInputs, toOutputs, tags, namespaces } = options;
  const filter = { nodeNames, fromNodes, toNodes, fromInputs, toOutputs, tags, nodeNamespaces: namespaces };
  try {
    const pipeline = pipelinesNamed(all, wanted.split(",")).filter(filter);
    return { pipeline, warnings: warningsOf(pipeline, knownIn(project, all)) };
  } catch (error) {
    // The message keeps its line breaks: it may have one line per name.
    throw new UsageError(error instanceof Error ? error.message : messageOf(error), { cause: error });
  }
}
