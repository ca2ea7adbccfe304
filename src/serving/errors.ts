/** Thrown by `check` and `swap`; exported here for callers that may import serving but not training. */
export { ModelLoadError } from "../training/errors.ts";
