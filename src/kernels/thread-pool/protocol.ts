import { KERNEL_NAMES } from "./kernel-arguments.ts";

/** Words of the control block that the caller and the workers share; see `ThreadPool`. */
export const WORD = {
  /** Generation << CHUNK_BITS | next chunk that no thread has taken. Workers sleep on it. */
  ticket: 0,
  /** Number of chunks of this job. */
  chunks: 1,
  /** Number of finished chunks. The caller sleeps on it. */
  done: 2,
  /** Index into KERNEL_NAMES. */
  kernel: 3,
  /** Pointer to the job's arguments. */
  args: 4,
  /** Scratch of thread 0; that of thread t is `scratchBytes` · t after it. */
  scratch: 5,
  scratchBytes: 6,
  /** 1 when a kernel has trapped. */
  failed: 7,
  /** 1 tells workers to end. */
  stop: 8,
} as const;
/** Number of words in the control block, with some to spare. */
export const WORDS = 16;

/** Bits of the ticket that hold a chunk's number; the others hold the generation. */
export const CHUNK_BITS = 16;
/** The chunk number that closes a ticket: no chunk may be taken. A job may have at most one chunk fewer. */
export const CLOSED = (1 << CHUNK_BITS) - 1;

/** Computes chunk number `chunk` of a job; `scratch` belongs to the thread that runs it. */
export type Kernel = (args: number, chunk: number, scratch: number) => void;

/** The message that starts a worker. */
export interface WorkerStart {
  control: SharedArrayBuffer;
  memory: WebAssembly.Memory;
  module: WebAssembly.Module;
  /** The worker's number, from 1; the caller is 0. */
  thread: number;
}

/**
 * Returns the kernels of `kernels.wasm`, on `memory`, by number.
 *
 * @throws {Error} when one is missing: the module is older than the sources.
 */
export function instantiateKernels(module: WebAssembly.Module, memory: WebAssembly.Memory): Kernel[] {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  return KERNEL_NAMES.map((name) => {
    const kernel = exports[name];
    if (typeof kernel !== "function")
      throw new Error(`kernels.wasm has no kernel "${name}". Rebuild it: bun src/build/kernels.ts`);
    return kernel as Kernel;
  });
}

/**
 * Takes and computes chunks of the current job until none is left.
 *
 * The ticket holds the job's generation together with the next chunk, so a thread that wakes late, with an old
 * ticket, fails its exchange instead of computing a chunk of a job that it has not read.
 *
 * @returns the ticket that had no chunk left: while it is unchanged, there is nothing to do.
 */
export function takeChunks(control: Int32Array, kernels: readonly Kernel[], thread: number): number {
  for (;;) {
    const ticket = Atomics.load(control, WORD.ticket);
    const chunk = ticket & CLOSED;
    if (chunk >= Atomics.load(control, WORD.chunks) || chunk === CLOSED) return ticket;
    if (Atomics.compareExchange(control, WORD.ticket, ticket, ticket + 1) !== ticket) continue;
    const scratch = (control[WORD.scratch]! + control[WORD.scratchBytes]! * thread) >>> 0;
    try {
      kernels[control[WORD.kernel]!]!(control[WORD.args]! >>> 0, chunk, scratch);
    } catch (error) {
      Atomics.store(control, WORD.failed, 1);
      throw error;
    } finally {
      Atomics.add(control, WORD.done, 1);
      Atomics.notify(control, WORD.done);
    }
  }
}
