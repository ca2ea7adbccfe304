import { expect, test } from "bun:test";
import { CatalogEntries } from "../../../src/engine/catalog/catalog-entries.ts";
import {
  missingDatasets,
  missingParameters,
  unreadOutputs,
} from "../../../src/engine/pipeline/loose-ends.ts";
import { node } from "../../../src/engine/pipeline/node.ts";
import { pipeline } from "../../../src/engine/pipeline/pipeline.ts";

const func = () => 1;
const count = node({ name: "count", func, inputs: ["ink", "params:a.b"], outputs: ["counts", "extra"] });
const report = node({ name: "report", func, inputs: "counts", outputs: "report" });
const catalog = new CatalogEntries({ ink: { type: "json" }, "{name}_report": { type: "json" } });
const parameters = { a: { b: 1 } };

test("unreadOutputs() reports outputs that no node reads and no entry stores, with the name that was probably meant", () => {
  const reader = node({ name: "reader", func, inputs: "extras", outputs: "ink_report" });
  const whole = pipeline([count, report, reader]);
  expect(unreadOutputs(whole.nodes, { pipelines: [whole], catalog, parameters })).toEqual([
    'Output "extra" of node "count" is not read by any node and is not in the catalog: it is lost when the run ends. Did you mean "extras"?',
    'Output "report" of node "report" is not read by any node and is not in the catalog: it is lost when the run ends',
  ]);
});

test("unreadOutputs() does not mind what a node of another pipeline reads", () => {
  const first = pipeline([count]);
  const second = pipeline([node({ name: "two", func, inputs: ["counts", "extra"], outputs: "ink_report" })]);
  expect(unreadOutputs(first.nodes, { pipelines: [first, second], catalog, parameters })).toEqual([]);
});

test("missingParameters() names node, parameter and the nearest one that is set", () => {
  expect(missingParameters([count], parameters)).toEqual([]);
  expect(missingParameters([count], { a: { bb: 1 } })).toEqual([
    'Node "count": Parameter "params:a.b" does not exist. Did you mean "params:a.bb"?',
  ]);
});

test("missingDatasets() names datasets that no node outputs and no entry declares, across all pipelines", () => {
  const reader = node({ name: "reader", func, inputs: ["count", "ink", "parameters"], outputs: "x_report" });
  const known = { pipelines: [pipeline([count]), pipeline([reader])], catalog, parameters };
  expect(missingDatasets([count, reader], known)).toEqual([
    'Node "reader": dataset "count" is not in the catalog and no node outputs it. Did you mean "counts"?',
  ]);
});

test("missingDatasets() suggests a name for the first twenty only, because each is compared with every known name", () => {
  const readers = Array.from({ length: 30 }, (_, i) =>
    node({ name: `reader_${i}`, func, inputs: "count", outputs: `r${i}` }),
  );
  const known = { pipelines: [pipeline([count])], catalog, parameters };
  const messages = missingDatasets(readers, known);
  expect(messages).toHaveLength(30);
  expect(messages.filter((message) => message.includes('Did you mean "counts"?'))).toHaveLength(20);
});
