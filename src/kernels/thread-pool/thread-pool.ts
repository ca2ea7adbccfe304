import {
  type ArgumentsOf,
  KERNEL_NAMES,
  type KernelName,
  MAX_ARGUMENTS,
  writeArguments,
} from "./kernel-arguments.ts";
import {
  CHUNK_BITS,
  CLOSED,
  instantiateKernels,
  type Kernel,
  takeChunks,
  WORD,
  WORDS,
  type WorkerStart,
} from "./protocol.ts";

/** The kernels can no longer run: a thread died, or a kernel trapped. Only a new backend can. */
export class KernelPoolError extends Error {
  override name = "KernelPoolError";
}

/** The kernels, the memory that they work on, and the number of threads. */
interface ThreadPoolOptions {
  /** 1 to 64. The caller is one of them; the others are workers. */
  threads: number;
  /** Location of `src/kernel-worker.ts`; used only with more than 1 thread. */
  workerUrl: string | URL;
  /** `kernels.wasm`. */
  module: WebAssembly.Module;
  /** Shared. */
  memory: WebAssembly.Memory;
  /** Allocates on the heap in `memory`; returns 0 or throws when there is no room. */
  malloc(bytes: number): number;
  /** Frees what `malloc` returned. */
  free(pointer: number): void;
  /** Time that one job may take before the pool counts as broken; one minute by default. */
  timeoutMs?: number;
}

/** One call of a kernel, split into chunks. */
interface Job<Name extends KernelName> {
  /** Number of chunks, numbered from 0; at most 65,534. */
  chunks: number;
  args: ArgumentsOf<Name>;
  /** Bytes of scratch per thread for the duration of the job, not zeroed; none by default. */
  scratchBytes?: number;
}

const DEFAULT_TIMEOUT_MS = 60_000;

/**
 * Runs kernels over chunks on the caller's thread and on workers that share its memory.
 *
 * Which thread computes which chunk is not determined; what a chunk computes is. So results are the same in every run,
 * and for every number of threads, as long as a kernel's chunks write to separate memory.
 */
export class ThreadPool {
  readonly threads: number;
  readonly #control = new Int32Array(new SharedArrayBuffer(WORDS * 4));
  readonly #kernels: Kernel[];
  readonly #numbers = new Map<KernelName, number>(KERNEL_NAMES.map((name, number) => [name, number]));
  readonly #workers: Worker[] = [];
  readonly #starting: Promise<void>[] = [];
  readonly #options: ThreadPoolOptions;
  readonly #args: number;
  /** Views of the same block of the heap, for arguments of either kind. The heap may grow; it never moves. */
  readonly #argWords: Int32Array;
  readonly #argFloats: Float32Array;
  #generation = 0;
  #scratchBytes = 0;
  #broken: KernelPoolError | null = null;

  constructor(options: ThreadPoolOptions) {
    this.#options = options;
    this.threads = options.threads;
    this.#kernels = instantiateKernels(options.module, options.memory);
    this.#args = options.malloc(4 * MAX_ARGUMENTS) >>> 0;
    this.#argWords = new Int32Array(options.memory.buffer, this.#args, MAX_ARGUMENTS);
    this.#argFloats = new Float32Array(options.memory.buffer, this.#args, MAX_ARGUMENTS);
    this.#control[WORD.ticket] = CLOSED;
    this.#control[WORD.args] = this.#args;
    for (let thread = 1; thread < options.threads; thread++) this.#workers.push(this.#startWorker(thread));
  }

