import { node } from "../../engine/pipeline/node.ts";
import { type Pipeline, pipeline } from "../../engine/pipeline/pipeline.ts";
import type { Training } from "../../training/training.ts";
import { embedDrawings, projectDrawings } from "./nodes.ts";
import { pickDrawings } from "./pick-drawings.ts";

/** The map of the drawings: near each other where they are alike to the champion. It trains nothing. */
export function createPipeline(training: Training): Pipeline {
  return pipeline([
    node({
      name: "pick_drawings",
      func: pickDrawings,
      inputs: { stored_drawings: "stored_drawings", map: "params:map", seed: "params:seed" },
      outputs: "map_drawings",
      tags: "data",
    }),
    node({
      name: "embed_drawings",
      func: embedDrawings(training),
      inputs: { map_drawings: "map_drawings", model: "model" },
      outputs: "map_features",
      tags: "evaluation",
    }),
    node({
      name: "project_drawings",
      func: projectDrawings,
      inputs: { map_features: "map_features", map: "params:map", seed: "params:seed" },
      outputs: "drawing_map",
      tags: "evaluation",
    }),
  ]);
}
