import { pathWithin } from "../../datasets/files/paths.ts";
import { type ModelSource, openModelArchive } from "../../datasets/models/model-archive.ts";
import { writeModelFiles } from "../../datasets/models/model-files.ts";
import { readModelSource } from "../../datasets/models/read-model-source.ts";
import type { Actor } from "../../domain/actor.ts";
import { NO_METRICS } from "../../domain/metrics.ts";
import type { Model, NamedModel } from "../../domain/model.ts";
import type { ModelArtifacts } from "../../domain/model-artifacts.ts";
import type { Store } from "../../domain/store.ts";
import { DatasetError } from "../../engine/errors.ts";
import { ConflictError, InputError, messageOf } from "../../lib/errors.ts";
import { saying } from "../../lib/saying.ts";
import type { ModelRegistry } from "../../model-registry/model-registry.ts";
import { checkServable } from "../../serving/check-shapes.ts";
import { ModelLoadError } from "../../serving/errors.ts";
import type { Project } from "../project.ts";

/** The project, and the registry that an import adds to. */
export interface ImportDeps {
  project: Project;
  store: Store;
  registry: ModelRegistry;
}

/** Reads a model from a zip archive, and registers it: see `ModelFiles.import`. */
export async function importArchive(
  deps: ImportDeps,
  archive: Uint8Array,
  by: { actor: Actor; name: string },
): Promise<NamedModel> {
  return importModel(deps, () => openModelArchive(archive), by);
}

/**
 * Reads a model of any origin, and registers it as a candidate that the gate has not evaluated. Everything is checked
 * before anything is written.
 * @throws InputError naming the file and the reason; ConflictError when the model is already registered.
 */
export async function importModel(
  { project, store, registry }: ImportDeps,
  open: () => Promise<ModelSource>,
  { actor, name }: { actor: Actor; name: string },
): Promise<NamedModel> {
  const { artifacts, sha256 } = await readChecked(open, name);
  requireClasses(artifacts, project.config.parameters.classes, name);
  const known = (await store.models.files()).find((one) => one.sha256 === sha256 && one.state !== "deleted");
  if (known !== undefined) throw alreadyKnown(known.version);
  const key = `registry/imported-${sha256.slice(0, 16)}`;
  await writeModelFiles(pathWithin(project.dataDir, key), artifacts);
  const entry = { key, sha256, runId: null, parentVersion: null, metrics: NO_METRICS, gate: null };
  const { version }: Model = await registry.register(entry);
  await store.models.addChange({ version, what: "imported", detail: name, actor });
  return (await registry.get(version))!;
}

async function readChecked(open: () => Promise<ModelSource>, name: string) {
  try {
    return await readModelSource(await open(), checkServable);
  } catch (error) {
    if (!(error instanceof DatasetError || error instanceof ModelLoadError)) throw error;
    const reason = messageOf(error);
    throw new InputError(`Cannot import ${name}: ${reason}`, {
      cause: error,
      says: saying("importRefused", { name, reason }),
    });
  }
}

/** A live model's classes must be the project's; see `classesProblem`. */
function requireClasses(
  { userDefinedMetadata }: ModelArtifacts,
  classes: readonly string[],
  name: string,
): void {
  const unknown = userDefinedMetadata.classes.filter((label) => !classes.includes(label));
  if (unknown.length === 0) return;
  const list = unknown.slice(0, 10).join(", ");
  throw new InputError(
    `Cannot import ${name}: it was trained on classes that this project does not have: ${list}. Add them to classes in parameters.yml`,
    { says: saying("importClasses", { name, classes: list }) },
  );
}

function alreadyKnown(version: number): ConflictError {
  return new ConflictError(`This model is already registered as version ${version}`, {
    says: saying("importKnown", { version }),
  });
}
