import type { ImageSet } from "../../domain/image-set.ts";

/** Labelled drawings; labels are indices of classes. */
export interface AppData {
  train: ImageSet;
  holdout: ImageSet;
  /** Drawings of none of the classes, labelled `NO_CLASS`; omitted when there are none. */
  negatives?: ImageSet;
  /** [N] of `train`: equal for drawings of the same writer or session. Omitted when the writers are unknown. */
  groups?: Uint32Array;
}
