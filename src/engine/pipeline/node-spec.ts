/** What a node may use beside its inputs: to say how far it is, and to learn that it should stop. */
export interface NodeContext {
  /** Aborted when the run is cancelled: long loops look at it. */
  signal: AbortSignal;
  /** Structured progress; reaches the terminal, the store and the pages through hooks. */
  progress(data: Record<string, unknown>): void;
  log(message: string): void;
}

/**
 * A plain function of its inputs, in the order of the node, then a NodeContext. It returns its one output; an array
 * when the node lists its outputs; an object with the same fields when the node names them by an object.
 * A generator function, async or not, yields such values instead, and each is saved before the next is asked for.
 * Inputs are not copied: it must not change them.
 */
// biome-ignore lint/suspicious/noExplicitAny: inputs are typed by each function itself
export type NodeFunction = (...args: any[]) => unknown;

export interface NodeSpec {
  func: NodeFunction;
  /** Dataset names; `params:a.b` gives one parameter, `parameters` all. An object names the fields of one argument. */
  inputs: string | readonly string[] | Readonly<Record<string, string>> | null;
  outputs: string | readonly string[] | Readonly<Record<string, string>> | null;
  /**
   * Letters, digits, hyphens, underscores and full stops. Defaults to the function's name and a hash of it and its
   * inputs and outputs, as in Kedro 1.x. A minified build shortens the names of functions: name what is public.
   */
  name?: string;
  tags?: string | readonly string[];
  namespace?: string;
  /**
   * Stands for the code in the cache. Without it that is the text of the function, which does not show a change in
   * what the function calls: give a version, and another one with each such change.
   */
  version?: string;
}
