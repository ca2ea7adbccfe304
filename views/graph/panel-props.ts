import type { GraphElement } from "../../src/graph/elements.ts";
import type { GraphViewProps } from "./view-props.ts";

/** The data of the panel next to the picture. */
export type PanelProps = Pick<
  GraphViewProps,
  "text" | "graph" | "query" | "facts" | "shown" | "preview" | "links" | "start"
>;

/** The data of the panel for one element. */
export type ElementPanelProps = PanelProps & { element: GraphElement };
