import type { DatasetPreview } from "../../src/engine/catalog/dataset-preview.ts";
import type { GraphFacts, RunChoice, ShownRun } from "../../src/graph/facts.ts";
import type { LaidOut } from "../../src/graph/pictures.ts";
import type { PipelineGraph } from "../../src/graph/pipeline-graph.ts";
import type { GraphQuery } from "../../src/graph/query.ts";
import type { Saying } from "../../src/lib/saying.ts";
import type { Text } from "../i18n/text.ts";

/** The data of the graph's view, both on the server and in a static site. */
export interface GraphViewProps extends LaidOut {
  text: Text;
  graph: PipelineGraph;
  query: GraphQuery;
  /** Why the picture could not be drawn; null otherwise. */
  problem: Saying | null;
  facts: GraphFacts;
  /** Newest first. */
  runs: readonly RunChoice[];
  shown: ShownRun | null;
  /** `seq` of the last event that the view contains; later ones may change it. */
  after: number;
  /** Preview of the selected dataset; null when there is none. */
  preview: DatasetPreview | null;
  links: GraphLinks;
  /** The form that starts a run; null where none can be started. */
  start: StartProps | null;
}

/** The contents of the form that starts a run. */
export interface StartProps {
  /** Typed values by parameter. */
  values: Readonly<Record<string, string>>;
  /** Errors in the reader's language, by parameter, and `form` for the run as a whole. */
  errors: Readonly<Record<string, string>>;
  /** The part of the pipeline (`formatSlice`). */
  slice: string;
}

/** Addresses that the view links to. */
export interface GraphLinks {
  /** The address of a picture. */
  picture(query: GraphQuery): string;
  /** The page of a run; null where there is none. */
  run(id: string): string | null;
  /** Address of forms that only change the query. */
  form: string;
}
