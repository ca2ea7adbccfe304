import { readdir, realpath } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { DEFAULT_PIPELINE } from "../domain/pipeline-names.ts";
import { PipelineError } from "../engine/errors.ts";
import { Pipeline } from "../engine/pipeline/pipeline.ts";
import { didYouMean } from "../lib/nearest.ts";
import type { BuiltIn, CreatePipeline } from "../project-api/tegaki.ts";
import { registerProjectApi } from "../project-api/tegaki-module.ts";
import { problemOf } from "./user-pipelines-problem.ts";

/** A file of the project that should give a pipeline and cannot. */
export interface BrokenPipeline {
  name: string;
  /** One line: `src/pipelines/x/pipeline.ts:3:42: reason`. */
  problem: string;
}

export interface UserPipelines {
  pipelines: Record<string, Pipeline>;
  broken: BrokenPipeline[];
}

const FOLDER = "src/pipelines";
const FILE = "pipeline.ts";

/** The file of a pipeline, from the project directory. */
export function userPipelineFile(name: string): string {
  return `${FOLDER}/${name}/${FILE}`;
}

/** Only tegaki's own source has it: in there the folders of `src/pipelines` are the built-in pipelines. */
const OWN_SOURCE = "src/project/user-pipelines.ts";

/** The names of folders in `src/pipelines` with a `pipeline.ts`, sorted. None of it is read. */
export async function userPipelineNames(projectDir: string): Promise<string[]> {
  if (await Bun.file(join(projectDir, OWN_SOURCE)).exists()) return [];
  const folder = join(projectDir, FOLDER);
  const names = await readdir(folder).catch(() => []);
  const isPipeline = await Promise.all(names.map((name) => Bun.file(join(folder, name, FILE)).exists()));
  return names.filter((_, i) => isPipeline[i]).sort();
}

/**
 * Loads every `src/pipelines/<name>/pipeline.ts` of a project, **running the code in them**, and calls the
 * `createPipeline` that each exports. What is wrong with one is told of it, and the others are there all the same.
 *
 * A name means one thing in a project: a pipeline must not have the name of a built-in one (but for `__default__`),
 * nor a node the name of another node of a built-in pipeline or of one loaded before.
 */
export async function loadUserPipelines(projectDir: string, builtIn: BuiltIn): Promise<UserPipelines> {
  const names = await userPipelineNames(projectDir);
  const loaded: UserPipelines = { pipelines: {}, broken: [] };
  if (names.length === 0) return loaded;
  registerProjectApi();
  const root = await realpath(projectDir);
  for (const name of names) {
    const file = join(root, userPipelineFile(name));
    let blamed: string | null = null;
    try {
      checkName(name, builtIn);
      const create = await importCreatePipeline(file);
      blamed = "createPipeline";
      const made = checkPipeline(await create(builtIn));
      checkNodes(made, builtIn, loaded.pipelines);
      loaded.pipelines[name] = made;
    } catch (error) {
      loaded.broken.push({ name, problem: await problemOf(error, file, root, blamed) });
    }
  }
  return loaded;
}

async function importCreatePipeline(file: string): Promise<CreatePipeline> {
  const module: Record<string, unknown> = await import(pathToFileURL(file).href);
  const { createPipeline: create } = module;
  if (typeof create !== "function") {
    const exported = Object.keys(module);
    const hint = didYouMean("createPipeline", exported) && `: it exports "${exported.join('", "')}"`;
    throw new PipelineError(`it must export a function createPipeline that returns a pipeline${hint}`);
  }
  return create as CreatePipeline;
}

function checkPipeline(made: unknown): Pipeline {
  if (!(made instanceof Pipeline)) {
    const hint = Array.isArray(made) ? "an array: put pipeline(…) around it" : typeof made;
    throw new PipelineError(`createPipeline must return a pipeline, found ${hint}`);
  }
  if (made.nodes.length === 0) throw new PipelineError("its pipeline has no nodes");
  return made;
}

function checkName(name: string, { pipelines }: BuiltIn): void {
  if (!/^[\w.-]+$/.test(name)) {
    throw new PipelineError(
      `the folder's name is the pipeline's: letters, digits, "-", "_" and "." only, found "${name}"`,
    );
  }
  if (name !== DEFAULT_PIPELINE && Object.hasOwn(pipelines, name)) {
    throw new PipelineError(`a built-in pipeline is named "${name}". Give the folder another name`);
  }
}

/** @throws PipelineError for a node whose name another one has. Nodes taken from a built-in pipeline are the same. */
function checkNodes(made: Pipeline, builtIn: BuiltIn, earlier: Readonly<Record<string, Pipeline>>): void {
  const check = (pipelines: Readonly<Record<string, Pipeline>>, isBuiltIn: boolean) => {
    for (const [owner, { nodes }] of Object.entries(pipelines)) {
      const byName = new Map(nodes.map((node) => [node.name, node]));
      for (const node of made.nodes) {
        const other = byName.get(node.name);
        if (other === undefined || (other.key === node.key && (!isBuiltIn || other.func === node.func)))
          continue;
        const whose = `${isBuiltIn ? "the built-in pipeline" : "pipeline"} "${owner}"`;
        throw new PipelineError(`a node of ${whose} is named "${node.name}" too. Give yours another name`);
      }
    }
  };
  check(builtIn.pipelines, true);
  check(earlier, false);
}
