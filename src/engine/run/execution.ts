import { messageOf } from "../../lib/errors.ts";
import { RunCancelledError } from "../errors.ts";
import type { Node } from "../pipeline/node.ts";
import type { Pipeline } from "../pipeline/pipeline.ts";
import { callHooks } from "./call-hooks.ts";
import type { Skip, Skips } from "./hooks.ts";
import { type NodeEnvironment, runNode } from "./run-node.ts";

/** Everything that an execution needs. */
export interface ExecutionOptions {
  pipeline: Pipeline;
  environment: Omit<NodeEnvironment, "signal">;
  skips: Skips;
  /** See `RunArguments`. */
  skipNow?(node: Node): Promise<Skip | null>;
  continueOnError: boolean;
  /** The maximum number of nodes running at once. */
  maxWorkers: number;
  signal: AbortSignal;
  /** Called after each node, but not once the run has to stop. */
  onEnd(node: Node): void;
}

/** The result of each node, every list in the order of events. A node that never started is in none. */
export interface Outcome {
  done: Node[];
  failed: { node: Node; error: unknown }[];
  /** Skipped as planned, or by `skipNow` when their turn came. */
  skipped: Node[];
  /** Not run because they depend on a failed node. */
  unreachable: Node[];
  /** Stopped while running, because the run was cancelled or another node failed. */
  interrupted: Node[];
}

/**
 * Runs each node as soon as the nodes it needs have ended, at most `maxWorkers` at once. Ready nodes start in the
 * pipeline's order, so one worker keeps that order. After an abort, or after a failure without `continueOnError`, no
 * further node starts; the signal tells running nodes to stop, and they are awaited.
 *
 * @throws only errors from the hooks of a skipped node.
 */
export async function execute(options: ExecutionOptions): Promise<Outcome> {
  return new Execution(options).run();
}

class Execution {
  readonly #outcome: Outcome = { done: [], failed: [], skipped: [], unreachable: [], interrupted: [] };
  readonly #stop = new AbortController();
  readonly #signal: AbortSignal;
  readonly #indexOf: ReadonlyMap<Node, number>;
  readonly #parentsLeft: Map<Node, number>;
  /** In the pipeline's order. */
  readonly #ready: Node[];
  /** Nodes that cannot run because they depend on a failed node. */
  readonly #blocked = new Map<Node, Skip>();
  #running = 0;
  readonly #options: ExecutionOptions;

  constructor(options: ExecutionOptions) {
    this.#options = options;
    const { nodes } = options.pipeline;
    this.#signal = AbortSignal.any([options.signal, this.#stop.signal]);
    this.#indexOf = new Map(nodes.map((node, index) => [node, index]));
    this.#parentsLeft = new Map(nodes.map((node) => [node, options.pipeline.parentsOf(node).length]));
    this.#ready = nodes.filter((node) => this.#parentsLeft.get(node) === 0);
  }

  run(): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      const startMore = () => {
        while (!this.#signal.aborted && this.#ready.length > 0 && this.#running < this.#options.maxWorkers) {
          const node = this.#ready.shift()!;
          this.#running += 1;
          this.#runOrSkip(node).then(() => {
            this.#running -= 1;
            this.#finish(node);
            startMore();
          }, reject);
        }
        if (this.#running === 0) resolve(this.#outcome);
      };
      startMore();
    });
  }

  async #runOrSkip(node: Node): Promise<void> {
    const { hooks } = this.#options.environment;
    const blocked = this.#blocked.get(node);
    const planned = blocked ?? this.#options.skips.get(node.name);
    const skip = planned ?? (await this.#options.skipNow?.(node)) ?? null;
    if (skip !== null) {
      this.#outcome[blocked === undefined ? "skipped" : "unreachable"].push(node);
      await callHooks(hooks, "on_node_skipped", { node: node.name, ...skip });
      return;
    }
    try {
      await runNode(node, { ...this.#options.environment, signal: this.#signal });
      this.#outcome.done.push(node);
    } catch (error) {
      this.#fail(node, error);
    }
  }

  #fail(node: Node, error: unknown): void {
    if (this.#signal.aborted) {
      this.#outcome.interrupted.push(node);
      return;
    }
    this.#outcome.failed.push({ node, error });
    if (!this.#options.continueOnError) {
      this.#stop.abort(new RunCancelledError(`node "${node.name}" failed: ${messageOf(error)}`));
      return;
    }
    this.#blockAfter(node);
  }

  /** Blocks all nodes that depend on the failed one. A skipped node needs no inputs, so a failure stops there. */
  #blockAfter(failed: Node): void {
    const { pipeline, skips } = this.#options;
    const skip: Skip = { cause: "upstream_failed", reason: `it needs the output of "${failed.name}"` };
    const reached = new Set(pipeline.childrenOf(failed));
    for (const node of reached) {
      if (skips.has(node.name) || this.#blocked.has(node)) continue;
      this.#blocked.set(node, skip);
      for (const child of pipeline.childrenOf(node)) reached.add(child);
    }
  }

  #finish(node: Node): void {
    if (!this.#signal.aborted) this.#options.onEnd(node);
    for (const child of this.#options.pipeline.childrenOf(node)) {
      const left = this.#parentsLeft.get(child)! - 1;
      this.#parentsLeft.set(child, left);
      if (left === 0) this.#insert(child);
    }
  }

  #insert(node: Node): void {
    const index = this.#indexOf.get(node)!;
    let low = 0;
    let high = this.#ready.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#indexOf.get(this.#ready[middle]!)! < index) low = middle + 1;
      else high = middle;
    }
    this.#ready.splice(low, 0, node);
  }
}
