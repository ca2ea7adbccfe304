import { expect, test } from "bun:test";
import { NO_FACTS } from "../../../src/graph/facts.ts";
import { framesOf } from "../../../src/graph/frames.ts";
import { createPictures } from "../../../src/graph/pictures.ts";
import type { PipelineGraph } from "../../../src/graph/pipeline-graph.ts";
import { formatQuery, type GraphQuery } from "../../../src/graph/query.ts";
import { saying } from "../../../src/lib/saying.ts";
import { Highlighted } from "../../../views/graph/highlight.tsx";
import { GraphView } from "../../../views/graph/view.tsx";
import type { GraphViewProps } from "../../../views/graph/view-props.ts";
import { textIn } from "../../../views/i18n/text.ts";
import { graphOf, query } from "../../graph/support.ts";
import { storedEvent } from "../../support/run-events.ts";

const HOSTILE = `"><script>alert(1)</script><img src=x onerror=alert(1)>`;
const AT = "2026-01-02T03:04:05.000Z";
const GRAPH = graphOf(["a: raw params:p -> x #one", "b: x -> y", "ns.c: y -> z"], {
  raw: "raw",
  z: "models",
});

function draw(
  graph: PipelineGraph,
  change: Partial<GraphQuery> = {},
  rest: Partial<GraphViewProps> = {},
): string {
  const asked = query(change);
  const props: GraphViewProps = {
    text: textIn("en"),
    graph,
    query: asked,
    ...createPictures().of(graph, asked),
    facts: NO_FACTS,
    runs: [],
    shown: null,
    after: 7,
    preview: null,
    problem: null,
    links: {
      picture: (to) => `/pipelines?${formatQuery(to)}`,
      run: (id) => `/runs/${id}`,
      form: "/pipelines",
    },
    start: { values: {}, errors: {}, slice: "" },
    ...rest,
  };
  return String(<GraphView {...props} />);
}

const RUN = {
  id: "r1",
  status: "running" as const,
  at: AT,
  error: null,
  startMs: Date.parse(AT),
  seq: 9,
  frames: framesOf([
    storedEvent("run_started", null, { nodes: ["a", "b", "ns.c"] }),
    storedEvent("node_started", "a"),
    storedEvent("node_done", "a", { duration_ms: 1500 }),
    storedEvent("node_started", "b"),
    storedEvent("progress", "b", { progress: 0.4 }),
  ]),
};

test("GraphView() has every node as a link of the picture and as an item of the list", () => {
  const html = draw(GRAPH, { expanded: ["ns"] });
  for (const name of ["a", "b", "ns.c"]) {
    expect(html).toContain(`data-key="node:${name}"`);
    expect(html).toContain(`data-find="${name}"`);
  }
  expect(html).toContain('aria-label="Node a"');
  expect(html).toContain("3 nodes. Arrow keys follow the connections");
});

test("GraphView() names nodes by the text that is visible on them, in its order, and shows their state in words, icons, progress and time", () => {
  const html = draw(GRAPH, {}, { shown: RUN, runs: [RUN] });
  expect(html).toContain('aria-label="Node a, 1.5 s, Done"');
  expect(html).toMatch(/aria-label="Node b, 40\s?%, Running"/);
  expect(html).toContain('aria-label="Namespace ns, 1 nodes, Pending"');
  expect(html).toContain("1.5 s");
  expect(html).toMatch(/class="g-note"[^>]*>40/);
});

test("GraphView() shows an earlier moment of a run", () => {
  const html = draw(GRAPH, { run: "r1", at: 2 }, { shown: RUN, runs: [RUN] });
  expect(html).toContain('aria-label="Node a, Running"');
  expect(html).toContain('aria-valuetext="Event 2 of 5"');
});

test("GraphView() highlights the lineage of the selected element, and shows it in the panel", () => {
  const html = draw(GRAPH, { selected: "node:b" });
  expect(html).toMatch(/class="g-el g-node is-selected"[^>]*data-id="node:b"/);
  expect(html).toMatch(/class="g-el g-node is-linked"[^>]*data-id="node:a"/);
  expect(html).toContain("tegaki run --pipeline p --from-nodes b");
});

