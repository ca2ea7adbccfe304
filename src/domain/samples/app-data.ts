import type { ImageSet } from "../image-set.ts";

/** Labelled drawings; labels are indices of classes. */
export interface AppData {
  train: ImageSet;
  holdout: ImageSet;
  /** Drawings of none of the classes, labelled `NO_CLASS`; omitted when there are none. */
  negatives?: ImageSet;
  /** [N] of `train`: equal for drawings of the same writer or session. Omitted when the writers are unknown. */
  groups?: Uint32Array;
  /** [N] of `holdout`, likewise. */
  holdoutGroups?: Uint32Array;
  /** Drawings that an operator has pinned: models are evaluated on them, and none is trained on them. */
  pinned?: ImageSet;
  /** The stored samples behind the images, in their order; omitted when the drawings are not from the store. */
  samples?: SampleRefs;
}

/** Which stored sample each image is. */
interface SampleRefs {
  train: SampleRef[];
  holdout: SampleRef[];
  negatives: string[];
  /** Samples that screening left out, with the reason; absent before screening. */
  leftOut?: { id: string; reason: string }[];
}

/** A stored sample. */
export interface SampleRef {
  id: string;
  /** Whether its label has been screened before, or a person has confirmed it: it is not screened again. */
  isScreened: boolean;
}
