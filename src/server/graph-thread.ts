import type { PipelineGraph } from "../graph/pipeline-graph.ts";
import type { AppDeps } from "../http/deps.ts";
import { messageOf, UnavailableError } from "../lib/errors.ts";
import { type Saying, saying } from "../lib/saying.ts";
import type { Timers } from "../scheduler/timers.ts";

/** A requested drawing, as `views` declare it. */
type GraphDrawing = Parameters<AppDeps["drawGraph"]>[0];

/** A message to the thread. */
export interface GraphQuestion {
  drawing: GraphDrawing;
  /** Only sent when the thread does not have it yet. */
  graph?: PipelineGraph;
}

/** The thread's response: the drawing, or the message of the error. */
export type GraphAnswer = { html: string } | { error: string };

/** The thread's script, data and time limits. */
export interface GraphThreadOptions {
  /** The URL of `src/graph-worker.ts`, resolved by the entry file. */
  workerUrl: string | URL;
  graph(): PipelineGraph;
  timers: Timers;
  /** Time limit of one drawing; 300 nodes take about 200 ms, 5,000 about 4 s. */
  timeoutMs?: number;
  /** Time without drawings after which the thread ends, to free its memory. */
  idleMs?: number;
}

/** Bun closes a connection on which nothing is sent for 10 s: the page must answer before that, with a list instead. */
const TIMEOUT_MS = 8_000;
const IDLE_MS = 60_000;
/** Readers have left long before more drawings than this are done. */
const MAX_WAITING = 32;

interface Job {
  drawing: GraphDrawing;
  promise: PromiseWithResolvers<string>;
}

/**
 * Draws graphs on a separate thread, one at a time. The first drawing starts it. If the thread dies or takes too long,
 * the current drawing is rejected, and the next one starts another thread.
 */
export class GraphThread {
  readonly #options: GraphThreadOptions;
  readonly #waiting: Job[] = [];
  #worker: Worker | null = null;
  #job: Job | null = null;
  /** The graph that the worker has. */
  #known: PipelineGraph | null = null;
  #callOff = () => {};

  constructor(options: GraphThreadOptions) {
    this.#options = options;
  }

  /** @returns HTML. @throws UnavailableError when it takes too long, too many drawings wait, or the thread has died. */
  draw(drawing: GraphDrawing): Promise<string> {
    if (this.#waiting.length >= MAX_WAITING) {
      return Promise.reject(
        new UnavailableError(`The server is busy: ${MAX_WAITING} graphs are waiting. Try again in a moment`, {
          says: saying("graphsWaiting", { n: MAX_WAITING }),
        }),
      );
    }
    const job = { drawing, promise: Promise.withResolvers<string>() };
    this.#waiting.push(job);
    if (this.#job === null) this.#next();
    return job.promise.promise;
  }

  /** Ends the thread; requested drawings are rejected. */
  close(): void {
    const jobs = [this.#job, ...this.#waiting.splice(0)];
    this.#job = null;
    this.#callOff();
    this.#end();
    const says = saying("stopping");
    for (const job of jobs)
      job?.promise.reject(
        new UnavailableError("The server is stopping. Try again once it is back", { says }),
      );
  }

  #next(): void {
    this.#callOff();
    const job = this.#waiting.shift() ?? null;
    this.#job = job;
    if (job === null) {
      this.#callOff = this.#options.timers.after(this.#options.idleMs ?? IDLE_MS, () => this.#end());
      return;
    }
    const timeoutMs = this.#options.timeoutMs ?? TIMEOUT_MS;
    this.#callOff = this.#options.timers.after(timeoutMs, () => {
      const { pipeline } = job.drawing.query;
      const seconds = timeoutMs / 1000;
      this.#fail(
        `Drawing pipeline "${pipeline}" took more than ${seconds} s. Show less of it: filter by tag, collapse namespaces, or focus on one node`,
        saying("graphTooSlow", { pipeline, seconds }),
      );
    });
    try {
      this.#worker ??= this.#start();
      const graph = this.#options.graph();
      const question: GraphQuestion = { drawing: job.drawing, ...(graph === this.#known ? {} : { graph }) };
      this.#known = graph;
      this.#worker.postMessage(question);
    } catch (error) {
      const reason = messageOf(error);
      const says = saying("graphThreadNotStarted", { reason });
      this.#fail(`Cannot start the thread that draws graphs: ${reason}`, says);
    }
  }

  #start(): Worker {
    const worker = new Worker(this.#options.workerUrl, { type: "module" });
    const isCurrent = () => this.#worker === worker;
    worker.addEventListener("message", ({ data }: MessageEvent<GraphAnswer>) => {
      if (isCurrent()) this.#answer(data);
    });
    worker.addEventListener("error", ({ message }) => {
      const says = saying("graphThreadFailed", { reason: message });
      if (isCurrent())
        this.#fail(`The thread that draws graphs has failed: ${message}. Reload the page`, says);
    });
    worker.addEventListener("close", () => {
      const says = saying("graphThreadEnded");
      if (isCurrent()) this.#fail("The thread that draws graphs has ended. Reload the page", says);
    });
    // The thread alone must not keep the process alive.
    (worker as Worker & { unref(): void }).unref();
    return worker;
  }

  #answer(answer: GraphAnswer): void {
    const job = this.#job;
    this.#next();
    if ("html" in answer) job?.promise.resolve(answer.html);
    else job?.promise.reject(new Error(`Cannot draw the graph: ${answer.error}`));
  }

  #fail(why: string, says: Saying): void {
    const job = this.#job;
    this.#end();
    job?.promise.reject(new UnavailableError(why, { says }));
    this.#next();
  }

  #end(): void {
    const worker = this.#worker;
    this.#worker = null;
    this.#known = null;
    worker?.terminate();
  }
}
