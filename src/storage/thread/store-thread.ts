import type { StoredPrediction } from "../../domain/prediction.ts";
import type { PredictionStore, SampleStore, Store } from "../../domain/store.ts";
import type { Clock } from "../../lib/clock.ts";
import { UnavailableError } from "../../lib/errors.ts";
import { requireConfidence } from "../tables/predictions.ts";
import { iterateSamples } from "../tables/sample-pages.ts";
import { fromWire, type StoreAnswer, type StoreQuestion, type ThreadStoreOptions } from "./wire.ts";

/** How to open a store on a separate thread. */
export interface StoreThreadOptions extends ThreadStoreOptions {
  clock: Clock;
  /** The URL of `src/store-worker.ts`, resolved by the entry file. */
  workerUrl: string | URL;
}

/** Number of calls without a result that may wait for another call. The server makes one several times a second. */
const MAX_TOLD = 100;

/** The parts of a store. */
type Part = Exclude<keyof Store, "checkWritable" | "close">;

/**
 * Opens the SQLite store on a thread that nothing else runs on: this thread then never waits for the disk, for another
 * process's write or for a long query.
 *
 * @throws as `openStore`.
 */
export async function openStoreThread(options: StoreThreadOptions): Promise<Store> {
  const thread = new StoreThread(options);
  try {
    // Its result does not matter: any call waits until the store is open.
    await thread.call("runs", "latestEventSeq", []);
  } catch (error) {
    thread.end();
    throw error;
  }
  return {
    samples: samplesOf(thread),
    sheet: thread.part("sheet"),
    grid: thread.part("grid"),
    queue: thread.part("queue"),
    queueGrid: thread.part("queueGrid"),
    opinions: thread.part("opinions"),
    predictions: predictionsOf(thread),
    runs: thread.part("runs"),
    nodeCache: thread.part("nodeCache"),
    models: thread.part("models"),
    lineage: thread.part("lineage"),
    forgetting: thread.part("forgetting"),
    scheduler: thread.part("scheduler"),
    webhooks: thread.part("webhooks"),
    trials: thread.part("trials"),
    notices: thread.part("notices"),
    personal: thread.part("personal"),
    monitoring: thread.part("monitoring"),
    learning: thread.part("learning"),
    access: thread.part("access"),
    async checkWritable() {
      await thread.call("", "checkWritable", []);
    },
    async close() {
      if (thread.isEnded) return;
      try {
        await thread.call("", "close", []);
      } finally {
        thread.end();
      }
    },
  };
}

function samplesOf(thread: StoreThread): SampleStore {
  const samples = thread.part("samples");
  // An iterator cannot be sent, its pages can.
  const iterate = () => iterateSamples(samples);
  return new Proxy(samples, {
    get: (target, name) => (name === "iterate" ? iterate : Reflect.get(target, name)),
  });
}

function predictionsOf(thread: StoreThread): PredictionStore {
  const { get, flush } = thread.part("predictions");
  return {
    add(prediction: StoredPrediction) {
      requireConfidence(prediction);
      thread.tell("predictions", "add", [prediction]);
    },
    get,
    flush,
  };
}

/** Calls methods of a store on its thread, and starts the thread again when it has died. */
class StoreThread {
  readonly #options: StoreThreadOptions;
  readonly #waiting = new Map<number, PromiseWithResolvers<unknown>>();
  /** Calls without a result that are not sent yet. */
  readonly #told: StoreQuestion[] = [];
  #worker: Worker | null = null;
  #lastId = 0;
  isEnded = false;

  constructor(options: StoreThreadOptions) {
    this.#options = options;
  }

  /** Returns a part of the store, each method of which is a call. */
  part<P extends Part>(part: P): Store[P] {
    return new Proxy<Store[P]>(Object.create(null), {
      // A promise looks for `then`; no part of the store has it.
      get: (_, method) =>
        method === "then" ? undefined : (...args: unknown[]) => this.call(part, String(method), args),
    });
  }

  /** @throws the error of the method; UnavailableError when the thread dies or has ended. */
  call(part: string, method: string, args: readonly unknown[]): Promise<unknown> {
    const { path } = this.#options;
    if (this.isEnded)
      return Promise.reject(new UnavailableError(`Cannot use the store ${path}: it is closed`));
    const answer = Promise.withResolvers<unknown>();
    this.#lastId += 1;
    this.#waiting.set(this.#lastId, answer);
    this.#post([{ id: this.#lastId, part, method, args, nowMs: this.#options.clock.now().getTime() }]);
    return answer.promise;
  }

  /**
   * Calls a method whose result nobody needs; it comes before every later call. It is sent with the next call, because
   * waking the thread takes a tenth of the time of a prediction, or when many are waiting.
   */
  tell(part: string, method: string, args: readonly unknown[]): void {
    if (this.isEnded) return;
    this.#told.push({ id: null, part, method, args, nowMs: this.#options.clock.now().getTime() });
    if (this.#told.length >= MAX_TOLD) this.#post([]);
  }

  end(): void {
    this.isEnded = true;
    this.#fail("it is closed");
  }

  #post(questions: readonly StoreQuestion[]): void {
    this.#worker ??= this.#start();
    this.#worker.postMessage([...this.#told.splice(0), ...questions]);
  }

  #start(): Worker {
    const { workerUrl, clock, ...open } = this.#options;
    const worker = new Worker(workerUrl, { type: "module" });
    const isCurrent = () => this.#worker === worker;
    worker.addEventListener("message", ({ data }: MessageEvent<StoreAnswer>) => this.#answer(data));
    worker.addEventListener(
      "error",
      ({ message }) => isCurrent() && this.#fail(`its thread has failed: ${message}`),
    );
    worker.addEventListener("close", () => isCurrent() && this.#fail("its thread has ended"));
    const question: StoreQuestion = { open, nowMs: clock.now().getTime() };
    worker.postMessage([question]);
    return worker;
  }

  #answer(answer: StoreAnswer): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if ("error" in answer) waiting?.reject(fromWire(answer.error));
    else waiting?.resolve(answer.value);
  }

  #fail(reason: string): void {
    const worker = this.#worker;
    this.#worker = null;
    worker?.terminate();
    const error = new UnavailableError(`Cannot use the store ${this.#options.path}: ${reason}. Try again`);
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
