import { readFile } from "node:fs/promises";
import { DatasetError } from "../engine/errors.ts";
import type { Dataset } from "../engine/types.ts";
import { messageOf } from "../lib/errors.ts";
import { writeFileAtomic } from "./atomic.ts";
import type { Location } from "./versions.ts";

/** A JSON file: any value that JSON can hold. */
export class JsonDataset implements Dataset {
  readonly #location: Location;
  readonly #description: Readonly<Record<string, unknown>>;

  constructor(location: Location, description: Readonly<Record<string, unknown>>) {
    this.#location = location;
    this.#description = description;
  }

  async load(): Promise<unknown> {
    const path = await this.#location.toLoad();
    const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
      const reason =
        error.code === "ENOENT" ? "does not exist. Run the pipeline that makes it first" : messageOf(error);
      throw new DatasetError(`${path} ${reason}`, { cause: error });
    });
    try {
      return JSON.parse(text);
    } catch (error) {
      throw new DatasetError(`${path} is not JSON: ${messageOf(error)}`, { cause: error });
    }
  }

  async save(value: unknown): Promise<void> {
    const text = JSON.stringify(value, null, 2);
    if (text === undefined) throw new DatasetError(`a ${typeof value} cannot be written as JSON`);
    await writeFileAtomic(await this.#location.toSave(), `${text}\n`);
  }

  exists(): Promise<boolean> {
    return this.#location.exists();
  }

  describe(): Record<string, unknown> {
    return { ...this.#description };
  }
}
