import { InputError } from "../lib/errors.ts";

/** There is nothing to recognise: no point was drawn, or every pixel is blank. The message is for the user. */
export class EmptyInkError extends InputError {
  override readonly name = "EmptyInkError";
}