test("GraphView() shows code, parameters, last run, preview and facts of the selected element", () => {
  const node = {
    ...GRAPH.pipelines[0]!.nodes[0]!,
    source: { file: "src/n.ts", line: 7, code: "export const a = 1;" },
  };
  const graph = { ...GRAPH, pipelines: [{ name: "p", nodes: [node] }] };
  const facts = {
    nodes: { a: { runId: "r1", at: AT, durationMs: 2300 } },
    datasets: { raw: { runId: "r1", shape: [54000, 28, 28], version: null } },
  };
  const panel = draw(graph, { selected: "node:a" }, { facts });
  for (const text of [
    "src/n.ts:7",
    "2.3 s",
    'href="/runs/r1"',
    '<span class="code-word">const</span>',
    "params:p",
  ]) {
    expect(panel).toContain(text);
  }
  const preview = { kind: "table" as const, columns: ["k"], rows: [["v"]], total: 40 };
  const dataset = draw(graph, { selected: "dataset:raw" }, { facts, preview });
  for (const text of ["54,000", "× 28 × 28", "1 of 40 rows", "data/raw.json"])
    expect(dataset).toContain(text);
  expect(draw(graph, { selected: "parameter:params:p" })).toContain("--params p=…");
});

test("GraphView() shows in the panel why a node failed or was skipped", () => {
  const frames = framesOf([
    storedEvent("run_started", null, { nodes: ["a", "b"] }),
    storedEvent("node_skipped", "a", { reason: "inputs, params, catalog, code unchanged" }),
    storedEvent("node_failed", "b", { error: "There are no labelled drawings" }),
  ]);
  const shown = { ...RUN, status: "failed" as const, frames };
  expect(draw(GRAPH, { selected: "node:a" }, { shown })).toContain(
    ": inputs, params, catalog, code unchanged</p>",
  );
  expect(draw(GRAPH, { selected: "node:b" }, { shown })).toContain(": There are no labelled drawings</p>");
  expect(draw(GRAPH, { selected: "node:b", at: 1 }, { shown })).not.toContain("labelled drawings</p>");
});

test("GraphView() in Japanese words why a node was skipped by its cause, and shows the reason for an unknown cause", () => {
  const skipped = (data: Record<string, unknown>) => {
    const frames = framesOf([
      storedEvent("run_started", null, { nodes: ["a"] }),
      storedEvent("node_skipped", "a", data),
    ]);
    const shown = { ...RUN, status: "done" as const, frames };
    return draw(GRAPH, { selected: "node:a" }, { text: textIn("ja"), shown });
  };
  expect(skipped({ reason: "its outputs exist", cause: "outputs_exist" })).toContain(
    "</strong>：出力がすでに存在します</p>",
  );
  expect(skipped({ reason: "as it was", cause: "constructor" })).toContain("</strong>：as it was</p>");
  expect(skipped({ reason: "as it was" })).toContain("</strong>：as it was</p>");
});

test("GraphView() shows a message when filters leave nothing, and ignores a missing selection", () => {
  const html = draw(GRAPH, { tags: ["nope"], selected: "node:nope" });
  expect(html).toContain("The filters hide the whole pipeline.");
  expect(html).not.toContain("g-panel");
});

