import type { TrainParams } from "../../training/fit/params.ts";

/** `first` in parameters.yml. */
export interface FirstParams
  extends Pick<TrainParams, "epochs" | "batch_size" | "learning_rate" | "augmentation"> {
  /** Images per epoch, shared evenly by all classes. */
  images: number;
}