  /**
   * Resolves when every worker has loaded the kernels.
   * @throws {KernelPoolError} when one cannot be started.
   */
  async ready(): Promise<void> {
    await Promise.all(this.#starting);
    // From now on, the pool alone must not keep the process alive.
    for (const worker of this.#workers) (worker as Worker & { unref(): void }).unref();
  }

  /**
   * Computes all chunks of a kernel and returns when they are finished.
   *
   * @throws {RangeError} when there are too many chunks, or the heap has no room for the scratch.
   * @throws {KernelPoolError} when a kernel traps or a thread does not finish in time; the pool stays broken.
   */
  run<Name extends KernelName>(name: Name, { chunks, args, scratchBytes = 0 }: Job<Name>): void {
    if (this.#broken) throw this.#broken;
    if (chunks >= CLOSED)
      throw new RangeError(
        `Kernel "${name}" cannot run ${chunks} chunks: expected at most ${CLOSED - 1}. Use smaller batches`,
      );
    const control = this.#control;
    if (scratchBytes > this.#scratchBytes) this.#growScratch(scratchBytes);
    writeArguments(name, args, this.#argWords, this.#argFloats);
    control[WORD.kernel] = this.#numbers.get(name)!;
    Atomics.store(control, WORD.chunks, chunks);
    Atomics.store(control, WORD.done, 0);
    this.#generation = (this.#generation + 1) & CLOSED;
    Atomics.store(control, WORD.ticket, this.#generation << CHUNK_BITS);
    if (chunks > 1 && this.#workers.length > 0) Atomics.notify(control, WORD.ticket);
    try {
      takeChunks(control, this.#kernels, 0);
    } catch (error) {
      throw this.#break(`kernel "${name}" trapped`, error);
    }
    this.#awaitOthers(name, chunks);
    Atomics.store(control, WORD.ticket, (this.#generation << CHUNK_BITS) | CLOSED);
  }

  /** Ends the workers and frees the pool's part of the heap. */
  dispose(): void {
    this.#broken = new KernelPoolError(
      "The kernels' thread pool has been disposed of; call initBackend again",
    );
    Atomics.store(this.#control, WORD.stop, 1);
    Atomics.store(this.#control, WORD.ticket, -1);
    Atomics.notify(this.#control, WORD.ticket);
    for (const worker of this.#workers) worker.terminate();
    this.#options.free(this.#args);
    if (this.#scratchBytes > 0) this.#options.free(this.#control[WORD.scratch]! >>> 0);
  }

  #startWorker(thread: number): Worker {
    const worker = new Worker(this.#options.workerUrl);
    this.#starting.push(
      new Promise((resolve, reject) => {
        worker.addEventListener("message", () => resolve());
        worker.addEventListener("error", (event) =>
          reject(this.#break(`worker ${thread} failed: ${event.message}`)),
        );
        worker.addEventListener("close", () => reject(this.#break(`worker ${thread} ended`)));
      }),
    );
    const { module, memory } = this.#options;
    const start: WorkerStart = { control: this.#control.buffer as SharedArrayBuffer, memory, module, thread };
    worker.postMessage(start);
    return worker;
  }

  #awaitOthers(name: KernelName, chunks: number): void {
    const limit = this.#options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    const deadline = performance.now() + limit;
    for (;;) {
      const done = Atomics.load(this.#control, WORD.done);
      if (Atomics.load(this.#control, WORD.failed)) throw this.#break(`kernel "${name}" trapped in a worker`);
      if (done >= chunks) return;
      const left = deadline - performance.now();
      if (left <= 0)
        throw this.#break(
          `a worker did not finish kernel "${name}" within ${limit} ms: ${done} of ${chunks} chunks are finished`,
        );
      Atomics.wait(this.#control, WORD.done, done, left);
    }
  }

  #growScratch(bytes: number): void {
    const rounded = (bytes + 4095) & ~4095;
    if (this.#scratchBytes > 0) this.#options.free(this.#control[WORD.scratch]! >>> 0);
    const pointer = this.#options.malloc(rounded * this.threads);
    if (pointer === 0)
      throw new RangeError(
        `Cannot allocate ${rounded * this.threads} bytes of scratch: the WASM heap is full`,
      );
    this.#control[WORD.scratch] = pointer;
    this.#control[WORD.scratchBytes] = rounded;
    this.#scratchBytes = rounded;
  }

  #break(reason: string, cause?: unknown): KernelPoolError {
    this.#broken ??= new KernelPoolError(
      `The kernels' thread pool (${this.threads} threads) is broken: ${reason}. Restart the process, or use 1 thread`,
      { cause },
    );
    return this.#broken;
  }
}
