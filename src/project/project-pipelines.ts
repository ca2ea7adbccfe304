import { DEFAULT_PIPELINE } from "../domain/pipeline-names.ts";
import type { Pipeline } from "../engine/pipeline/pipeline.ts";
import { UsageError } from "../lib/errors.ts";
import { didYouMean } from "../lib/nearest.ts";
import { createPipelines } from "../pipelines/registry.ts";
import type { Training } from "../training/training.ts";
import type { BrokenPipeline } from "./user-pipelines.ts";
import { loadUserPipelines, userPipelineFile, userPipelineNames } from "./user-pipelines.ts";

/** Everything that can be run in a project. */
export interface ProjectPipelines {
  /** The built-in ones first, then the project's own by name. */
  pipelines: Record<string, Pipeline>;
  /** The files of the project's own ones, from the project directory. */
  files: Record<string, string>;
  broken: BrokenPipeline[];
}

export interface PipelineSources {
  projectDir: string;
  /** Whether code in the project's `src/pipelines` may be loaded, which runs it. */
  canLoadCode: boolean;
  /** Those that are asked for, with commas between them: nothing is loaded when all are built in. */
  wanted?: string;
  /** What nodes train with. Left out for pipelines that are only looked at: nothing of tensors is loaded then. */
  training?: Training;
}

/**
 * The built-in pipelines and the project's own. `__default__` is the built-in one unless the project has a
 * `src/pipelines/__default__/pipeline.ts`: then it is that, or broken, but never silently another.
 */
export async function projectPipelines(sources: PipelineSources): Promise<ProjectPipelines> {
  const training = sources.training ?? UNUSED_TRAINING;
  const builtIn = createPipelines({ training });
  if (!(await isCodeNeeded(sources, builtIn))) return { pipelines: builtIn, files: {}, broken: [] };
  const { pipelines: own, broken } = await loadUserPipelines(sources.projectDir, {
    pipelines: { ...builtIn },
    training,
  });
  const pipelines = { ...builtIn, ...own };
  if (broken.some(({ name }) => name === DEFAULT_PIPELINE)) delete pipelines[DEFAULT_PIPELINE];
  const files = Object.fromEntries(Object.keys(own).map((name) => [name, userPipelineFile(name)]));
  return { pipelines, files, broken };
}

async function isCodeNeeded(
  { projectDir, canLoadCode, wanted }: PipelineSources,
  builtIn: Readonly<Record<string, Pipeline>>,
): Promise<boolean> {
  if (!canLoadCode || wanted === undefined) return canLoadCode;
  const names = wanted.split(",");
  if (names.some((name) => !Object.hasOwn(builtIn, name))) return true;
  return names.includes(DEFAULT_PIPELINE) && (await userPipelineNames(projectDir)).includes(DEFAULT_PIPELINE);
}

/** @throws UsageError when there is none of that name, or when its file is broken: then it says where and why. */
export function pipelineNamed({ pipelines, broken }: ProjectPipelines, name: string): Pipeline {
  const found = Object.hasOwn(pipelines, name) ? pipelines[name] : undefined;
  if (found !== undefined) return found;
  const problem = broken.find((candidate) => candidate.name === name)?.problem;
  if (problem !== undefined) throw new UsageError(`Pipeline "${name}" is broken: ${problem}`);
  const names = Object.keys(pipelines);
  throw new UsageError(
    `No pipeline "${name}"${didYouMean(name, names) || `. There are: ${names.join(", ")}`}`,
  );
}

const unused = () => Promise.reject(new Error("These pipelines are only described"));
const UNUSED_TRAINING: Training = {
  train: unused,
  fineTune: unused,
  evaluate: unused,
  examine: unused,
  calibrate: unused,
  measureRejection: unused,
};
