import { open } from "node:fs/promises";
import { join } from "node:path";
import { DatasetError } from "../../engine/errors.ts";
import { messageOf } from "../../lib/errors.ts";
import type { ModelSource } from "./model-archive.ts";

/** The files of a model in a folder, as a source of an import. */
export function modelFolder(directory: string): ModelSource {
  return {
    async sizeOf(name) {
      const file = Bun.file(join(directory, name));
      return (await file.exists()) ? file.size : null;
    },
    async read(name, maxBytes) {
      try {
        const file = await open(join(directory, name), "r");
        try {
          // One byte more than allowed tells a longer file, also one that grows meanwhile or has no size.
          const bytes = new Uint8Array(Math.min(maxBytes, (await file.stat()).size) + 1);
          const { bytesRead } = await file.read(bytes, 0, bytes.length, 0);
          if (bytesRead === bytes.length) throw new DatasetError(`has more than ${maxBytes} bytes`);
          return bytes.subarray(0, bytesRead);
        } finally {
          await file.close();
        }
      } catch (error) {
        const isMissing = (error as NodeJS.ErrnoException).code === "ENOENT";
        throw new DatasetError(`${name}: ${isMissing ? "does not exist" : messageOf(error)}`, {
          cause: error,
        });
      }
    },
  };
}
