/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { DatasetPreview } from "../../../src/engine/catalog/dataset-preview.ts";
import type { GraphFacts, RunChoice, ShownRun } from "../../../src/graph/facts.ts";
import type { Pictures } from "../../../src/graph/pictures.ts";
import type { PipelineGraph } from "../../../src/graph/pipeline-graph.ts";
import { formatQuery, NO_RUN, parseQuery } from "../../../src/graph/query.ts";
import type { Language } from "../../../src/lib/languages.ts";
import { drawGraph, type GraphPart } from "../drawing.tsx";
import type { GraphLinks } from "../view-props.ts";

/** Everything that a static site shows, as data. */
export interface SiteData {
  graph: PipelineGraph;
  facts: GraphFacts;
  /** Runs by pipeline, newest first. */
  runs: Readonly<Record<string, readonly RunChoice[]>>;
  /** Details of runs, by id. */
  shown: Readonly<Record<string, ShownRun>>;
  /** Previews by dataset. */
  previews: Readonly<Record<string, DatasetPreview>>;
}

/** Links of the site: the picture's query is after `#`, so no server is needed and the file opens from disk. */
const LINKS: GraphLinks = { picture: (query) => `#${formatQuery(query)}`, run: () => null, form: "#" };

/** Renders the same views as a server, from the site's data. */
export function drawSite(
  part: GraphPart,
  params: URLSearchParams,
  data: SiteData,
  language: Language,
  pictures: Pictures,
): string {
  const { graph, facts } = data;
  const query = parseQuery(
    params,
    graph.pipelines.map(({ name }) => name),
  );
  const runs = of(data.runs, query.pipeline) ?? [];
  const run = query.run === NO_RUN ? null : (query.run ?? runs[0]?.id ?? null);
  const drawing = {
    part,
    language,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    query,
    facts,
    runs,
    shown: run === null ? null : of(data.shown, run),
    after: 0,
    preview: of(data.previews, query.selected?.replace(/^dataset:/, "") ?? ""),
    start: null,
    problem: null,
  };
  return drawGraph(drawing, graph, pictures, LINKS);
}

function of<T>(record: Readonly<Record<string, T>>, name: string): T | null {
  return Object.hasOwn(record, name) ? record[name]! : null;
}
