import { UnavailableError } from "../lib/errors.ts";

export interface BatcherOptions<Input, Output> {
  /** Answers a batch, in its order. What it throws is thrown to everyone in the batch. */
  compute(batch: readonly Input[]): readonly Output[];
  maxBatch: number;
  /** How many may wait; the next one is turned away. */
  maxQueue: number;
}

export interface Batcher<Input, Output> {
  /** @throws {UnavailableError} when `maxQueue` wait already, or after `close`. */
  add(input: Input): Promise<Output>;
  /** Turns away what waits and whatever comes. */
  close(): void;
}

interface Waiting<Input, Output> {
  input: Input;
  resolve(output: Output): void;
  reject(error: unknown): void;
}

/**
 * Computes together what arrives together. A batch waits for the end of the event loop's turn, so all requests
 * read in one turn are one batch; between batches other work gets its turn.
 */
export function createBatcher<Input, Output>(options: BatcherOptions<Input, Output>): Batcher<Input, Output> {
  const { compute, maxBatch, maxQueue } = options;
  let queue: Waiting<Input, Output>[] = [];
  let isScheduled = false;
  let isClosed = false;

  function schedule(): void {
    if (isScheduled || queue.length === 0) return;
    isScheduled = true;
    setImmediate(() => {
      isScheduled = false;
      settle(queue.splice(0, maxBatch), compute);
      schedule();
    });
  }

  return {
    async add(input) {
      if (isClosed) throw new UnavailableError("The server is stopping. Try again once it is back");
      if (queue.length >= maxQueue) {
        throw new UnavailableError(`Too busy: ${queue.length} drawings wait already. Try again in a moment`);
      }
      return new Promise<Output>((resolve, reject) => {
        queue.push({ input, resolve, reject });
        schedule();
      });
    },
    close() {
      isClosed = true;
      const waiting = queue;
      queue = [];
      for (const { reject } of waiting) reject(new UnavailableError("The server is stopping"));
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
