import type { GraphPicture } from "./elements.ts";
import { type GraphLayout, layOut } from "./layout/layout.ts";
import { pictureOf } from "./picture.ts";
import type { PipelineGraph } from "./pipeline-graph.ts";
import { type GraphQuery, pictureKey } from "./query.ts";

/** A picture, drawn or not. */
export interface LaidOut {
  picture: GraphPicture;
  /** Null when it is not drawn; then the pipeline is shown as a list. */
  layout: GraphLayout | null;
}

/** Number of cached layouts: more than a reader switches between. */
const KEPT = 64;
/** Nodes up to which a picture is drawn at once; a larger one is drawn on request. */
const MAX_UNREQUESTED_NODES = 1_000;
/** Edges up to which a picture is drawn at once: a browser takes as long for them as for the nodes. */
const MAX_UNREQUESTED_EDGES = 6_000;
/** Elements and edges of the largest picture that is drawn at all. */
export const MAX_PARTS = 60_000;

/** A cache of pictures with their layouts; another graph empties it. */
export interface Pictures {
  /** @param canDraw false leaves the picture undrawn. */
  of(graph: PipelineGraph, query: GraphQuery, canDraw?: boolean): LaidOut;
}

/** Creates an empty cache. */
export function createPictures(): Pictures {
  const kept = new Map<string, LaidOut>();
  let current: PipelineGraph | null = null;
  return {
    of(graph, query, canDraw = true) {
      if (graph !== current) kept.clear();
      current = graph;
      const key = JSON.stringify([pictureKey(query), canDraw]);
      let found = kept.get(key);
      if (found === undefined) {
        const picture = pictureOf(graph, query);
        const isDrawn = canDraw && !isTooLarge(picture) && (query.isDrawn || !isLarge(picture));
        found = { picture, layout: isDrawn ? layOut(picture, query.orientation) : null };
      }
      kept.delete(key);
      kept.set(key, found);
      if (kept.size > KEPT) kept.delete(kept.keys().next().value!);
      return found;
    },
  };
}

/** Whether the picture has so many nodes or edges that it is drawn on request only. */
function isLarge({ elements, edges }: GraphPicture): boolean {
  if (edges.length > MAX_UNREQUESTED_EDGES) return true;
  const nodes = elements.filter(({ kind }) => kind === "node" || kind === "namespace");
  return Math.max(nodes.length, elements.length / 4) > MAX_UNREQUESTED_NODES;
}

/** Whether the picture is too large to be drawn at all. */
export function isTooLarge({ elements, edges }: GraphPicture): boolean {
  return elements.length + edges.length > MAX_PARTS;
}
