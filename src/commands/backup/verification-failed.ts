import { TegakiError } from "../../lib/errors.ts";

/** Something was found to be wrong: exit code 1. The result says what. */
export class VerificationFailed extends TegakiError {
  constructor(problems: number) {
    super(problems === 1 ? "1 problem was found" : `${problems} problems were found`);
  }
}