test("GraphView() escapes every name, and has no inline styles or scripts", () => {
  const source = { file: HOSTILE, line: 1, code: HOSTILE };
  const nodes = [
    {
      name: HOSTILE,
      namespace: null,
      inputs: [HOSTILE, `params:${HOSTILE}`],
      outputs: [`${HOSTILE}2`],
      tags: [HOSTILE],
      source,
    },
  ];
  const dataset = { type: HOSTILE, layer: HOSTILE, location: HOSTILE, isVersioned: true };
  const graph = {
    pipelines: [{ name: HOSTILE, nodes }],
    datasets: { [HOSTILE]: dataset },
    parameters: { [`params:${HOSTILE}`]: { value: HOSTILE, isSettable: true } },
  };
  const kinds = ["node", "dataset", "parameter"] as const;
  for (const selected of [`node:${HOSTILE}`, `dataset:${HOSTILE}`, `parameter:params:${HOSTILE}`]) {
    const html = draw(graph, { pipeline: HOSTILE, kinds, selected, search: HOSTILE.slice(0, 3) });
    expect(html).not.toContain("<script");
    expect(html).not.toContain("<img");
    expect(html).not.toMatch(/\s(style|on\w+)="/);
  }
});

test("Highlighted() highlights comments, strings and keywords and loses nothing", () => {
  const code = `// why "not"\nconst a = 'const'; /* if */ return \`\${a}\`;`;
  const html = String(<Highlighted code={code} />);
  expect(html.match(/code-comment/g)).toHaveLength(2);
  expect(html.match(/code-text/g)).toHaveLength(2);
  expect(html.match(/code-word/g)).toHaveLength(2);
  const plain = html
    .replaceAll(/<[^>]+>/g, "")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'");
  expect(plain).toBe(code);
});

test("GraphView() toggles layers where there are any, and offers the picture as a file of the pipeline's name", () => {
  const html = draw(GRAPH);
  expect(html).toContain('href="/pipelines?pipeline=p&amp;layers=off"');
  expect(html).toContain('class="g-band"');
  expect(draw(GRAPH, { hasLayers: false })).not.toContain('class="g-band"');
  expect(draw(graphOf(["a: raw -> x"]))).not.toContain("layers=off");
  expect(html).toContain('data-save="p.svg"');
});

const LONG = graphOf(
  Array.from(
    { length: 1_201 },
    (_, i) => `n${i}: ${i === 0 ? "raw" : `d${i - 1}`} -> d${i} #${i % 2 === 0 ? "even" : "odd"}`,
  ),
);
const found = (html: string) => [...html.matchAll(/data-find="(n\d+)"/g)].map(([, name]) => name);

test.each([
  ["en", "1,201 nodes, shown as a list", "Draw the graph", "1–200 of 1,202", "Next"],
  ["ja", "ノードが 1,201 個あるため", "グラフの描画", "1,202 件中 1～200 件", "次へ"],
] as const)(
  "GraphView() shows more than 1,000 nodes as a list with pages, and a link that draws them, in %s",
  (language, ...words) => {
    const html = draw(LONG, {}, { text: textIn(language) });
    for (const word of words) expect(html).toContain(String(word));
    expect(found(html)).toEqual(Array.from({ length: 200 }, (_, i) => `n${i}`));
    expect(html).toContain('href="/pipelines?pipeline=p&amp;draw=on"');
    expect(html).toContain('href="/pipelines?pipeline=p&amp;from=200"');
    expect(html).toContain('href="/pipelines?pipeline=p&amp;select=node%3An7"');
    expect(html).not.toContain("graph-svg");
  },
);

test("GraphView() searches and filters the whole of a long list, and shows any page of it", () => {
  expect(found(draw(LONG, { search: "N11" }))).toEqual([
    "n11",
    ...Array.from({ length: 10 }, (_, i) => `n11${i}`),
    ...Array.from({ length: 100 }, (_, i) => `n${1_100 + i}`),
  ]);
  expect(found(draw(LONG, { listedFrom: 1_200 }))).toEqual(["n1200"]);
  expect(found(draw(LONG, { listedFrom: 9_999 }))[0]).toBe("n0");
  // 601 nodes are few enough to be drawn.
  const even = draw(LONG, { tags: ["even"], kinds: ["node"] });
  expect(found(even)).toEqual(Array.from({ length: 200 }, (_, i) => `n${2 * i}`));
  expect(even).toContain("graph-svg");
});

test("GraphView() draws a long pipeline on request, unless it is too large or was too slow", () => {
  const nodes = draw(LONG, { isDrawn: true, kinds: ["node"] });
  expect(nodes).toContain('data-key="node:n1200"');
  const problem = saying("graphTooSlow", { pipeline: "p", seconds: 8 });
  const slow = draw(LONG, { isDrawn: true }, { ...createPictures().of(LONG, query(), false), problem });
  expect(slow).toContain("took more than 8 s. Show less of it");
  expect(slow).not.toContain("Draw the graph");
}, 20_000);

test("Undrawn() says that a picture is too large to be drawn, and offers nothing", () => {
  const asked = query();
  const { picture } = createPictures().of(GRAPH, asked, false);
  const huge = { ...picture, elements: Array.from({ length: 60_000 }, () => picture.elements[0]!) };
  const html = draw(GRAPH, {}, { picture: huge, layout: null });
  expect(html).toContain("Too large to draw: 60,006 elements and connections, at most 60,000");
  expect(html).not.toContain("draw=on");
});

test("GraphView() offers the orientation, and keeps it from one pipeline to the next", () => {
  expect(draw(GRAPH)).toContain(
    'href="/pipelines?pipeline=p&amp;orientation=right" data-go="">Left to right',
  );
  const html = draw(GRAPH, { orientation: "right" });
  expect(html).toContain('data-orientation="right"');
  expect(html).toContain(
    '<a href="/pipelines?pipeline=p&amp;orientation=right" data-go="" aria-current="true"><code>p',
  );
});

test("GraphView() says that an element is repeated, and connects its repetition with it", () => {
  const lines = Array.from({ length: 80 }, (_, i) => `n${i}: ${i === 0 ? "raw" : `raw d${i - 1}`} -> d${i}`);
  const html = draw(graphOf(lines));
  expect(html).toContain('aria-label="Dataset raw, repeated next to its reader"');
  expect(html).toContain('data-from="dataset:raw" data-to="dataset:raw@node:n79"></g>');
});
