import type { ModelArtifacts } from "../../domain/model-artifacts.ts";

type Weights = Pick<ModelArtifacts, "weightSpecs" | "weightData">;

/** How far the weights of a layer have moved. */
export interface LayerChange {
  layer: string;
  /** Number of weights in the second version, or in the first for a layer that only it has. */
  weights: number;
  /** Number of weights that differ; null when the layer has other shapes, or only one version has it. */
  changed: number | null;
  /** The Euclidean length of the difference, relative to that of the first version's weights; null likewise. */
  relative: number | null;
}

interface Layer {
  shapes: string;
  values: Float32Array;
}

/**
 * Compares the weights layer by layer.
 *
 *   relative = ‖b − a‖₂ / ‖a‖₂ ; where a is zero: 0 when b is zero, too, otherwise 1.
 *
 * @param a the weights of the first version. @param b those of the second.
 */
export function weightChanges(a: Weights, b: Weights): LayerChange[] {
  const [before, after] = [layersOf(a), layersOf(b)];
  return [...new Set([...before.keys(), ...after.keys()])].map((layer) => {
    const [one, other] = [before.get(layer), after.get(layer)];
    const weights = (other ?? one)?.values.length ?? 0;
    if (one === undefined || other === undefined || one.shapes !== other.shapes) {
      return { layer, weights, changed: null, relative: null };
    }
    return { layer, weights, ...changeOf(one.values, other.values) };
  });
}

function changeOf(a: Float32Array, b: Float32Array): { changed: number; relative: number } {
  let [changed, moved, length] = [0, 0, 0];
  for (const [i, value] of a.entries()) {
    const difference = b[i]! - value;
    if (difference !== 0) changed += 1;
    moved += difference * difference;
    length += value * value;
  }
  const relative = length === 0 ? Number(moved > 0) : Math.sqrt(moved / length);
  return { changed, relative };
}

/** The weights of each layer in sequence; a weight is named `layer/kernel`. */
function layersOf({ weightSpecs, weightData }: Weights): Map<string, Layer> {
  const layers = new Map<string, { shapes: string[]; from: number; to: number }>();
  let offset = 0;
  for (const { name, shape } of weightSpecs) {
    const layer = name.split("/")[0]!;
    const size = shape.reduce((product, side) => product * side, 1);
    const known = layers.get(layer) ?? { shapes: [], from: offset, to: offset };
    known.shapes.push(`${name}:${shape.join("x")}`);
    offset += size;
    known.to = offset;
    layers.set(layer, known);
  }
  const values = new Float32Array(weightData);
  return new Map(
    [...layers].map(([layer, { shapes, from, to }]) => [
      layer,
      { shapes: shapes.join(), values: values.subarray(from, to) },
    ]),
  );
}
