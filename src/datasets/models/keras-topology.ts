import { DatasetError } from "../../engine/errors.ts";

/** A JSON object. */
export type Json = Record<string, unknown>;

/**
 * Returns a topology in the form in which tfjs writes a Sequential model: `{class_name, config: {layers}}`, whose first
 * layer has `batch_input_shape`. Keras's converters write the same network in other forms, which this reads: within
 * `model_config`, with an InputLayer (Keras 2 and 3), and as a Functional model that is a chain. A topology that is
 * already in that form is returned as it is. Layers and their options are not checked here.
 *
 * @throws DatasetError for a Functional model that is not a chain with one input and one output.
 */
export function sequentialTopology(topology: Json): Json {
  const root = isObject(topology.model_config) ? topology.model_config : topology;
  const config = isObject(root.config) ? root.config : {};
  const layers = root.class_name === "Sequential" ? layersOf(config) : chainOf(root, config);
  if (layers === null) return root;
  const [first, ...others] = layers;
  const isCanonical =
    root === topology && root.class_name === "Sequential" && first?.class_name !== "InputLayer";
  if (isCanonical || first === undefined) return root;
  const shape = inputShape(first) ?? config.build_input_shape;
  const [start, ...rest] = first.class_name === "InputLayer" ? others : layers;
  if (start === undefined) throw new DatasetError("modelTopology: the model has no layers after its input");
  const withShape = { ...start, config: { ...configOf(start), batch_input_shape: shape } };
  return {
    class_name: "Sequential",
    config: { name: config.name, layers: [withShape, ...rest].map(plainLayer) },
  };
}

/** Without what only a graph of layers needs. */
function plainLayer({ class_name, config }: Json): Json {
  return { class_name, config };
}

function layersOf(config: Json): Json[] | null {
  return Array.isArray(config.layers) && config.layers.every(isObject) ? config.layers : null;
}

/** The layers of a Functional model from its input to its output; null when it is another kind of model. */
function chainOf({ class_name: kind }: Json, config: Json): Json[] | null {
  if (kind !== "Functional" && kind !== "Model") return null;
  const layers = layersOf(config) ?? [];
  const byInput = new Map<string | null, Json>();
  for (const layer of layers) {
    const inputs = inputsOf(layer);
    const input = inputs[0] ?? null;
    if (inputs.length > 1 || byInput.has(input)) {
      throw new DatasetError(
        `modelTopology: the layer ${JSON.stringify(layer.name)} makes the model branch. Only chains of layers can be read`,
      );
    }
    byInput.set(input, layer);
  }
  const chain: Json[] = [];
  for (let next = byInput.get(null); next !== undefined; next = byInput.get(String(next.name))) {
    if (chain.push(next) > layers.length) break;
  }
  if (chain.length !== layers.length) {
    throw new DatasetError("modelTopology: the layers of the model do not form one chain from its input");
  }
  return chain;
}

/**
 * The names of the layers that a layer reads: Keras 2 has `[[["conv", 0, 0, {}]]]`, one entry per call; Keras 3 has
 * `[{args: [{config: {keras_history: ["conv", 0, 0]}}]}]`.
 */
function inputsOf({ inbound_nodes: calls }: Json): string[] {
  if (!Array.isArray(calls)) return [];
  return calls.flatMap((call: unknown) => {
    if (Array.isArray(call))
      return call.map((input: unknown) => String(Array.isArray(input) ? input[0] : input));
    return isObject(call) ? historiesIn(call.args) : [];
  });
}

function historiesIn(args: unknown): string[] {
  if (Array.isArray(args)) return args.flatMap(historiesIn);
  if (!isObject(args) || !isObject(args.config)) return [];
  const history = args.config.keras_history;
  return Array.isArray(history) ? [String(history[0])] : [];
}

function inputShape(layer: Json): unknown {
  const { batch_input_shape: keras2, batch_shape: keras3 } = configOf(layer);
  return keras2 ?? keras3;
}

function configOf({ config }: Json): Json {
  return isObject(config) ? config : {};
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
