import type { DatasetPreview } from "../../src/engine/catalog/dataset-preview.ts";
import type { GraphPicture } from "../../src/graph/elements.ts";
import type { GraphFacts, RunChoice, ShownRun } from "../../src/graph/facts.ts";
import type { GraphLayout } from "../../src/graph/layout.ts";
import type { PipelineGraph } from "../../src/graph/pipeline-graph.ts";
import type { GraphQuery } from "../../src/graph/query.ts";
import type { Text } from "../i18n/text.ts";

/** Everything that the graph's view is drawn from, on the server and in a static site alike. */
export interface GraphViewProps {
  text: Text;
  graph: PipelineGraph;
  query: GraphQuery;
  picture: GraphPicture;
  layout: GraphLayout;
  facts: GraphFacts;
  /** Newest first. */
  runs: readonly RunChoice[];
  shown: ShownRun | null;
  /** Events of any run after this one may be news to what is drawn. */
  after: number;
  /** Of the selected dataset; null when there is none to show. */
  preview: DatasetPreview | null;
  links: GraphLinks;
  /** The form that starts a run; null where none can be started. */
  start: StartProps | null;
}

/** What was filled into the form that starts a run. */
export interface StartProps {
  /** What was typed, by parameter. */
  values: Readonly<Record<string, string>>;
  /** In the reader's language: by parameter, and `form` for the run as a whole. */
  errors: Readonly<Record<string, string>>;
  /** The part of the pipeline (`formatSlice`). */
  slice: string;
}

export interface GraphLinks {
  /** The address of a picture. */
  picture(query: GraphQuery): string;
  /** The page of a run; null where there is none. */
  run(id: string): string | null;
  /** Where the forms that only change the address go. */
  form: string;
}
