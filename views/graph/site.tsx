import type { Language } from "../i18n/text.ts";
import { textIn } from "../i18n/text.ts";
import type { GraphFacts, RunChoice, ShownRun } from "./facts.ts";
import { GraphPanel } from "./panel.tsx";
import type { createPictures } from "./pictures.ts";
import { formatQuery, NO_RUN, parseQuery } from "./query.ts";
import { RunBar } from "./run-bar.tsx";
import type { DatasetPreview, PipelineGraph } from "./types.ts";
import { GraphView } from "./view.tsx";
import type { GraphLinks, GraphViewProps } from "./view-props.ts";

/** Everything that a static site shows, as data. */
export interface SiteData {
  graph: PipelineGraph;
  facts: GraphFacts;
  /** By pipeline, newest first. */
  runs: Readonly<Record<string, readonly RunChoice[]>>;
  /** By id. */
  shown: Readonly<Record<string, ShownRun>>;
  /** By dataset. */
  previews: Readonly<Record<string, DatasetPreview>>;
}

/** What comes after `#` says what is shown: it needs no server, and the file opens from disk. */
const LINKS: GraphLinks = { picture: (query) => `#${formatQuery(query)}`, run: () => null, form: "#" };

/** The same views as a server's, drawn from data that is all there. */
export function drawSite(
  part: "view" | "panel" | "run",
  params: URLSearchParams,
  data: SiteData,
  language: Language,
  pictures: ReturnType<typeof createPictures>,
): string {
  const props = siteProps(params, data, language, pictures);
  if (part === "panel") return String(<GraphPanel {...props} />);
  return String(part === "run" ? <RunBar {...props} /> : <GraphView {...props} />);
}

function siteProps(
  params: URLSearchParams,
  data: SiteData,
  language: Language,
  pictures: ReturnType<typeof createPictures>,
): GraphViewProps {
  const { graph, facts } = data;
  const query = parseQuery(
    params,
    graph.pipelines.map(({ name }) => name),
  );
  const runs = of(data.runs, query.pipeline) ?? [];
  const run = query.run === NO_RUN ? null : (query.run ?? runs[0]?.id ?? null);
  return {
    text: textIn(language, Intl.DateTimeFormat().resolvedOptions().timeZone),
    graph,
    query,
    ...pictures.of(graph, query),
    facts,
    runs,
    shown: run === null ? null : of(data.shown, run),
    after: 0,
    preview: of(data.previews, query.selected?.replace(/^dataset:/, "") ?? ""),
    links: LINKS,
    start: null,
  };
}

function of<T>(record: Readonly<Record<string, T>>, name: string): T | null {
  return Object.hasOwn(record, name) ? record[name]! : null;
}
