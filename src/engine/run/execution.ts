import { messageOf } from "../../lib/errors.ts";
import type { Node } from "../pipeline/node.ts";
import type { Pipeline } from "../pipeline/pipeline.ts";
import { callHooks } from "./call-hooks.ts";
import type { Skip, Skips } from "./hooks.ts";
import { type NodeEnvironment, runNode } from "./run-node.ts";

export interface ExecutionOptions {
  pipeline: Pipeline;
  environment: Omit<NodeEnvironment, "signal">;
  skips: Skips;
  /** See `RunArguments`. */
  skipNow?(node: Node): Promise<Skip | null>;
  continueOnError: boolean;
  /** At most so many nodes go on at once. */
  maxWorkers: number;
  signal: AbortSignal;
  /** Called after each node, but not once the run has to stop. */
  onOver(node: Node): void;
}

/** What became of the nodes, each list in the order in which it happened. Nodes that were never begun are in none. */
export interface Outcome {
  done: Node[];
  failed: { node: Node; error: unknown }[];
  /** Left out as planned, or as was found out when their turn came. */
  skipped: Node[];
  /** Left out because they need what a failed node should have made. */
  unreachable: Node[];
  /** Nodes that were going on when the run was cancelled, or when another node failed, and ended for that. */
  interrupted: Node[];
}

/**
 * Runs nodes as soon as those that they need are over, at most `maxWorkers` at once; of those that are ready the first
 * in the pipeline's order begins first, so that one worker keeps that order. After an abort, or a failure unless
 * `continueOnError`, nothing is begun any more, and what goes on is told to stop by its signal and waited for.
 *
 * @throws only what hooks of a skipped node throw.
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
  /** Why a node cannot run, once that is known. */
  readonly #blocked = new Map<Node, Skip>();
  #running = 0;

  constructor(private readonly options: ExecutionOptions) {
    const { nodes } = options.pipeline;
    this.#signal = AbortSignal.any([options.signal, this.#stop.signal]);
    this.#indexOf = new Map(nodes.map((node, index) => [node, index]));
    this.#parentsLeft = new Map(nodes.map((node) => [node, options.pipeline.parentsOf(node).length]));
    this.#ready = nodes.filter((node) => this.#parentsLeft.get(node) === 0);
  }

  run(): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      const beginMore = () => {
        while (!this.#signal.aborted && this.#ready.length > 0 && this.#running < this.options.maxWorkers) {
          const node = this.#ready.shift()!;
          this.#running += 1;
          this.#see(node).then(() => {
            this.#running -= 1;
            this.#finish(node);
            beginMore();
          }, reject);
        }
        if (this.#running === 0) resolve(this.#outcome);
      };
      beginMore();
    });
  }

  /** Runs the node or leaves it out. */
  async #see(node: Node): Promise<void> {
    const { hooks } = this.options.environment;
    const blocked = this.#blocked.get(node);
    const planned = blocked ?? this.options.skips.get(node.name);
    const skip = planned ?? (await this.options.skipNow?.(node)) ?? null;
    if (skip !== null) {
      this.#outcome[blocked === undefined ? "skipped" : "unreachable"].push(node);
      await callHooks(hooks, "on_node_skipped", { node: node.name, ...skip });
      return;
    }
    try {
      await runNode(node, { ...this.options.environment, signal: this.#signal });
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
    if (!this.options.continueOnError) {
      this.#stop.abort(new Error(`node "${node.name}" failed: ${messageOf(error)}`));
      return;
    }
    for (const child of this.options.pipeline.childrenOf(node)) this.#block(child, node);
  }

  /** A skipped node needs nothing, so that a failure does not reach past it. */
  #block(node: Node, failed: Node): void {
    if (this.options.skips.has(node.name) || this.#blocked.has(node)) return;
    this.#blocked.set(node, { cause: "upstream_failed", reason: `it needs what "${failed.name}" makes` });
    for (const child of this.options.pipeline.childrenOf(node)) this.#block(child, failed);
  }

  #finish(node: Node): void {
    if (!this.#signal.aborted) this.options.onOver(node);
    for (const child of this.options.pipeline.childrenOf(node)) {
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
