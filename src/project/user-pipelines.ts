import { readdir, realpath } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { DEFAULT_PIPELINE } from "../domain/pipeline-names.ts";
import { PipelineError } from "../engine/errors.ts";
import { arityProblem } from "../engine/pipeline/arity.ts";
import { Pipeline } from "../engine/pipeline/pipeline.ts";
import { plainName } from "../engine/pipeline/plain-name.ts";
import { didYouMean } from "../lib/nearest.ts";
import type { BuiltIn, CreatePipeline } from "../project-api/tegaki.ts";
import { registerProjectApi } from "../project-api/tegaki-module.ts";
import { problemOf } from "./user-pipelines-problem.ts";

/** A pipeline of the project that cannot be loaded. */
export interface BrokenPipeline {
  name: string;
  /** One line: `src/pipelines/x/pipeline.ts:3:42: reason`. */
  problem: string;
}

/** The project's own pipelines, and those that cannot be loaded. */
export interface UserPipelines {
  pipelines: Record<string, Pipeline>;
  broken: BrokenPipeline[];
}

const FOLDER = "src/pipelines";
const FILE = "pipeline.ts";

/** Returns the file of a pipeline, relative to the project directory. */
export function userPipelineFile(name: string): string {
  return `${FOLDER}/${name}/${FILE}`;
}

/** Only tegaki's own source tree has this file; there, the folders of `src/pipelines` are the built-in pipelines. */
const OWN_SOURCE = "src/project/user-pipelines.ts";

/** Returns the names of folders in `src/pipelines` with a `pipeline.ts`, sorted. The files are not read. */
export async function userPipelineNames(projectDir: string): Promise<string[]> {
  if (await Bun.file(join(projectDir, OWN_SOURCE)).exists()) return [];
  const folder = join(projectDir, FOLDER);
  const names = await readdir(folder).catch(() => []);
  const isPipeline = await Promise.all(names.map((name) => Bun.file(join(folder, name, FILE)).exists()));
  return names.filter((_, i) => isPipeline[i]).sort();
}

/**
 * Loads every `src/pipelines/<name>/pipeline.ts` of a project, **running the code in them**, and calls the
 * `createPipeline` that each exports. A problem is reported per pipeline, and does not affect the others.
 *
 * Names are unique in a project: a pipeline must not have the name of a built-in one (except `__default__`),
 * nor a node the name of a different node in a built-in pipeline or in a pipeline loaded before.
 */
export async function loadUserPipelines(projectDir: string, builtIn: BuiltIn): Promise<UserPipelines> {
  const names = await userPipelineNames(projectDir);
  // Without a prototype: a folder may be called "__proto__".
  const loaded: UserPipelines = { pipelines: Object.create(null), broken: [] };
  if (names.length === 0) return loaded;
  registerProjectApi();
  const root = await realpath(projectDir);
  const misread = /[?\\]/.exec(root)?.[0];
  if (misread !== undefined)
    return { pipelines: {}, broken: names.map((name) => unreachable(name, misread)) };
  for (const name of names) {
    const file = join(root, userPipelineFile(name));
    let blamed: string | null = null;
    try {
      checkName(name, builtIn);
      const create = await importCreatePipeline(file);
      blamed = "createPipeline";
      const made = checkPipeline(await create(builtIn));
      checkNodes(made, builtIn, loaded.pipelines);
      const misfits = misfitsOf(made, builtIn);
      blamed = misfits[0]?.node ?? blamed;
      if (misfits.length > 0) throw new PipelineError(misfits.map(({ problem }) => problem).join("; "));
      loaded.pipelines[name] = made;
    } catch (error) {
      loaded.broken.push({ name, problem: await problemOf(error, file, root, blamed) });
    }
  }
  return loaded;
}

/** Bun reads `?` in the path of a module as the start of a query, and a backslash as "/": it would load another file. */
function unreachable(name: string, character: string): BrokenPipeline {
  const reason = `code cannot be loaded from a path with "${character}". Rename the folder in the project's path that has it`;
  return { name, problem: `${userPipelineFile(name)}: ${reason}` };
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
      `the pipeline has its folder's name, which may only contain letters, digits, "-", "_" and ".", found "${name}"`,
    );
  }
  if (name !== DEFAULT_PIPELINE && Object.hasOwn(pipelines, name)) {
    throw new PipelineError(`a built-in pipeline is named "${name}". Rename the folder`);
  }
}

/** The nodes whose functions do not fit their inputs. Those of built-in nodes are checked by the compiler. */
function misfitsOf(made: Pipeline, builtIn: BuiltIn): { node: string; problem: string }[] {
  const trusted = new Set(
    Object.values(builtIn.pipelines).flatMap(({ nodes }) => nodes.map(({ func }) => func)),
  );
  return made.nodes
    .filter(({ func }) => !trusted.has(func))
    .flatMap((node) => {
      const problem = arityProblem(node);
      return problem === null ? [] : [{ node: plainName(node), problem: `node "${node.name}": ${problem}` }];
    });
}

/** @throws PipelineError for a node with the name of a different node. Nodes reused from built-in pipelines are allowed. */
function checkNodes(made: Pipeline, builtIn: BuiltIn, earlier: Readonly<Record<string, Pipeline>>): void {
  const check = (pipelines: Readonly<Record<string, Pipeline>>, isBuiltIn: boolean) => {
    for (const [owner, { nodes }] of Object.entries(pipelines)) {
      const byName = new Map(nodes.map((node) => [node.name, node]));
      for (const node of made.nodes) {
        const other = byName.get(node.name);
        if (other === undefined || (other.key === node.key && (!isBuiltIn || other.func === node.func)))
          continue;
        const whose = `${isBuiltIn ? "the built-in pipeline" : "pipeline"} "${owner}"`;
        throw new PipelineError(`a node of ${whose} is also named "${node.name}". Rename yours`);
      }
    }
  };
  check(builtIn.pipelines, true);
  check(earlier, false);
}
