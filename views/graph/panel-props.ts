import type { GraphElement } from "../../src/graph/elements.ts";
import type { GraphViewProps } from "./view-props.ts";

export type PanelProps = Pick<
  GraphViewProps,
  "text" | "graph" | "query" | "facts" | "shown" | "preview" | "links" | "start"
>;

export type ElementPanelProps = PanelProps & { element: GraphElement };
