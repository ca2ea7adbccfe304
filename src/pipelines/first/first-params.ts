import type { TrainParams } from "../../training/fit/params.ts";

/** `first` in parameters.yml. */
export interface FirstParams
  extends Pick<TrainParams, "epochs" | "batch_size" | "learning_rate" | "augmentation"> {
  /** Images per epoch, shared evenly by all classes. */
  images: number;
  /** Share of a class's images that are synthetic, where it is a letter of the Latin alphabet, in [0, 1). */
  letters: number;
}
