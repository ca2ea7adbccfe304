import type { Saying } from "../../lib/saying.ts";

/**
 * The last argument of a node's function, if it has one more than inputs, to report progress and to notice a cancellation.
 *
 * @example
 * ```ts
 * import type { ImageSet, NodeContext } from "tegaki";
 *
 * export function countInk({ images }: ImageSet, context: NodeContext): number {
 *   let inked = 0;
 *   for (const [i, pixel] of images.entries()) {
 *     if (i % 10_000 === 0) {
 *       context.signal.throwIfAborted();
 *       context.progress({ pixel: i, pixels: images.length });
 *     }
 *     if (pixel > 0) inked += 1;
 *   }
 *   context.log(`${inked} pixels of ink`);
 *   return inked;
 * }
 *
 * // A test calls it like any function.
 * const context: NodeContext = { signal: new AbortController().signal, progress() {}, log() {} };
 * const set = { rows: 1, cols: 3, images: Uint8Array.of(255, 0, 9), labels: Uint8Array.of(1) };
 * countInk(set, context); // => 2
 * ```
 */
export interface NodeContext {
  /** Aborted when the run is cancelled: long loops should check it. */
  signal: AbortSignal;
  /** Reports structured progress, which hooks pass on to the terminal, the store and the pages. */
  progress(data: Record<string, unknown>): void;
  /** Reports a line for the run's log. @param says the same line as data, for pages in other languages. */
  log(message: string, says?: Saying): void;
}

/**
 * A plain function of the node's inputs, in the node's order. With one required argument more than inputs, called
 * `context`, it also receives a NodeContext; an argument with a default does not. It returns its single output;
 * an array when the node lists its outputs; an object with the same fields when the node names them in an object.
 * A generator function, async or not, yields such values instead, and each is saved before the next is requested.
 * Inputs are not copied: the function must not change them.
 *
 * @example
 * ```ts
 * import { node } from "tegaki";
 *
 * // A generator: each pair is saved before the next one is made.
 * function* pairs(numbers: number[]) {
 *   for (let i = 0; i < numbers.length; i += 2) yield numbers.slice(i, i + 2);
 * }
 *
 * const paired = node({ name: "pairs", func: pairs, inputs: "numbers", outputs: "pair" });
 * [...pairs([1, 2, 3])]; // => [[1, 2], [3]]
 * paired.outputs; // => ["pair"]
 * ```
 */
// biome-ignore lint/suspicious/noExplicitAny: inputs are typed by each function itself
export type NodeFunction = (...args: any[]) => unknown;

/**
 * The definition of a node, as passed to `node()`.
 *
 * @example
 * ```ts
 * import { type NodeSpec, node } from "tegaki";
 *
 * const split = ({ numbers, limit }: { numbers: number[]; limit: number }) => ({
 *   low: numbers.filter((n) => n < limit),
 *   high: numbers.filter((n) => n >= limit),
 * });
 *
 * // By objects: one argument with these fields, one returned object with those.
 * const spec: NodeSpec = {
 *   name: "split_numbers",
 *   func: split,
 *   inputs: { numbers: "all_numbers", limit: "params:limit" },
 *   outputs: { low: "low_numbers", high: "high_numbers" },
 *   tags: ["numbers"],
 * };
 * node(spec).inputs; // => ["all_numbers", "params:limit"]
 * ```
 */
export interface NodeSpec {
  func: NodeFunction;
  /** Dataset names; `params:a.b` is one parameter, `parameters` all. An object names the fields of one argument. */
  inputs: string | readonly string[] | Readonly<Record<string, string>> | null;
  outputs: string | readonly string[] | Readonly<Record<string, string>> | null;
  /**
   * Letters, digits, hyphens, underscores and full stops. Defaults to the function's name and a hash of it and its
   * inputs and outputs, as in Kedro 1.x. A minified build shortens function names, so name nodes that are public.
   */
  name?: string;
  tags?: string | readonly string[];
  namespace?: string;
  /**
   * Represents the code in the cache. By default that is the function's source text, which does not change when a
   * function that it calls does: set a version, and a new one with each such change.
   */
  version?: string;
  /** True when outputs may be null. Otherwise the run's log has a warning for each that is. */
  nullable?: boolean;
}
