import type { Pipeline } from "../pipeline/pipeline.ts";
import { NodeRunner, type RunnerOptions } from "./node-runner.ts";

/**
 * Nodes that do not need each other at the same time, as Kedro's ThreadRunner: all on one thread, which is what a
 * JavaScript runtime gives. What they wait for (files, network, worker threads) overlaps; computing in the nodes
 * themselves does not. Hooks of all nodes are called, as with one after the other.
 *
 * Results are those of SequentialRunner, for a node sees only its own inputs. After a failure nothing new begins, the
 * others are told to stop by their signal, and the failure that came first is thrown.
 */
export class ParallelRunner extends NodeRunner {
  readonly #maxWorkers: number | null;

  /**
   * @param options.maxWorkers at most so many nodes at once; by default as many as can ever be independent.
   * @throws {RangeError} when it is not a whole number from 1.
   */
  constructor({ maxWorkers, ...options }: RunnerOptions & { maxWorkers?: number } = {}) {
    super(options);
    if (maxWorkers !== undefined && !(Number.isInteger(maxWorkers) && maxWorkers >= 1)) {
      throw new RangeError(`maxWorkers must be a whole number from 1, found ${maxWorkers}`);
    }
    this.#maxWorkers = maxWorkers ?? null;
  }

  /** Every group has a node at least, so that no more than the others can go on beside it. */
  protected workersFor({ nodes, groupedNodes }: Pipeline): number {
    const useful = Math.max(1, nodes.length - groupedNodes.length + 1);
    return Math.min(useful, this.#maxWorkers ?? useful);
  }
}
