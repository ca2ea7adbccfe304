/** Thrown by `check` and `swap`; here too, for those who know serving but not training. */
export { ModelLoadError } from "../training/errors.ts";
