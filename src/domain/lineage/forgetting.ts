import type { Actor } from "../actor.ts";
import type { HoldingCopy } from "../backups/backup.ts";

/** Those whose drawings are forgotten: a writer, or an anonymous writer's session. */
export type Whose = { writer: string } | { session: string };

/** The drawings that are forgotten: those of someone, or all that were stored before a time (ISO 8601, UTC). */
export type Forgettable = Whose | { before: string };

/**
 * A forgotten drawing. Neither the drawing nor its writer can be found from it: the hash is keyed, and the key is
 * random. A drawing that arrives again is recognised by it.
 */
export interface ForgottenDrawing {
  /** 32 random bytes, drawn once per store. */
  key: Uint8Array;
  /** HMAC-SHA256 of the drawing's identity; 32 bytes. */
  hash: Uint8Array;
  /** ISO 8601, UTC. */
  at: string;
}

/** Returns the keyed hash of a drawing's identity. Source: RFC 2104 (HMAC), with SHA-256. */
export function forgottenHash(key: Uint8Array, identity: Uint8Array): Uint8Array {
  return new Bun.CryptoHasher("sha256", key).update(identity).digest();
}

/** Number of bytes of an `imageKey`, before they are encoded. */
export const IMAGE_KEY_BYTES = 16;

/** Returns a key of an image, by which it is found in files: half of its SHA-256, in base64. */
export function imageKey(pixels: Uint8Array): string {
  const digest = new Bun.CryptoHasher("sha256").update(pixels).digest();
  return digest.subarray(0, IMAGE_KEY_BYTES).toString("base64");
}

/** A model that was trained on drawings to be forgotten, or fine-tuned from such a model. */
export interface AffectedModel {
  version: number;
  /** Its run; null when it was made by none. */
  runId: string | null;
  /**
   * Number of the drawings that its own run trained on or chose the epoch by; 0 when it only inherits them, null when its
   * run has recorded no data and may have used some.
   */
  drawings: number | null;
  /** The nearest version that it was fine-tuned from and that has them; null when its own run does. */
  inheritedFrom: number | null;
  aliases: string[];
}

/** Everything that forgetting removes from the store. */
export interface ForgetPreview {
  /** Samples, and drawings of the label queue. */
  drawings: number;
  /** Of the drawings, those of the label queue, discarded ones included: they have no label. */
  unlabelled: number;
  /** Decisions that they made as a labeller, undone ones included. */
  decisions: number;
  /** When the first of them was made; ISO 8601, UTC; null when there are none. */
  since: string | null;
  models: AffectedModel[];
}

/** The record of a forgetting. It names no one. */
export interface Forgetting {
  id: number;
  /** ISO 8601, UTC. */
  at: string;
  actor: Actor | null;
  drawings: number;
  /** When files and bytes were removed too; null while that is not done. */
  finishedAt: string | null;
}

/** Everything that forgetting removes, and what it leaves. */
export interface ForgetPlan extends ForgetPreview {
  /** Backups, and data folders that restores have replaced, that were made since the first of the drawings. */
  copies: HoldingCopy[];
}

/** Everything that has been removed. */
export interface ForgetResult extends ForgetPlan {
  /** Example images of runs that were removed. */
  exampleImages: number;
  /** Files that were removed, or written again without them, relative to the project. Caches are not listed. */
  files: string[];
  /** Files that may have them and are not on this machine, such as those in a bucket: remove them yourself. */
  elsewhere: string[];
}

/** Forgets people. */
export interface Forgetter {
  preview(what: Forgettable): Promise<ForgetPlan>;
  /**
   * Removes the drawings from the store, and from all files of the project that have them.
   * @throws NotFoundError when there are none; ConflictError while a run is running.
   */
  forget(what: Forgettable, actor: Actor): Promise<ForgetResult>;
}
