import { TegakiError } from "../lib/errors.ts";

/** A model's data is damaged, of an unknown kind or inconsistent: it must not be used. */
export class ModelLoadError extends TegakiError {
  override readonly name = "ModelLoadError";
}

/** Training failed numerically, for example because the loss is no longer finite. */
export class TrainingError extends TegakiError {
  override readonly name = "TrainingError";
}
