import type { Pipeline } from "../pipeline/pipeline.ts";
import { NodeRunner, type RunnerOptions } from "./node-runner.ts";

/**
 * Runs independent nodes concurrently, like Kedro's ThreadRunner, but on the single thread of a JavaScript runtime:
 * waiting (for files, network, worker threads) overlaps, computation in the nodes themselves does not. Hooks are called
 * for every node, as in a sequential run.
 *
 * Results equal those of SequentialRunner, because a node sees only its own inputs. After a failure no further node
 * starts, the signal tells running nodes to stop, and the first failure is thrown.
 */
export class ParallelRunner extends NodeRunner {
  readonly #maxWorkers: number | null;

  /**
   * @param options.maxWorkers the maximum number of nodes at once; by default as many as can ever be independent.
   * @throws {RangeError} when it is not a whole number of at least 1.
   */
  constructor({ maxWorkers, ...options }: RunnerOptions & { maxWorkers?: number } = {}) {
    super(options);
    if (maxWorkers !== undefined && !(Number.isInteger(maxWorkers) && maxWorkers >= 1)) {
      throw new RangeError(`maxWorkers must be a whole number of at least 1, found ${maxWorkers}`);
    }
    this.#maxWorkers = maxWorkers ?? null;
  }

  /** Every group has at least one node, which limits how many of all nodes can ever run at once. */
  workersFor({ nodes, groupedNodes }: Pipeline): number {
    const useful = Math.max(1, nodes.length - groupedNodes.length + 1);
    return Math.min(useful, this.#maxWorkers ?? useful);
  }
}
