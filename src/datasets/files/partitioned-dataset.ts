import { createHash } from "node:crypto";
import { readdir, rm } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import type { Dataset } from "../../engine/catalog/dataset.ts";
import { DatasetError } from "../../engine/errors.ts";
import { messageOf } from "../../lib/errors.ts";
import { FileDataset, type FileFormat } from "./file-dataset.ts";
import { pathWithin } from "./paths.ts";
import { filesProblem } from "./place-problems.ts";
import { fixedLocation } from "./versions.ts";

/** One function per partition, which reads it when called. */
export type Partitions = Record<string, () => Promise<unknown>>;

/** Where partitions are, and how they are stored. */
export interface PartitionOptions {
  /** Absolute. */
  directory: string;
  format: FileFormat;
  /** Only files that end in it are partitions; it is not part of their names. */
  suffix: string;
  /** Whether saving removes the partitions that are not saved again. */
  isOverwriting: boolean;
}

/**
 * A directory of files of one type. Loads one function per partition name (`2026/a` for `2026/a.csv`); saves values, or
 * functions that return them, by partition name. Each file is written atomically; hidden files are ignored.
 */
export class PartitionedDataset implements Dataset {
  readonly #options: PartitionOptions;
  readonly #description: Readonly<Record<string, unknown>>;

  constructor(options: PartitionOptions, description: Readonly<Record<string, unknown>>) {
    this.#options = options;
    this.#description = description;
  }

  async load(): Promise<Partitions> {
    const names = await this.#names();
    if (names.length === 0) {
      const { directory, suffix } = this.#options;
      throw new DatasetError(`${directory} has no partitions: it has no files that end in "${suffix}"`);
    }
    return Object.fromEntries(names.map((name) => [name, () => this.#partition(name).load()]));
  }

  async save(value: unknown): Promise<void> {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      throw new DatasetError(
        "partitions must be an object of values, or of functions that return them, by name",
      );
    }
    const partitions = Object.entries(value).map(([name, given]) => ({
      dataset: this.#partition(name),
      name,
      given,
    }));
    const before = this.#options.isOverwriting ? await this.#names() : [];
    for (const { dataset, name, given } of partitions) {
      try {
        await dataset.save(typeof given === "function" ? await given() : given);
      } catch (error) {
        throw new DatasetError(`partition "${name}": ${messageOf(error)}`, { cause: error });
      }
    }
    for (const name of before) if (!Object.hasOwn(value, name)) await rm(this.#path(name));
  }

  problem(): Promise<string | null> {
    return filesProblem(this.#options.directory, "partitions are the files of a folder");
  }

  async exists(): Promise<boolean> {
    return (await this.#names()).length > 0;
  }

  /** Returns the SHA-256 of the partitions' names and files, lower-case hex. */
  async fingerprint(): Promise<string | null> {
    const names = await this.#names();
    if (names.length === 0) return null;
    const hash = createHash("sha256");
    for (const name of names) hash.update(JSON.stringify([name, await this.#partition(name).fingerprint()]));
    return hash.digest("hex");
  }

  describe(): Record<string, unknown> {
    return { ...this.#description };
  }

  async #names(): Promise<string[]> {
    const { directory, suffix } = this.#options;
    const files = await readdir(directory, { recursive: true, withFileTypes: true }).catch(
      (error: NodeJS.ErrnoException) => {
        if (error.code === "ENOENT") return [];
        throw new DatasetError(`${directory} cannot be listed: ${messageOf(error)}`, { cause: error });
      },
    );
    return files
      .filter((file) => file.isFile())
      .map((file) => relative(directory, join(file.parentPath, file.name)).split(sep).join("/"))
      .filter((path) => path.endsWith(suffix) && !path.split("/").some((part) => part.startsWith(".")))
      .map((path) => path.slice(0, path.length - suffix.length))
      .filter((name) => name !== "")
      .toSorted();
  }

  #path(name: string): string {
    const isHidden = name.split("/").some((part) => part === "" || part.startsWith("."));
    if (isHidden)
      throw new DatasetError(
        `"${name}" is not a valid partition name: its parts must not be empty or hidden`,
      );
    return pathWithin(this.#options.directory, name + this.#options.suffix);
  }

  #partition(name: string): FileDataset {
    return new FileDataset(fixedLocation(this.#path(name)), this.#options.format, {});
  }
}
