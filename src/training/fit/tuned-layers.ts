import { UsageError } from "../../lib/errors.ts";
import { didYouMean } from "../../lib/nearest.ts";
import type { FineTuneParams } from "./params.ts";

interface NamedLayer {
  name: string;
  weights: readonly unknown[];
}

/**
 * The names of the layers that `tuning_layer` selects.
 *
 * @param layers   all layers of the model, in order.
 * @param selector an index (negative ones count from the end), a name, or a list of them.
 * @throws {UsageError} when a layer does not exist or has no weights, or none is selected.
 */
export function tunedLayers(
  layers: readonly NamedLayer[],
  selector: FineTuneParams["tuning_layer"],
): Set<string> {
  const selected = [selector].flat().map((one) => findLayer(layers, one as number | string));
  if (selected.length === 0) {
    throw new UsageError(`tuning_layer is empty: name at least one of ${namesOf(layers)}`);
  }
  return new Set(selected);
}

function findLayer(layers: readonly NamedLayer[], selector: number | string): string {
  const layer =
    typeof selector === "number"
      ? Number.isInteger(selector) && layers.at(selector)
      : layers.find(({ name }) => name === selector);
  if (!layer) {
    const hint =
      typeof selector === "string"
        ? didYouMean(
            selector,
            layers.map(({ name }) => name),
          )
        : "";
    throw new UsageError(
      `tuning_layer: there is no layer ${JSON.stringify(selector)} among ${namesOf(layers)}${hint}`,
    );
  }
  if (layer.weights.length === 0) {
    const trainable = layers.filter(({ weights }) => weights.length > 0).map(({ name }) => name);
    throw new UsageError(
      `tuning_layer: layer "${layer.name}" has no weights to train; these have: ${trainable.join(", ")}`,
    );
  }
  return layer.name;
}

function namesOf(layers: readonly NamedLayer[]): string {
  return layers.map(({ name }, i) => `${i} "${name}"`).join(", ");
}
