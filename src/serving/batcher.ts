import { BusyError } from "../lib/errors.ts";

/** The computation of a batcher, and its limits. */
export interface BatcherOptions<Input, Output> {
  /** Computes a batch; outputs are in the order of the inputs. An error rejects every input of the batch. */
  compute(batch: readonly Input[]): readonly Output[];
  maxBatch: number;
  /** Number of inputs that may wait; further ones are rejected. */
  maxQueue: number;
  /** How long an input may wait, in milliseconds; then it is rejected instead of computed. */
  maxWaitMs: number;
  /** How long batches may follow each other in one turn of the event loop, in milliseconds; at least one is computed. */
  turnMs: number;
  /** Milliseconds on a clock that nobody can set. */
  monotonicMs(): number;
}

/** Computes inputs in batches. */
export interface Batcher<Input, Output> {
  /**
   * Queues an input.
   * @throws {BusyError} when `maxQueue` inputs are waiting, or it has waited for `maxWaitMs`.
   * @throws {UnavailableError} after `close`.
   */
  add(input: Input): Promise<Output>;
  /** Rejects waiting and future inputs. */
  close(): void;
}

interface Waiting<Input, Output> {
  input: Input;
  sinceMs: number;
  resolve(output: Output): void;
  reject(error: unknown): void;
}

/**
 * Computes inputs that arrive together as one batch. A batch waits for the end of the event loop's turn, so all
 * requests of one turn form a batch; other work runs between turns. A turn may have several batches: thousands of
 * requests that are refused would otherwise come between any two.
 */
export function createBatcher<Input, Output>(options: BatcherOptions<Input, Output>): Batcher<Input, Output> {
  const { compute, maxBatch, maxQueue, maxWaitMs, turnMs, monotonicMs } = options;
  let queue: Waiting<Input, Output>[] = [];
  let isScheduled = false;
  let isClosed = false;

  function schedule(): void {
    if (isScheduled || queue.length === 0) return;
    isScheduled = true;
    setImmediate(() => {
      isScheduled = false;
      const startMs = monotonicMs();
      dropBefore(startMs - maxWaitMs);
      do settle(queue.splice(0, maxBatch), compute);
      while (queue.length > 0 && monotonicMs() - startMs < turnMs);
      schedule();
    });
  }

  function dropBefore(ms: number): void {
    const late = queue.findIndex(({ sinceMs }) => sinceMs >= ms);
    for (const { reject } of queue.splice(0, late < 0 ? queue.length : late))
      reject(new BusyError("The server is busy: the drawing has waited for too long. Try again in a moment"));
  }

  return {
    async add(input) {
      if (isClosed) throw new BusyError("The server is stopping. Try again once it is back");
      if (queue.length >= maxQueue) {
        throw new BusyError(
          `The server is busy: ${queue.length} drawings are waiting. Try again in a moment`,
        );
      }
      return new Promise<Output>((resolve, reject) => {
        queue.push({ input, sinceMs: monotonicMs(), resolve, reject });
        schedule();
      });
    },
    close() {
      isClosed = true;
      const waiting = queue;
      queue = [];
      for (const { reject } of waiting)
        reject(new BusyError("The server is stopping. Try again once it is back"));
    },
  };
}

function settle<Input, Output>(
  batch: readonly Waiting<Input, Output>[],
  compute: BatcherOptions<Input, Output>["compute"],
): void {
  if (batch.length === 0) return;
  try {
    const outputs = compute(batch.map(({ input }) => input));
    batch.forEach(({ resolve }, n) => {
      resolve(outputs[n]!);
    });
  } catch (error) {
    for (const { reject } of batch) reject(error);
  }
}
