/** A layer as plain data, as architectures define it and model files are parsed into. */
export type LayerSpec = Conv2DSpec | MaxPooling2DSpec | DropoutSpec | FlattenSpec | DenseSpec;

/** Activation functions that layers may have. */
export type Activation = "linear" | "relu" | "softmax";
/** A size in pixels. */
export type Size = readonly [height: number, width: number];
/** How the border is handled, as in Keras: "valid" drops windows that do not fit, "same" pads with zeros. */
export type Padding = "valid" | "same";

/** A 2-D convolution. */
interface Conv2DSpec {
  type: "Conv2D";
  name: string;
  filters: number;
  kernelSize: Size;
  strides: Size;
  padding: Padding;
  activation: Activation;
}

/** Maximum over windows. */
interface MaxPooling2DSpec {
  type: "MaxPooling2D";
  name: string;
  poolSize: Size;
  strides: Size;
  padding: Padding;
}

/** Dropout in training; no effect in inference. */
interface DropoutSpec {
  type: "Dropout";
  name: string;
  rate: number;
}

/** From [H, W, C] to [H * W * C]. */
interface FlattenSpec {
  type: "Flatten";
  name: string;
}

/** A fully connected layer. */
interface DenseSpec {
  type: "Dense";
  name: string;
  units: number;
  activation: Activation;
}

/** A chain of layers on greyscale images. The last is Dense with softmax, one unit per class. */
export interface NetworkSpec {
  rows: number;
  cols: number;
  layers: readonly LayerSpec[];
}

/** The name and shape of one weight tensor. */
export interface WeightShape {
  /** `layer/kernel` or `layer/bias`, as Keras names them. */
  name: string;
  shape: number[];
}

/** The shape of a layer's output for one image, and those of its weights. */
export interface LayerShape {
  /** [H, W, C] before Flatten, [units] after it. */
  output: number[];
  weights: WeightShape[];
}

/**
 * The shapes that follow from a network's layers, without allocating any of them.
 *
 * @returns one entry per layer, in order.
 * @throws {RangeError} naming the layer that cannot follow the one before it.
 */
export function layerShapes(network: NetworkSpec): LayerShape[] {
  let input = [network.rows, network.cols, 1];
  return network.layers.map((layer) => {
    const shape = shapeOf(layer, input);
    input = shape.output;
    return shape;
  });
}

function shapeOf(layer: LayerSpec, input: number[]): LayerShape {
  switch (layer.type) {
    case "Conv2D": {
      const [h, w, channels] = imageShape(layer, input);
      const [kh, kw] = layer.kernelSize;
      return {
        output: [
          windows(layer, h, kh, layer.strides[0]),
          windows(layer, w, kw, layer.strides[1]),
          layer.filters,
        ],
        weights: [
          { name: `${layer.name}/kernel`, shape: [kh, kw, channels, layer.filters] },
          { name: `${layer.name}/bias`, shape: [layer.filters] },
        ],
      };
    }
    case "MaxPooling2D": {
      const [h, w, channels] = imageShape(layer, input);
      const [ph, pw] = layer.poolSize;
      const output = [
        windows(layer, h, ph, layer.strides[0]),
        windows(layer, w, pw, layer.strides[1]),
        channels,
      ];
      return { output, weights: [] };
    }
    case "Dropout":
      return { output: input, weights: [] };
    case "Flatten":
      return { output: [input.reduce((a, b) => a * b, 1)], weights: [] };
    case "Dense": {
      if (input.length !== 1) {
        throw new RangeError(`layer "${layer.name}": Dense follows Flatten, not an image [${input}]`);
      }
      return {
        output: [layer.units],
        weights: [
          { name: `${layer.name}/kernel`, shape: [input[0]!, layer.units] },
          { name: `${layer.name}/bias`, shape: [layer.units] },
        ],
      };
    }
  }
}

function imageShape(layer: LayerSpec, input: number[]): [number, number, number] {
  if (input.length !== 3) {
    throw new RangeError(`layer "${layer.name}": ${layer.type} needs an image [H, W, C], found [${input}]`);
  }
  return [input[0]!, input[1]!, input[2]!];
}

/** Number of windows that fit along one side. */
function windows(layer: Conv2DSpec | MaxPooling2DSpec, side: number, window: number, stride: number): number {
  const count =
    layer.padding === "same" ? Math.ceil(side / stride) : Math.floor((side - window) / stride) + 1;
  if (count < 1) {
    throw new RangeError(`layer "${layer.name}": a window of ${window} does not fit into ${side} px`);
  }
  return count;
}
