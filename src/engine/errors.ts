import { TegakiError } from "../lib/errors.ts";

/**
 * A pipeline cannot be built, sliced or run. When a node failed, its own error is the `cause`.
 *
 * @example
 * ```ts
 * import { node, PipelineError, pipeline } from "tegaki";
 *
 * const draw = node({ name: "draw", func: () => "ink", inputs: null, outputs: "drawing" });
 * const redraw = draw.copy({ name: "redraw" });
 * try {
 *   pipeline([draw, redraw]); // Both make "drawing".
 * } catch (error) {
 *   error instanceof PipelineError; // => true
 * }
 * ```
 */
export class PipelineError extends TegakiError {
  override readonly name: string = "PipelineError";
}

/** The run was cancelled: nothing is wrong with the pipeline. */
export class RunCancelledError extends PipelineError {
  override readonly name = "RunCancelledError";
}

/** A dataset cannot be created, loaded or saved. */
export class DatasetError extends TegakiError {
  override readonly name = "DatasetError";
}
