import type { GraphElement } from "../../src/graph/elements.ts";
import type { NodeState } from "../../src/graph/run-frame.ts";

/** Icons of 16 by 16, as stroked paths. */
const FUNCTION = "M10.6 3.4c-1.9-.9-3 .2-3.3 2L5.9 13M4.8 7.4h5";
const STACK = "M2.5 5.5 8 2.8l5.5 2.7L8 8.2ZM2.5 8.2 8 10.9l5.5-2.7M2.5 10.9 8 13.6l5.5-2.7";

/** Icons in the seal of a node, by its state: the shape identifies it, the colour is redundant. */
export const STATE_GLYPHS: Readonly<Record<NodeState, string>> = {
  pending: "M8 4.5V8l2.2 1.6M8 2.2a5.8 5.8 0 1 0 0 11.6 5.8 5.8 0 1 0 0-11.6Z",
  running: "M5.6 3.6v8.8L12.4 8Z",
  done: "M3.4 8.6 6.6 11.8 12.8 4.8",
  skipped: "M3.5 4v8L8.2 8ZM8.6 4v8L13 8Z",
  failed: "M4 4l8 8M12 4l-8 8",
  cancelled: "M4.4 4.4h7.2v7.2H4.4Z",
};

const TYPE_GLYPHS: readonly [types: readonly string[], path: string][] = [
  [
    ["idx", "samples", "image", "images"],
    "M2.5 2.5h4.6v4.6H2.5ZM8.9 2.5h4.6v4.6H8.9ZM2.5 8.9h4.6v4.6H2.5ZM8.9 8.9h4.6v4.6H8.9Z",
  ],
  [["tfjs_model", "registered_model"], "M8 2.2 13.2 5v6L8 13.8 2.8 11V5ZM2.8 5 8 7.9 13.2 5M8 7.9v5.9"],
  [["metrics"], "M2.5 2.5v11h11M5 10.2l2.6-3 2 1.6 3.4-4"],
  [["csv", "table", "partitioned"], "M2.5 3h11v10h-11ZM2.5 6.4h11M2.5 9.7h11M6.4 6.4V13"],
];
const DOCUMENT = "M3.5 3.5h9M3.5 6.5h9M3.5 9.5h9M3.5 12.5h5";
/** A dataset in memory, which is lost after the run. */
const MEMORY =
  "M5 5h6v6H5ZM6.5 5V2.6M9.5 5V2.6M6.5 13.4V11M9.5 13.4V11M5 6.5H2.6M5 9.5H2.6M13.4 6.5H11M13.4 9.5H11";
const SLIDERS = "M2.5 5h6M12 5h1.5M2.5 11h1.5M7.5 11h6M10.2 3.2v3.6M5.8 9.2v3.6";

/** Side of an icon's box. */
export const GLYPH_BOX = 16;

/** The icon of an element, by its kind and type. */
export function glyphOf({ kind, type }: Pick<GraphElement, "kind" | "type">): string {
  if (kind === "node") return FUNCTION;
  if (kind === "namespace") return STACK;
  if (kind === "parameter") return SLIDERS;
  if (type === null || type === "memory") return MEMORY;
  return TYPE_GLYPHS.find(([types]) => types.includes(type))?.[1] ?? DOCUMENT;
}
