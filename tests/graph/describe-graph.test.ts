import { expect, test } from "bun:test";
import { node } from "../../src/engine/pipeline/node.ts";
import { pipeline } from "../../src/engine/pipeline/pipeline.ts";
import { describeGraph } from "../../src/graph/describe-graph.ts";

const func = (value: unknown) => value;
const made = pipeline([
  node({ name: "save", func, inputs: ["params:ink.width", "params:epochs"], outputs: "ink@csv" }),
  node({ name: "read", func, inputs: ["ink@text", "ink@csv", "params:gate"], outputs: "out" }),
]);
const graph = describeGraph({
  pipelines: { ink: made },
  files: {},
  catalog: {
    "ink@csv": { type: "csv", filepath: "ink.csv", metadata: { "kedro-viz": { layer: "raw" } } },
    "ink@text": { type: "text", filepath: "ink.csv" },
  },
  parameters: { epochs: 3, ink: { width: 2 }, gate: { threshold: 0.9 } },
  settable: { epochs: 3, ink: { width: 2 } },
  builtInSources: {},
});

test("describeGraph() has one dataset for all of its forms, which connects the reader with the writer", () => {
  const [save, read] = graph.pipelines[0]!.nodes;
  expect([save!.outputs, read!.inputs]).toEqual([["ink"], ["ink", "params:gate"]]);
  expect(graph.datasets).toEqual({
    ink: { type: "csv", layer: "raw", location: "ink.csv", isVersioned: false },
  });
});

test("describeGraph() tells which parameters --params may change: also the project's own, not those of server.yml", () => {
  expect(graph.parameters).toEqual({
    "params:ink.width": { value: 2, isSettable: true },
    "params:epochs": { value: 3, isSettable: true },
    "params:gate": { value: { threshold: 0.9 }, isSettable: false },
  });
});
