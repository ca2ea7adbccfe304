import type { Pipeline } from "../engine/pipeline/pipeline.ts";
import { messageOf, UsageError } from "../lib/errors.ts";
import { knownIn, warningsOf } from "../project/check-pipelines.ts";
import type { Project } from "../project/project.ts";
import { type PipelineSources, pipelineNamed, projectPipelines } from "../project/project-pipelines.ts";
import type { RunOptions } from "./run-options.ts";

/** Each flag that names a part of a pipeline, as Kedro writes it in files, and its option. */
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

/** The flags that were given, for the run record. */
export function sliceRecord(options: Slice): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(FLAGS).flatMap(([flag, option]) => {
      const names = options[option];
      return names === undefined || names.length === 0 ? [] : [[flag, names]];
    }),
  );
}

/** The options that a record was made of. */
export function sliceOptions(record: Readonly<Record<string, string[]>>): Slice {
  return Object.fromEntries(Object.entries(FLAGS).map(([flag, option]) => [option, record[flag]]));
}

export interface SlicedPipeline {
  pipeline: Pipeline;
  /** In words: what of it nobody reads and nothing keeps. */
  warnings: string[];
}

/**
 * The part of the pipeline that was asked for, of nodes that run with `training`, or are only looked at without it.
 * @throws UsageError for a pipeline, node, dataset, tag or namespace that does not exist, or a part without nodes.
 */
export async function slicedPipeline(
  project: Project,
  options: RunOptions,
  training?: PipelineSources["training"],
): Promise<SlicedPipeline> {
  const { pipeline: wanted, canLoadCode = true } = options;
  const all = await projectPipelines({ projectDir: project.dir, canLoadCode, wanted, training });
  const { nodes: nodeNames, fromNodes, toNodes, fromInputs, toOutputs, tags, namespaces } = options;
  const filter = { nodeNames, fromNodes, toNodes, fromInputs, toOutputs, tags, nodeNamespaces: namespaces };
  try {
    const asked = wanted.split(",").map((name) => pipelineNamed(all, name));
    const pipeline = asked.reduce((sum, one) => sum.plus(one)).filter(filter);
    return { pipeline, warnings: warningsOf(pipeline, knownIn(project, all)) };
  } catch (error) {
    // As it is, not on one line: there may be a line for each name.
    throw new UsageError(error instanceof Error ? error.message : messageOf(error), { cause: error });
  }
}
