import type { ImageSet } from "../../domain/image-set.ts";

/** Drawings labelled by people: labels are indices of classes. */
export interface AppData {
  train: ImageSet;
  holdout: ImageSet;
  /** Drawings that people said are none of the classes, labelled `NO_CLASS`. Left out where nobody says so. */
  negatives?: ImageSet;
  /** [N] of `train`: images with equal numbers are of one writer or sitting. Left out when nobody knows. */
  groups?: Uint32Array;
}
