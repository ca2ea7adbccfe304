import type { Actor } from "../domain/actor.ts";
import type { NamedModel } from "../domain/model.ts";
import type { Sentence } from "../lib/saying.ts";
import type { ModelDiff } from "./diff/model-diff.ts";
import type { PrunedVersion } from "./removal.ts";

/** A file that is offered for download. */
export interface ExportedModel {
  /** "tegaki-digits-7.zip" */
  name: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/** Everything that reads, writes or removes the files of versions. */
export interface ModelFiles {
  /** @throws NotFoundError; ConflictError when the files are damaged or were removed. */
  export(version: number): Promise<ExportedModel>;
  /**
   * Registers the model of a zip archive as a candidate that the gate has not evaluated. All of it is checked before
   * anything is written.
   * @param name of the file, for the record.
   * @throws InputError when it is not such an archive; ConflictError when the model is already registered.
   */
  import(archive: Uint8Array, by: { actor: Actor; name: string }): Promise<NamedModel>;
  /** @param a a version or an alias. @throws NotFoundError. */
  diff(a: string, b: string): Promise<ModelDiff>;
  /** Why a version must keep its files; empty when it can be deleted. @throws NotFoundError. */
  neededBy(version: number): Promise<Sentence[]>;
  /** @throws NotFoundError; ConflictError naming everything that needs it. */
  delete(version: number, by: { actor: Actor; reason: string }): Promise<void>;
  /** Removes the files of versions that nothing needs, see `models.keep`. @returns the versions, newest first. */
  prune(by: { actor: Actor; isDryRun: boolean }): Promise<PrunedVersion[]>;
}
