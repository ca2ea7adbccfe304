import { afterEach, expect, test } from "bun:test";
import { NO_FACTS } from "../../src/graph/facts.ts";
import { createPictures } from "../../src/graph/pictures.ts";
import { systemTimers, type Timers } from "../../src/scheduler/timers.ts";
import { GraphThread, type GraphThreadOptions } from "../../src/server/graph-thread.ts";
import { drawGraph, type GraphDrawing, SERVER_LINKS } from "../../views/graph/drawing.tsx";
import { graphOf, query } from "../graph/support.ts";

const GRAPH = graphOf(["load: raw -> x", "train: x params:p -> model"], { raw: "raw" });
const WORKER = new URL("../../src/graph-worker.ts", import.meta.url);
const DRAWING: GraphDrawing = {
  part: "view",
  language: "en",
  query: query(),
  facts: NO_FACTS,
  runs: [],
  shown: null,
  after: 0,
  preview: null,
  start: null,
  problem: null,
};

let thread: GraphThread | null = null;
let started = 0;
afterEach(() => thread?.close());

/** @param workers one for each time that a thread is started; the last for all after it. */
function threadOf(
  options: Partial<GraphThreadOptions> = {},
  workers: readonly (string | URL)[] = [WORKER],
): GraphThread {
  started = 0;
  thread = new GraphThread({
    graph: () => GRAPH,
    timers: systemTimers,
    ...options,
    get workerUrl() {
      started += 1;
      return workers[started - 1] ?? workers.at(-1)!;
    },
  });
  return thread;
}

/** A worker of these lines. */
function workerOf(code: string): string {
  return URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
}

/** Timers that only run when they are told to. */
function manualTimers() {
  const due: { delayMs: number; work: () => void }[] = [];
  const timers: Timers = {
    monotonicMs: () => 0,
    after(delayMs, work) {
      const timer = { delayMs, work };
      due.push(timer);
      return () => void due.splice(due.indexOf(timer), due.includes(timer) ? 1 : 0);
    },
  };
  return { timers, due };
}

test("draw() gives what the same drawing gives on this thread, in the requested order", async () => {
  const drawing = threadOf();
  const panel: GraphDrawing = { ...DRAWING, part: "panel", query: query({ selected: "node:train" }) };
  const asked: GraphDrawing[] = [DRAWING, panel, { ...DRAWING, language: "ja" }];
  const here = asked.map((one) => drawGraph(one, GRAPH, createPictures(), SERVER_LINKS));
  expect(await Promise.all(asked.map((one) => drawing.draw(one)))).toEqual(here);
});

test("draw() draws another graph as soon as there is one", async () => {
  let graph = GRAPH;
  const drawing = threadOf({ graph: () => graph });
  expect(await drawing.draw(DRAWING)).toContain('data-key="node:train"');
  graph = graphOf(["other: raw -> y"]);
  const html = await drawing.draw(DRAWING);
  expect(html).toContain('data-key="node:other"');
  expect(html).not.toContain('data-key="node:train"');
});

test("draw() is rejected with the reason when the thread dies, and the next drawing starts another", async () => {
  const drawing = threadOf({}, [
    workerOf("self.onmessage = () => { throw new Error('out of luck'); }"),
    workerOf("self.onmessage = () => process.exit(3)"),
    workerOf("import 'nowhere/at/all'"),
    WORKER,
  ]);
  await expect(drawing.draw(DRAWING)).rejects.toThrow(/thread that draws graphs has failed: .*out of luck/);
  await expect(drawing.draw(DRAWING)).rejects.toThrow("The thread that draws graphs has ended");
  await expect(drawing.draw(DRAWING)).rejects.toThrow(/thread that draws graphs has failed/);
  expect(await drawing.draw(DRAWING)).toContain('data-key="node:train"');
  expect(started).toBe(4);
});

test("draw() is rejected after its time limit with advice, and the next drawing is drawn", async () => {
  const { timers, due } = manualTimers();
  const drawing = threadOf({ timers }, [workerOf("self.onmessage = () => {}"), WORKER]);
  const stuck = drawing.draw(DRAWING);
  const next = drawing.draw(DRAWING);
  expect(due.map(({ delayMs }) => delayMs)).toEqual([8_000]);
  due[0]!.work();
  await expect(stuck).rejects.toThrow(
    'Drawing pipeline "p" took more than 8 s. Show less of it: filter by tag',
  );
  expect(await next).toContain('data-key="node:train"');
});

test("draw() is rejected while too many wait, and close() rejects those that do", async () => {
  const drawing = threadOf({}, [workerOf("self.onmessage = () => {}")]);
  const asked = Array.from({ length: 33 }, () => drawing.draw(DRAWING));
  await expect(drawing.draw(DRAWING)).rejects.toThrow("32 graphs are waiting");
  drawing.close();
  const ends = await Promise.allSettled(asked);
  expect(ends.map(({ status }) => status)).toEqual(ends.map(() => "rejected"));
});

test("the thread ends when nothing is drawn for a minute, and starts again", async () => {
  const { timers, due } = manualTimers();
  const drawing = threadOf({ timers });
  await drawing.draw(DRAWING);
  await drawing.draw(DRAWING);
  expect([started, due.map(({ delayMs }) => delayMs)]).toEqual([1, [60_000]]);
  due[0]!.work();
  expect(await drawing.draw(DRAWING)).toContain('data-key="node:train"');
  expect(started).toBe(2);
});
