import { join } from "node:path";
import { node } from "../../src/engine/pipeline/node.ts";
import { type Pipeline, pipeline } from "../../src/engine/pipeline/pipeline.ts";
import { NO_FACTS } from "../../src/graph/facts.ts";
import { layOut } from "../../src/graph/layout/layout.ts";
import { pictureOf } from "../../src/graph/picture.ts";
import { createPictures } from "../../src/graph/pictures.ts";
import type { PipelineGraph } from "../../src/graph/pipeline-graph.ts";
import { emptyQuery, FILTER_KINDS, type GraphQuery } from "../../src/graph/query.ts";
import { systemTimers } from "../../src/scheduler/timers.ts";
import { GraphThread } from "../../src/server/graph-thread.ts";
import { drawGraph, type GraphDrawing, SERVER_LINKS } from "../../views/graph/drawing.tsx";
import { benchGraphPages, benchGraphScaling } from "./graph-scaling.ts";

const LANES = 20;
const STAGES = 15;
const REPEATS = 5;
/** Limit for 300 nodes with their datasets. */
const LIMIT_MS = 500;

/** 300 nodes: twenty lanes of fifteen stages, every fourth lane reading its neighbour's data as well. */
function readPipeline(): Pipeline {
  const data = (stage: number, lane: number) => `data_${stage}_${lane % LANES}`;
  return pipeline(
    Array.from({ length: STAGES * LANES }, (_, i) => {
      const [stage, lane] = [Math.floor(i / LANES), i % LANES];
      const joined = lane % 4 === 0 ? [data(stage, lane + 1)] : [];
      return node({
        func: (...values: unknown[]) => values,
        name: `node_${i}`,
        inputs: [data(stage, lane), ...joined, `params:p${lane}`],
        outputs: data(stage + 1, lane),
      });
    }),
  );
}

/** Limit of the time for which the event loop may block while a picture is rendered. */
const STALL_LIMIT_MS = 50;

/** Measures the layout of a graph of 300 nodes, compared with the time to load the pipeline itself. */
export async function benchGraph(): Promise<void> {
  const read = fastest(readPipeline);
  const nodes = read.value.nodes.map(({ name, namespace, inputs, outputs, tags }) => ({
    name,
    namespace,
    inputs,
    outputs,
    tags: [...tags],
    source: null,
  }));
  const graph: PipelineGraph = { pipelines: [{ name: "bench", nodes }], datasets: {}, parameters: {} };
  console.log(`graph: ${nodes.length} nodes, the pipeline is loaded in ${read.ms.toFixed(1)} ms`);
  const pictures: [string, Partial<GraphQuery>][] = [
    ["nodes", { kinds: ["node"] }],
    ["nodes and datasets", {}],
    ["nodes, datasets and parameters", { kinds: FILTER_KINDS }],
  ];
  for (const [what, change] of pictures) {
    const picture = pictureOf(graph, { ...emptyQuery("bench"), ...change });
    const { ms } = fastest(() => layOut(picture));
    const ratio = (ms / read.ms).toFixed(1);
    const verdict = ms < LIMIT_MS ? `under ${LIMIT_MS} ms` : `OVER ${LIMIT_MS} ms`;
    console.log(
      `  ${what}: ${picture.elements.length} elements, ${picture.edges.length} edges laid out in ${ms.toFixed(0)} ms, ${ratio} times the loading; ${verdict}`,
    );
  }
  await benchStalls(graph);
  benchGraphScaling();
  await benchGraphPages([join(import.meta.dir, "../../dist/tegaki")]);
}

/** Measures how long the event loop is blocked by the first picture: on this thread, and on a separate one. */
async function benchStalls(graph: PipelineGraph): Promise<void> {
  const drawing: GraphDrawing = {
    part: "view",
    language: "en",
    query: { ...emptyQuery("bench"), kinds: FILTER_KINDS },
    facts: NO_FACTS,
    runs: [],
    shown: null,
    after: 0,
    preview: null,
    start: null,
    problem: null,
  };
  const here = await longestStall(async () => drawGraph(drawing, graph, createPictures(), SERVER_LINKS));
  const thread = new GraphThread({
    workerUrl: new URL("../../src/graph-worker.ts", import.meta.url),
    graph: () => graph,
    timers: systemTimers,
  });
  const away = await longestStall(() => thread.draw(drawing));
  thread.close();
  const verdict = away.stallMs < STALL_LIMIT_MS ? `under ${STALL_LIMIT_MS} ms` : `OVER ${STALL_LIMIT_MS} ms`;
  console.log(
    `  the first page of them (${(away.value.length / 1e6).toFixed(1)} MB): drawn in ${here.ms.toFixed(0)} ms on the thread that answers, which stands still for ${here.stallMs.toFixed(0)} ms; in ${away.ms.toFixed(0)} ms on its own with its start, ${away.stallMs.toFixed(0)} ms, ${(here.stallMs / away.stallMs).toFixed(1)} times less; ${verdict}`,
  );
}

/** The longest time between two turns of the event loop during the work. */
async function longestStall<T>(work: () => Promise<T>): Promise<{ ms: number; stallMs: number; value: T }> {
  const start = performance.now();
  let last = start;
  let stallMs = 0;
  const tick = () => {
    const now = performance.now();
    stallMs = Math.max(stallMs, now - last);
    last = now;
  };
  const ticks = setInterval(tick, 1);
  await Bun.sleep(20);
  const began = performance.now();
  const value = await work();
  const ms = performance.now() - began;
  await Bun.sleep(5);
  clearInterval(ticks);
  return { ms, stallMs, value };
}

function fastest<T>(work: () => T): { ms: number; value: T } {
  let best = { ms: Number.POSITIVE_INFINITY, value: work() };
  for (let i = 0; i < REPEATS; i++) {
    const start = performance.now();
    const value = work();
    const ms = performance.now() - start;
    if (ms < best.ms) best = { ms, value };
  }
  return best;
}
