/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Pictures } from "../../src/graph/pictures.ts";
import type { PipelineGraph } from "../../src/graph/pipeline-graph.ts";
import { formatQuery } from "../../src/graph/query.ts";
import type { Language } from "../../src/lib/languages.ts";
import { textIn } from "../i18n/text.ts";
import { GraphList } from "./list.tsx";
import { GraphPanel } from "./panel.tsx";
import { RunBar } from "./run-bar.tsx";
import { standingOfRun } from "./run-standing.ts";
import { RunStartForm } from "./run-start.tsx";
import { SliceChoice } from "./slice-choice.tsx";
import { GraphView } from "./view.tsx";
import type { GraphLinks, GraphViewProps } from "./view-props.ts";

/** Parts of the graph's page that can be rendered separately. */
const GRAPH_PARTS = ["view", "list", "panel", "run", "start", "slices"] as const;
/** One of `GRAPH_PARTS`. */
export type GraphPart = (typeof GRAPH_PARTS)[number];

/** A drawing to be rendered, as plain data that can be sent to another thread. */
export interface GraphDrawing
  extends Pick<
    GraphViewProps,
    "query" | "facts" | "runs" | "shown" | "after" | "preview" | "start" | "problem"
  > {
  part: GraphPart;
  language: Language;
  /** An IANA name; UTC by default. */
  timeZone?: string | undefined;
}

/** Links of a server's pages. */
export const SERVER_LINKS: GraphLinks = {
  picture: (query) => `/pipelines?${formatQuery(query)}`,
  run: (id) => `/runs/${encodeURIComponent(id)}`,
  form: "/pipelines",
};

/**
 * Renders one part of the graph's page.
 *
 * @returns HTML: the whole view, its list, the panel of the selected element (empty when there is none), the run's bar,
 *   the form that starts a run, or its choice of parts (empty where none can be started).
 */
export function drawGraph(
  { part, language, timeZone, ...drawing }: GraphDrawing,
  graph: PipelineGraph,
  pictures: Pictures,
  links: GraphLinks,
): string {
  const props = { ...drawing, text: textIn(language, timeZone), graph, links };
  if (part === "run") return String(<RunBar {...props} />);
  if (part === "panel") return String(<GraphPanel {...props} />);
  if (part === "list") return String(<GraphList {...props} standing={standingOfRun(props)} />);
  if (part === "view") {
    const laidOut = pictures.of(graph, drawing.query, drawing.problem === null);
    return String(<GraphView {...props} {...laidOut} />);
  }
  if (drawing.start === null) return "";
  const shown = { ...props, ...pictures.of(graph, drawing.query, false) };
  return String(
    part === "start" ? (
      <RunStartForm {...shown} {...drawing.start} />
    ) : (
      <SliceChoice {...shown} {...drawing.start} />
    ),
  );
}
