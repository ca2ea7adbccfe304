import { drawGraph, SERVER_LINKS } from "../views/graph/drawing.tsx";
import { createPictures } from "./graph/pictures.ts";
import type { PipelineGraph } from "./graph/pipeline-graph.ts";
import { messageOf } from "./lib/errors.ts";
import type { GraphAnswer, GraphQuestion } from "./server/graph-thread.ts";

/**
 * The thread that lays out and draws graphs, so that responses never wait for it. It is next to `main.ts`, because the
 * compiled executable looks for workers there.
 */
declare const self: {
  onmessage: ((event: { data: GraphQuestion }) => void) | null;
  postMessage(answer: GraphAnswer): void;
};

const pictures = createPictures();
let graph: PipelineGraph | null = null;

self.onmessage = ({ data }) => {
  graph = data.graph ?? graph;
  try {
    if (graph === null) throw new TypeError("No graph was sent before the first drawing");
    self.postMessage({ html: drawGraph(data.drawing, graph, pictures, SERVER_LINKS) });
  } catch (error) {
    self.postMessage({ error: messageOf(error) });
  }
};
