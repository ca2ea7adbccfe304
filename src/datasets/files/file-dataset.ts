import { createHash } from "node:crypto";
import type { Dataset } from "../../engine/catalog/dataset.ts";
import { DatasetError } from "../../engine/errors.ts";
import { messageOf } from "../../lib/errors.ts";
import type { FileStore } from "./file-store.ts";
import type { Location } from "./versions.ts";

/** What a file of one type holds. Errors say what is wrong with the content; the dataset says where. */
export interface FileFormat {
  /** @throws DatasetError when the bytes are no such file. */
  read(bytes: Uint8Array): unknown;
  /** @throws DatasetError when such a file cannot hold the value. */
  write(value: unknown): string | Uint8Array;
  /** Larger files are not read. */
  maxBytes?: number;
  /** Given when a save adds to what the file holds: the bytes that come after those. */
  append?(value: unknown): string;
}

/** The bytes of a text file. @throws DatasetError when they are no UTF-8. */
export function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw new DatasetError("is not a text in UTF-8", { cause: error });
  }
}

/** One file, whole in memory, in a format. Saving is atomic. */
export class FileDataset implements Dataset {
  readonly #location: Location;
  readonly #format: FileFormat;
  readonly #description: Readonly<Record<string, unknown>>;
  /** A version that this run has begun is added to; one of an earlier run never is. */
  #isBegun = false;

  constructor(location: Location, format: FileFormat, description: Readonly<Record<string, unknown>>) {
    this.#location = location;
    this.#format = format;
    this.#description = description;
  }

  async load(): Promise<unknown> {
    const path = await this.#location.toLoad();
    const bytes = await readWhole(this.#location.files, path, this.#format.maxBytes);
    try {
      return this.#format.read(bytes);
    } catch (error) {
      throw new DatasetError(`${path}: ${messageOf(error)}`, { cause: error });
    }
  }

  async save(value: unknown): Promise<void> {
    if (this.#format.append === undefined) {
      const content = this.#format.write(value);
      await this.#location.files.write(await this.#location.toSave(), content);
    } else await this.#add(value, this.#format.append);
    await this.#location.saved();
  }

  /** The whole file is written again, so that a crash leaves it with or without what is added, never with a part. */
  async #add(value: unknown, append: (value: unknown) => string): Promise<void> {
    const path = this.#isBegun ? await this.#location.toLoad() : await this.#location.toSave();
    const before = await this.#location.files.read(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return null;
      throw error;
    });
    const content =
      before === null ? this.#format.write(value) : Buffer.concat([before, Buffer.from(append(value))]);
    await this.#location.files.write(path, content);
    this.#isBegun = true;
  }

  exists(): Promise<boolean> {
    return this.#location.exists();
  }

  versions(): Promise<string[]> {
    return this.#location.versions();
  }

  /** sha256 of the file, lower-case hex. */
  async fingerprint(): Promise<string | null> {
    if (!(await this.exists())) return null;
    const bytes = await readWhole(this.#location.files, await this.#location.toLoad(), this.#format.maxBytes);
    return createHash("sha256").update(bytes).digest("hex");
  }

  describe(): Record<string, unknown> {
    const version = this.#location.current();
    return version === null ? { ...this.#description } : { ...this.#description, version };
  }
}

async function readWhole(
  files: FileStore,
  path: string,
  maxBytes = Number.POSITIVE_INFINITY,
): Promise<Uint8Array> {
  try {
    const size = maxBytes === Number.POSITIVE_INFINITY ? 0 : await files.size(path);
    if (size > maxBytes) throw new DatasetError(`has ${size} bytes, at most ${maxBytes} are read`);
    return await files.read(path);
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === "ENOENT";
    const reason = isMissing
      ? "does not exist. Run the pipeline that makes it first"
      : `: ${messageOf(error)}`;
    throw new DatasetError(`${path}${isMissing ? " " : ""}${reason}`, { cause: error });
  }
}
