/** The last argument of a node's function, to report progress and to notice a cancellation. */
export interface NodeContext {
  /** Aborted when the run is cancelled: long loops should check it. */
  signal: AbortSignal;
  /** Reports structured progress, which hooks pass on to the terminal, the store and the pages. */
  progress(data: Record<string, unknown>): void;
  /** Reports a line for the run's log. */
  log(message: string): void;
}

/**
 * A plain function of the node's inputs, in the node's order, followed by a NodeContext. It returns its single output;
 * an array when the node lists its outputs; an object with the same fields when the node names them in an object.
 * A generator function, async or not, yields such values instead, and each is saved before the next is requested.
 * Inputs are not copied: the function must not change them.
 */
// biome-ignore lint/suspicious/noExplicitAny: inputs are typed by each function itself
export type NodeFunction = (...args: any[]) => unknown;

/** The definition of a node, as passed to `node()`. */
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
}
