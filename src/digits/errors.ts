import { InputError } from "../lib/errors.ts";

/** There is nothing to recognise: the drawing has no points, or every pixel is 0. */
export class EmptyInkError extends InputError {
  override readonly name = "EmptyInkError";
}
