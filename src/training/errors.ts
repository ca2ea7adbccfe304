import { TegakiError } from "../lib/errors.ts";

/** A model's data is broken, of an unknown kind, or does not fit together: it must not be used. */
export class ModelLoadError extends TegakiError {
  override readonly name = "ModelLoadError";
}

/** Training went wrong by itself, as when the loss is no longer a number. */
export class TrainingError extends TegakiError {
  override readonly name = "TrainingError";
}
