import type { QueueStore } from "../domain/queue/queue-store.ts";
import type { ModelAnswer } from "./drawing-scores.ts";

/** The live model. */
interface LiveModel {
  /** Null when there is none. */
  version(): number | null;
  /** Answers to images, all of one version. */
  answers(images: readonly Uint8Array[]): Promise<ModelAnswer[]>;
  /** Features of images in its space; of their pixels when there is no model. float32 [D] for each. */
  features(images: readonly Uint8Array[]): Promise<Float32Array[]>;
}

/** The version that the live one is compared with. */
export interface OtherModel {
  /** The version that would be compared now; null when there is none. Cheap when nothing has changed. */
  choose(live: number): Promise<number | null>;
  /** The version that was chosen last. */
  version(): number | null;
  /** Its answers; null when it cannot be loaded, in which case the next call of `choose` chooses another one. */
  answers(images: readonly Uint8Array[]): Promise<Omit<ModelAnswer, "isNone">[] | null>;
  /** Frees it until it is needed again. */
  drop(): void;
}

/** Everything that the scoring of a pool needs. */
export interface PoolScorerOptions {
  store: Pick<QueueStore, "counts" | "toScore" | "putScores" | "draw" | "images" | "putRanking" | "ranking">;
  live: LiveModel;
  other: OtherModel;
  /** Images of labelled drawings, the newest first. */
  labelled(limit: number): Promise<Uint8Array[]>;
  /** Lets requests in. @returns false when the server stops. */
  pause(): Promise<boolean>;
  /** Chooses the seed of each order `diversity`. */
  newSeed(): number;
}
