import type { ModelArtifacts } from "../../domain/model-artifacts.ts";
import type { LayerChange } from "./weight-changes.ts";

/** Two values, of the first and of the second version; null where it is not known. */
export type Pair<T> = readonly [a: T | null, b: T | null];

/** How two versions differ. The first is usually the older one. */
export interface ModelDiff {
  versions: readonly [number, number];
  /** The image sets on which both were evaluated. */
  sets: SetDiff[];
  /** The parameters of their runs whose values differ, by dotted name; null when a run's are not known. */
  parameters: { name: string; values: Pair<unknown> }[] | null;
  data: {
    /** The run of each. */
    runs: Pair<string>;
    /** How many more labelled drawings were in the store when the second was trained; null when it is not known. */
    more_samples: number | null;
  };
  /** Null when the files of one of them cannot be read; `problem` says why. */
  files: FilesDiff | null;
  problem: string | null;
}

/** The scores of both on one image set. */
export interface SetDiff {
  set: string;
  n: Pair<number>;
  /** 0..1 */
  accuracy: Pair<number>;
  /** Expected calibration error, 0..1. */
  ece: Pair<number>;
  /** Recall of each class that both were tested on, 0..1. */
  recall: { label: string; values: Pair<number> }[];
}

/** The differences between the files of two versions. */
export interface FilesDiff {
  classes: { added: string[]; removed: string[] };
  architecture: Pair<string>;
  /** Whether the layers are the same, with the same shapes. */
  is_same_architecture: boolean;
  /** Bytes of weights. */
  bytes: Pair<number>;
  /** Layers with weights, in order; those of one version only have the change null. */
  layers: LayerChange[];
}

/** The part of the artifacts that is compared. */
export type ComparedFiles = Pick<ModelArtifacts, "weightSpecs" | "weightData" | "userDefinedMetadata">;
