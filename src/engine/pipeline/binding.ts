import { didYouMean } from "../../lib/nearest.ts";
import { PipelineError } from "../errors.ts";
import type { Node } from "./node.ts";

/** Returns the arguments for the node's function, given its input values by dataset name. */
export function bindInputs(node: Node, values: Readonly<Record<string, unknown>>): unknown[] {
  const { inputs } = node.spec;
  if (inputs === null) return [];
  if (typeof inputs === "string") return [values[inputs]];
  if (Array.isArray(inputs)) return inputs.map((name) => values[name]);
  return [Object.fromEntries(Object.entries(inputs).map(([field, name]) => [field, values[name]]))];
}

/**
 * Returns the function's result as values by dataset name.
 * @throws PipelineError when an output is missing or undefined, or when the result has a field that is not an output.
 */
export function bindOutputs(node: Node, result: unknown): Record<string, unknown> {
  const { outputs } = node.spec;
  if (outputs === null) return {};
  if (typeof outputs === "string") return checked(node, [[outputs, result]]);
  if (Array.isArray(outputs)) {
    if (!Array.isArray(result) || result.length !== outputs.length) {
      const found = Array.isArray(result) ? `an array of ${result.length}` : kindOf(result);
      throw new PipelineError(
        `it must return an array of its ${outputs.length} outputs (${outputs.join(", ")}), found ${found}`,
      );
    }
    return checked(
      node,
      outputs.map((name, i) => [name, result[i]]),
    );
  }
  const fields = Object.keys(outputs);
  if (typeof result !== "object" || result === null || Array.isArray(result)) {
    throw new PipelineError(`it must return an object with ${fields.join(", ")}, found ${kindOf(result)}`);
  }
  const extra = Object.keys(result).find((field) => !fields.includes(field));
  if (extra !== undefined) {
    throw new PipelineError(
      `it returned "${extra}", which is not one of its outputs${didYouMean(extra, fields)}`,
    );
  }
  return checked(
    node,
    Object.entries(outputs).map(([field, name]) => [name, fieldOf(result, field)]),
  );
}

/** Undefined for a field that every object inherits, such as "constructor", unless the result has its own. */
function fieldOf(result: object, field: string): unknown {
  const value: unknown = (result as Record<string, unknown>)[field];
  return Object.hasOwn(result, field) || !(field in Object.prototype) ? value : undefined;
}

function checked(node: Node, pairs: readonly (readonly [string, unknown])[]): Record<string, unknown> {
  for (const [name, value] of pairs) {
    if (value === undefined) {
      throw new PipelineError(
        `it left its output "${name}" undefined; ${node.func.name || "its function"} must return it`,
      );
    }
  }
  return Object.fromEntries(pairs);
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "an array" : typeof value;
}
