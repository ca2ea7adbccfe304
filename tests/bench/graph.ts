import { node } from "../../src/engine/node.ts";
import { type Pipeline, pipeline } from "../../src/engine/pipeline.ts";
import { layOut } from "../../views/graph/layout.ts";
import { pictureOf } from "../../views/graph/picture.ts";
import { emptyQuery, FILTER_KINDS, type GraphQuery } from "../../views/graph/query.ts";
import type { PipelineGraph } from "../../views/graph/types.ts";

const LANES = 20;
const STAGES = 15;
const REPEATS = 5;
/** What 300 nodes with their datasets may take. */
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

/** How long the graph of 300 nodes takes to lay out, beside the time in which the pipeline itself is read. */
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
  console.log(`graph: ${nodes.length} nodes, the pipeline is read in ${read.ms.toFixed(1)} ms`);
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
      `  ${what}: ${picture.elements.length} elements, ${picture.edges.length} edges laid out in ${ms.toFixed(0)} ms, ${ratio} times the reading; ${verdict}`,
    );
  }
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
