import { stat } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { openModelArchive } from "../../datasets/models/model-archive.ts";
import { modelFolder } from "../../datasets/models/model-folder.ts";
import type { Actor } from "../../domain/actor.ts";
import type { NamedModel } from "../../domain/model.ts";
import { InputError, messageOf } from "../../lib/errors.ts";
import { type ImportDeps, importModel } from "../../project/models/import-model.ts";

/** An archive has little more than the weights, of which 256 MiB can be read. */
const MAX_ARCHIVE_BYTES = 260 * 1024 * 1024;

/** Imports a model from a zip archive or a folder. @throws InputError when it cannot be read or is not a model. */
export async function importFile(deps: ImportDeps, file: string, actor: Actor): Promise<NamedModel> {
  const path = resolve(file);
  const name = basename(path);
  const found = await stat(path).catch((error: unknown) => {
    const isMissing = (error as NodeJS.ErrnoException).code === "ENOENT";
    const reason = isMissing ? "it does not exist" : messageOf(error);
    throw new InputError(`Cannot import ${file}: ${reason}`, { cause: error });
  });
  if (found.isDirectory()) return importModel(deps, async () => modelFolder(path), { actor, name });
  if (!found.isFile() || found.size > MAX_ARCHIVE_BYTES) {
    throw new InputError(
      `Cannot import ${file}: expected a folder, or a zip archive of at most ${MAX_ARCHIVE_BYTES} bytes`,
    );
  }
  const open = async () => openModelArchive(await Bun.file(path).bytes());
  return importModel(deps, open, { actor, name });
}
