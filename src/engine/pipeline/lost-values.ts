import { type Sentence, saying } from "../../lib/saying.ts";
import { bindOutputs } from "./binding.ts";
import type { Node } from "./node.ts";

/**
 * Returns a sentence for each value that a node probably did not mean to output: null for one of its outputs, and any
 * value when it has no outputs, which drops it. Both are allowed, so neither is an error.
 *
 * @param result what the function returned or yielded.
 * @throws PipelineError as `bindOutputs` does.
 */
export function lostValues(node: Node, result: unknown): Sentence[] {
  if (node.outputs.length === 0) {
    if (result === undefined || result === null) return [];
    return [
      {
        message: "Warning: the node has no outputs, so what it returned is dropped",
        says: saying("dropped"),
      },
    ];
  }
  if (node.spec.nullable === true) return [];
  return Object.entries(bindOutputs(node, result))
    .filter(([, value]) => value === null)
    .map(([output]) => ({
      message: `Warning: output "${output}" is null`,
      says: saying("nullOutput", { output }),
    }));
}
