import { createHash } from "node:crypto";
import { PREPROCESSING_VERSION } from "../../digits/image-format.ts";
import type { ModelArtifacts } from "../../domain/model-artifacts.ts";
import { checkArtifacts } from "../model/artifacts.ts";
import { layerShapes } from "../model/layer-spec.ts";

/**
 * Stores layers' outputs from one training run to the next. It may forget anything at any time, but it only returns
 * bytes exactly as they were written.
 */
export interface FeatureStore {
  /**
   * @param space identifies the layers that computed the rows; see `featureSpace`.
   * @param keys  one per image, lower-case hex of 32 bytes.
   * @returns one row per key, null where it has none.
   */
  read(space: string, keys: readonly string[]): Promise<(Uint8Array | null)[]>;
  write(space: string, rows: ReadonlyMap<string, Uint8Array>): Promise<void>;
}

/**
 * Identifies the outputs of the first `cut` layers: sha256, lower-case hex, over those layers and their weights, the
 * preprocessing of images and `numerics`, the fingerprint of the code that computes them.
 */
export function featureSpace(artifacts: ModelArtifacts, cut: number, numerics: string): string {
  const network = checkArtifacts(artifacts);
  const { rows, cols } = network;
  const layers = network.layers.slice(0, cut);
  const weights = layerShapes({ rows, cols, layers }).flatMap((layer) => layer.weights);
  const floats = weights.reduce((total, { shape }) => total + shape.reduce((a, b) => a * b, 1), 0);
  return createHash("sha256")
    .update(JSON.stringify({ rows, cols, layers, numerics, preprocessing: PREPROCESSING_VERSION }))
    .update(new Uint8Array(artifacts.weightData, 0, 4 * floats))
    .digest("hex");
}
