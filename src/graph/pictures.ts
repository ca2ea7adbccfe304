import type { GraphPicture } from "./elements.ts";
import { type GraphLayout, layOut } from "./layout.ts";
import { pictureOf } from "./picture.ts";
import type { PipelineGraph } from "./pipeline-graph.ts";
import { type GraphQuery, pictureKey } from "./query.ts";

interface LaidOut {
  picture: GraphPicture;
  layout: GraphLayout;
}

/** Number of cached layouts: more than a reader switches between. */
const KEPT = 64;

/** Creates a cache of pictures with their layouts; another graph empties it. */
export function createPictures(): { of(graph: PipelineGraph, query: GraphQuery): LaidOut } {
  const kept = new Map<string, LaidOut>();
  let current: PipelineGraph | null = null;
  return {
    of(graph, query) {
      if (graph !== current) kept.clear();
      current = graph;
      const key = pictureKey(query);
      let found = kept.get(key);
      if (found === undefined) {
        const picture = pictureOf(graph, query);
        found = { picture, layout: layOut(picture) };
      }
      kept.delete(key);
      kept.set(key, found);
      if (kept.size > KEPT) kept.delete(kept.keys().next().value!);
      return found;
    },
  };
}
