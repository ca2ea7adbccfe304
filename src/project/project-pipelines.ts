import type { InitialModel } from "../domain/dataset-names.ts";
import { DEFAULT_PIPELINE } from "../domain/pipeline-names.ts";
import type { Pipeline } from "../engine/pipeline/pipeline.ts";
import { UsageError } from "../lib/errors.ts";
import { didYouMean } from "../lib/nearest.ts";
import { createPipelines } from "../pipelines/registry.ts";
import type { Training } from "../training/training.ts";
import type { Project } from "./project.ts";
import type { BrokenPipeline } from "./user-pipelines.ts";
import { loadUserPipelines, userPipelineFile, userPipelineNames } from "./user-pipelines.ts";

/** All pipelines of a project. */
export interface ProjectPipelines {
  /** The built-in ones first, then the project's own by name. */
  pipelines: Record<string, Pipeline>;
  /** The files of the project's own pipelines by name, relative to the project directory. */
  files: Record<string, string>;
  broken: BrokenPipeline[];
}

/** Where to load pipelines from, and which ones are needed. */
export interface PipelineSources {
  projectDir: string;
  /** Whether code in the project's `src/pipelines` may be loaded, which runs it. */
  canLoadCode: boolean;
  /** The requested pipelines, separated by commas; all by default. No code is loaded when all of them are built in. */
  wanted?: string;
  /** Passed to nodes that train. Omit it for pipelines that are only described: no tensor code is loaded then. */
  training?: Training;
  /** The model that fine-tuning starts from; the champion by default. */
  initialModel?: InitialModel;
}

/** Returns the part of the sources that a project determines. */
export function sourcesOf({ dir, config }: Project): Pick<PipelineSources, "projectDir" | "initialModel"> {
  return { projectDir: dir, initialModel: config.parameters.tuning_initial_model };
}

/**
 * Returns the built-in pipelines and the project's own. `__default__` is the built-in one unless the project has a
 * `src/pipelines/__default__/pipeline.ts`, which then replaces it even if it is broken.
 */
export async function projectPipelines(sources: PipelineSources): Promise<ProjectPipelines> {
  const training = sources.training ?? UNUSED_TRAINING;
  const builtIn = createPipelines({ training, initialModel: sources.initialModel });
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

/**
 * Returns a pipeline by name.
 * @throws UsageError when there is none of that name, or, with the place and reason, when its file is broken.
 */
export function pipelineNamed({ pipelines, broken }: ProjectPipelines, name: string): Pipeline {
  const found = Object.hasOwn(pipelines, name) ? pipelines[name] : undefined;
  if (found !== undefined) return found;
  const problem = broken.find((candidate) => candidate.name === name)?.problem;
  if (problem !== undefined) throw new UsageError(`Pipeline "${name}" is broken: ${problem}`);
  const names = Object.keys(pipelines);
  throw new UsageError(
    `No pipeline "${name}"${didYouMean(name, names) || `. Available pipelines: ${names.join(", ")}`}`,
  );
}

/** Returns the sum of pipelines by name. @throws UsageError naming every one that is unknown or broken. */
export function pipelinesNamed(all: ProjectPipelines, names: readonly string[]): Pipeline {
  const found: Pipeline[] = [];
  const problems: string[] = [];
  for (const name of names) {
    try {
      found.push(pipelineNamed(all, name));
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      problems.push(error.message);
    }
  }
  if (problems.length > 0) throw new UsageError(problems.join("\n"));
  return found.reduce((sum, one) => sum.plus(one));
}

const unused = () => Promise.reject(new Error("These pipelines are only described"));
const UNUSED_TRAINING: Training = {
  train: unused,
  fineTune: unused,
  evaluate: unused,
  examine: unused,
  probabilities: unused,
  embed: unused,
  latencyMs: unused,
  calibrate: unused,
  measureRejection: unused,
};
