import { readModelFiles } from "../../datasets/models/model-files.ts";
import { CHAMPION } from "../../domain/deployment.ts";
import { BUILTIN_MODEL_KEY } from "../../domain/model.ts";
import type { ModelArtifacts } from "../../domain/model-artifacts.ts";
import { NotFoundError, UsageError } from "../../lib/errors.ts";
import {
  builtinModel,
  ensureBaseModel,
  hasBaseModelFor,
  MODEL_NAME,
  modelReader,
} from "../../project/model-sources.ts";
import { hasStore, openProjectStore, type Project } from "../../project/project.ts";
import type { Runtime } from "../../project/runtime.ts";

/** A model with the name and version that a report calls it by; version 0 for one that is not registered. */
export interface NamedModel {
  name: string;
  version: number;
  artifacts: ModelArtifacts;
}

/**
 * Finds a model by version, alias, directory or `builtin:base`. By default, it is the champion, or the built-in model
 * when the project has no store. No store is created where there is none.
 * @throws NotFoundError or UsageError when there is no such model.
 */
export async function findModel(
  runtime: Runtime,
  project: Project,
  name: string | undefined,
): Promise<NamedModel> {
  const { classes } = project.config.parameters;
  if (name === BUILTIN_MODEL_KEY) return builtin(runtime);
  if (name !== undefined && /[/\\]/.test(name)) {
    return { name, version: 0, artifacts: await readModelFiles(name) };
  }
  if (!(await hasStore(project))) {
    if (name === undefined && (await hasBaseModelFor(runtime.embedded, classes))) return builtin(runtime);
    const what = name === undefined ? "no model yet" : `no model "${name}"`;
    throw new NotFoundError(
      `There is ${what}: ${project.dir} has no store yet. Start tegaki there first, or give --model a directory`,
    );
  }
  const store = await openProjectStore(runtime, project);
  try {
    await ensureBaseModel(runtime, store, classes);
    const version = versionOf(name ?? CHAMPION, await store.models.aliases());
    const model = version === null ? null : await store.models.get(version);
    if (model === null) throw new NotFoundError(`There is no model "${name ?? CHAMPION}"`);
    return {
      name: MODEL_NAME,
      version: model.version,
      artifacts: await modelReader(runtime, project)(model),
    };
  } finally {
    await store.close();
  }
}

async function builtin({ embedded }: Runtime): Promise<NamedModel> {
  return { name: BUILTIN_MODEL_KEY, version: 0, artifacts: await builtinModel(embedded) };
}

function versionOf(name: string, aliases: Record<string, number>): number | null {
  if (/^\d+$/.test(name)) return Number(name);
  if (Object.hasOwn(aliases, name)) return aliases[name] ?? null;
  const known = Object.keys(aliases).join(", ") || "none yet";
  throw new UsageError(`No model alias "${name}". There are: ${known}`);
}
