import { createHash } from "node:crypto";
import type { Dataset, LoadNotice } from "../../engine/catalog/dataset.ts";
import { DatasetError } from "../../engine/errors.ts";
import { messageOf } from "../../lib/errors.ts";
import type { FileStore } from "./file-store.ts";
import type { Location } from "./versions.ts";

/** Reads and writes the content of a file of one type. Its errors name the problem; the dataset adds the path. */
export interface FileFormat {
  /** @throws DatasetError when the bytes are not a valid file of this type. */
  read(bytes: Uint8Array, notice?: LoadNotice): unknown;
  /** @throws DatasetError when a file of this type cannot hold the value. */
  write(value: unknown): string | Uint8Array;
  /** Larger files are not read. */
  maxBytes?: number;
  /** Set when a save appends to the file: returns the text to append. */
  append?(value: unknown): string;
}

/** Everything that a format may need besides its entry. */
export interface FormatDeps {
  /** The project's classes, in the order of their indices. */
  classes: readonly string[];
}

/** Decodes the bytes of a UTF-8 text file. @throws DatasetError when it is not UTF-8. */
export function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw new DatasetError("is not UTF-8 text", { cause: error });
  }
}

/** One file in some format, held completely in memory. Saving is atomic. */
export class FileDataset implements Dataset {
  readonly #location: Location;
  readonly #format: FileFormat;
  readonly #description: Readonly<Record<string, unknown>>;
  /** Only a version that this run has started may be appended to, never one of an earlier run. */
  #isStarted = false;

  constructor(location: Location, format: FileFormat, description: Readonly<Record<string, unknown>>) {
    this.#location = location;
    this.#format = format;
    this.#description = description;
  }

  async load(notice: LoadNotice = () => {}): Promise<unknown> {
    const path = await this.#location.toLoad();
    const bytes = await readWhole(this.#location.files, path, this.#format.maxBytes);
    try {
      return this.#format.read(bytes, notice);
    } catch (error) {
      throw new DatasetError(`${path}: ${messageOf(error)}`, { cause: error });
    }
  }

  async save(value: unknown): Promise<void> {
    if (this.#format.append === undefined) {
      const content = this.#format.write(value);
      await this.#location.files.write(await this.#location.toSave(), content);
    } else await this.#append(value, this.#format.append);
    await this.#location.saved();
  }

  /** Rewrites the complete file, so that a crash cannot leave it with a part of what is appended. */
  async #append(value: unknown, append: (value: unknown) => string): Promise<void> {
    const path = this.#isStarted ? await this.#location.toLoad() : await this.#location.toSave();
    const before = await this.#location.files.read(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return null;
      throw error;
    });
    const content =
      before === null ? this.#format.write(value) : Buffer.concat([before, Buffer.from(append(value))]);
    await this.#location.files.write(path, content);
    this.#isStarted = true;
  }

  exists(): Promise<boolean> {
    return this.#location.exists();
  }

  versions(): Promise<string[]> {
    return this.#location.versions();
  }

  async problem(): Promise<string | null> {
    return (await this.#location.problem?.()) ?? null;
  }

  /** Returns the SHA-256 of the file, lower-case hex. */
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
    if (size > maxBytes)
      throw new DatasetError(`has ${size} bytes; files of at most ${maxBytes} bytes can be read`);
    return await files.read(path);
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === "ENOENT";
    const reason = isMissing
      ? "does not exist. Run the pipeline that writes it first"
      : `: ${messageOf(error)}`;
    throw new DatasetError(`${path}${isMissing ? " " : ""}${reason}`, { cause: error });
  }
}
