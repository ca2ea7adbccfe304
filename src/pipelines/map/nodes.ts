import { UMAP } from "umap-js";
import { type ImageSet, NO_CLASS } from "../../domain/image-set.ts";
import type { ModelArtifacts } from "../../domain/model-artifacts.ts";
import type { DrawingMap } from "../../domain/samples/drawing-map.ts";
import type { NodeContext } from "../../engine/pipeline/node-spec.ts";
import { createRandom } from "../../lib/random.ts";
import { nextMacrotask } from "../../training/macrotask.ts";
import type { Training } from "../../training/training.ts";
import type { MapParams } from "./map-params.ts";
import { nearestNeighbours } from "./nearest-neighbours.ts";
import type { PickedDrawings } from "./pick-drawings.ts";
import { unitSquare } from "./unit-square.ts";

/** Inputs of the node embed_drawings. */
export interface EmbedDrawingsInputs {
  map_drawings: PickedDrawings;
  model: ModelArtifacts;
}

/** The model's view of the drawings of a map. */
export interface MapFeatures extends Pick<DrawingMap, "total" | "last_arrival" | "classes" | "ids"> {
  /** float32 [N, width], row-major: the inputs of the model's last layer. */
  features: Float32Array;
  width: number;
  /** As in the map. */
  predicted: number[];
  confidence: number[];
}

/** Computes what the model sees in each drawing, and its prediction. */
export function embedDrawings(training: Training) {
  return async ({ map_drawings, model }: EmbedDrawingsInputs, context: NodeContext): Promise<MapFeatures> => {
    const { rows, cols, images, ids, total, lastArrival } = map_drawings;
    const set: ImageSet = { rows, cols, images, labels: new Uint8Array(ids.length).fill(NO_CLASS) };
    const { features, width, probabilities } = await training.embed(model, set, context.signal);
    const classes = [...model.userDefinedMetadata.classes];
    const best = ids.map((_, n) =>
      mostProbable(probabilities.subarray(n * classes.length, (n + 1) * classes.length)),
    );
    return {
      ...{ total, last_arrival: lastArrival, classes, ids, features, width },
      predicted: best.map(({ index }) => index),
      confidence: best.map(({ p }) => rounded(p)),
    };
  };
}

/** Inputs of the node project_drawings. */
export interface ProjectDrawingsInputs {
  map_features: MapFeatures;
  map: MapParams;
  seed: number;
}

/** The share of the work that finding neighbours is, about, for the progress. */
const NEIGHBOURS_SHARE = 0.3;
/** Steps of the layout between two looks at whether the run is cancelled. */
const STEPS = 5;

/** Places drawings in a square, by UMAP on the cosine distances of their features. */
export async function projectDrawings(
  { map_features, map, seed }: ProjectDrawingsInputs,
  context: NodeContext,
): Promise<DrawingMap> {
  const { features, width, ...drawings } = map_features;
  const turn = async (progress: number) => {
    context.progress({ progress });
    await nextMacrotask();
    context.signal.throwIfAborted();
  };
  // Itself is the first neighbour, and the library refuses as many neighbours as there are drawings.
  const k = Math.min(map.neighbours + 1, drawings.ids.length - 1);
  const near = await nearestNeighbours(features, width, k, (share) => turn(share * NEIGHBOURS_SHARE));
  const umap = new UMAP({
    random: createRandom(seed).fork("umap").next,
    nNeighbors: k,
    minDist: map.min_distance,
  });
  umap.setPrecomputedKNN(near.indices, near.distances);
  // The library only counts rows here: neighbours have been found.
  const steps = umap.initializeFit(near.indices);
  for (let step = 0; step < steps; step++) {
    umap.step();
    if (step % STEPS === 0) await turn(NEIGHBOURS_SHARE + (1 - NEIGHBOURS_SHARE) * (step / steps));
  }
  return { ...drawings, ...unitSquare(umap.getEmbedding()) };
}

function mostProbable(row: Float32Array): { index: number; p: number } {
  const p = row.reduce((most, value) => Math.max(most, value), 0);
  return { index: Math.max(0, row.indexOf(p)), p };
}

/** Ten-thousandths: a quarter of the size of the file, and finer than a pixel. */
function rounded(share: number): number {
  return Math.round(Math.min(1, Math.max(0, share)) * 10_000) / 10_000;
}
