import { KERNEL_NAMES } from "./kernel-arguments.ts";

/** Words of the control block that the caller and the workers share; see `ThreadPool`. */
export const WORD = {
  /** Generation << CHUNK_BITS | next chunk that nobody has taken. Workers sleep on it. */
  ticket: 0,
  /** Chunks of this job. */
  chunks: 1,
  /** Chunks finished. The caller sleeps on it. */
  done: 2,
  /** Index into KERNEL_NAMES. */
  kernel: 3,
  /** Pointer to the job's arguments. */
  args: 4,
  /** Scratch of thread 0; thread t has its own, `scratchBytes` · t further on. */
  scratch: 5,
  scratchBytes: 6,
  /** 1 when a kernel trapped. */
  failed: 7,
  /** 1 tells workers to end. */
  stop: 8,
} as const;
/** Words of the control block, with room to spare. */
export const WORDS = 16;

/** Bits of the ticket that hold a chunk's number; the others hold the generation. */
export const CHUNK_BITS = 16;
/** The chunk number that closes a ticket: nobody may take anything. A job may have one chunk less. */
export const CLOSED = (1 << CHUNK_BITS) - 1;

/** Does chunk number `chunk` of a job; `scratch` belongs to the thread that runs it. */
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
      throw new Error(`kernels.wasm has no kernel "${name}". Build it again: bun src/build/kernels.ts`);
    return kernel as Kernel;
  });
}

/**
 * Takes chunks of the current job until none is left, and does them.
 *
 * The ticket holds the job's generation beside the next chunk, so a thread that wakes late, with an old
 * ticket in hand, fails its exchange instead of doing a chunk of a job that it has not looked at.
 *
 * @returns the ticket that had nothing left: as long as it stands, there is nothing to do.
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
