/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { createPictures } from "../../src/graph/pictures.ts";
import type { PipelineGraph } from "../../src/graph/pipeline-graph.ts";
import { formatQuery } from "../../src/graph/query.ts";
import type { Language } from "../../src/lib/languages.ts";
import { textIn } from "../i18n/text.ts";
import { GraphPanel } from "./panel.tsx";
import { RunBar } from "./run-bar.tsx";
import { RunStartForm } from "./run-start.tsx";
import { SliceChoice } from "./slice-choice.tsx";
import { GraphView } from "./view.tsx";
import type { GraphLinks, GraphViewProps } from "./view-props.ts";

/** Parts of the graph's page that can be rendered separately. */
const GRAPH_PARTS = ["view", "panel", "run", "start", "slices"] as const;
/** One of `GRAPH_PARTS`. */
export type GraphPart = (typeof GRAPH_PARTS)[number];

/** A drawing to be rendered, as plain data that can be sent to another thread. */
export interface GraphDrawing
  extends Pick<GraphViewProps, "query" | "facts" | "runs" | "shown" | "after" | "preview" | "start"> {
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
 * @returns HTML: the whole view, the panel of the selected element (empty when there is none), the run's bar, the form
 *   that starts a run, or its choice of parts (empty where none can be started).
 */
export function drawGraph(
  { part, language, timeZone, ...drawing }: GraphDrawing,
  graph: PipelineGraph,
  pictures: ReturnType<typeof createPictures>,
  links: GraphLinks,
): string {
  const props = { ...drawing, text: textIn(language, timeZone), graph, links };
  if (part === "run") return String(<RunBar {...props} />);
  if (part === "panel") return String(<GraphPanel {...props} />);
  const shown = { ...props, ...pictures.of(graph, drawing.query) };
  if (part === "view") return String(<GraphView {...shown} />);
  if (drawing.start === null) return "";
  return String(
    part === "start" ? (
      <RunStartForm {...shown} {...drawing.start} />
    ) : (
      <SliceChoice {...shown} {...drawing.start} />
    ),
  );
}
