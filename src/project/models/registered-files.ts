import { rm } from "node:fs/promises";
import { isAbsolute, join } from "node:path";
import { pathWithin } from "../../datasets/files/paths.ts";
import { MODEL_FILE } from "../../datasets/models/model-files.ts";
import { UnavailableError } from "../../lib/errors.ts";
import type { RegisteredFiles } from "../../model-registry/removal.ts";
import type { Project } from "../project.ts";

/** The files of registered versions in a project's data directory. */
export function registeredFiles({ dataDir }: Pick<Project, "dataDir">): RegisteredFiles {
  return {
    exists: (key) => Bun.file(join(pathWithin(dataDir, key), MODEL_FILE)).exists(),
    async remove(key) {
      const directory = pathWithin(dataDir, key);
      // A key is always below the data directory; anything else in the store must not remove files.
      if (isAbsolute(key) || directory === pathWithin(dataDir, ".")) {
        throw new UnavailableError(`Cannot remove the files of "${key}": it is not in the data directory`);
      }
      await rm(directory, { recursive: true, force: true });
    },
  };
}
