import type { PipelineGraph } from "../graph/pipeline-graph.ts";
import type { AppDeps } from "../http/deps.ts";
import { messageOf, UnavailableError } from "../lib/errors.ts";
import type { Timers } from "../scheduler/timers.ts";

/** What is to be drawn, as `views` declare it. */
type GraphDrawing = Parameters<AppDeps["drawGraph"]>[0];

export interface GraphQuestion {
  drawing: GraphDrawing;
  /** Sent when the thread does not know it yet. */
  graph?: PipelineGraph;
}

export type GraphAnswer = { html: string } | { error: string };

export interface GraphThreadOptions {
  /** Where `src/graph-worker.ts` is: resolved by the entry file. */
  workerUrl: string | URL;
  graph(): PipelineGraph;
  timers: Timers;
  /** One drawing may take this long; 300 nodes take about 200 ms. */
  timeoutMs?: number;
  /** Unused for so long the thread ends, and its memory goes back. */
  idleMs?: number;
}

const TIMEOUT_MS = 10_000;
const IDLE_MS = 60_000;
/** More can wait for nobody who still looks. */
const MAX_WAITING = 32;

interface Job {
  drawing: GraphDrawing;
  promise: PromiseWithResolvers<string>;
}

/**
 * Draws graphs on a thread of their own, one at a time, started by the first drawing. A thread that dies or takes too
 * long is told of in the drawing that it was at; the next one starts another.
 */
export class GraphThread {
  readonly #options: GraphThreadOptions;
  readonly #waiting: Job[] = [];
  #worker: Worker | null = null;
  #job: Job | null = null;
  /** What the worker was sent last. */
  #known: PipelineGraph | null = null;
  #callOff = () => {};

  constructor(options: GraphThreadOptions) {
    this.#options = options;
  }

  /** @returns HTML. @throws UnavailableError when it takes too long, too many wait, or the thread has died. */
  draw(drawing: GraphDrawing): Promise<string> {
    if (this.#waiting.length >= MAX_WAITING) {
      return Promise.reject(
        new UnavailableError(`${MAX_WAITING} drawings of graphs wait already. Try again in a moment`),
      );
    }
    const job = { drawing, promise: Promise.withResolvers<string>() };
    this.#waiting.push(job);
    if (this.#job === null) this.#next();
    return job.promise.promise;
  }

  /** Ends the thread; drawings that are asked for are refused. */
  close(): void {
    const jobs = [this.#job, ...this.#waiting.splice(0)];
    this.#job = null;
    this.#callOff();
    this.#end();
    for (const job of jobs)
      job?.promise.reject(new UnavailableError("The server stops: nothing is drawn any more"));
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
      this.#fail(
        `The picture of pipeline "${pipeline}" was not drawn within ${timeoutMs / 1000} s. Show less of it: filter by tag, collapse namespaces, or focus on one node`,
      );
    });
    try {
      this.#worker ??= this.#start();
      const graph = this.#options.graph();
      const question: GraphQuestion = { drawing: job.drawing, ...(graph === this.#known ? {} : { graph }) };
      this.#known = graph;
      this.#worker.postMessage(question);
    } catch (error) {
      this.#fail(`The thread that draws graphs cannot be started: ${messageOf(error)}`);
    }
  }

  #start(): Worker {
    const worker = new Worker(this.#options.workerUrl, { type: "module" });
    const isCurrent = () => this.#worker === worker;
    worker.addEventListener("message", ({ data }: MessageEvent<GraphAnswer>) => {
      if (isCurrent()) this.#answer(data);
    });
    worker.addEventListener("error", ({ message }) => {
      if (isCurrent()) this.#fail(`The thread that draws graphs has died: ${message}. Load the page again`);
    });
    worker.addEventListener("close", () => {
      if (isCurrent()) this.#fail("The thread that draws graphs has ended. Load the page again");
    });
    // It alone must not keep the process alive.
    (worker as Worker & { unref(): void }).unref();
    return worker;
  }

  #answer(answer: GraphAnswer): void {
    const job = this.#job;
    this.#next();
    if ("html" in answer) job?.promise.resolve(answer.html);
    else job?.promise.reject(new Error(`The graph cannot be drawn: ${answer.error}`));
  }

  #fail(why: string): void {
    const job = this.#job;
    this.#end();
    job?.promise.reject(new UnavailableError(why));
    this.#next();
  }

  #end(): void {
    const worker = this.#worker;
    this.#worker = null;
    this.#known = null;
    worker?.terminate();
  }
}
