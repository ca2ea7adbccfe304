/** A layer as plain data: what an architecture is written in, and what a model file is read into. */
export type LayerSpec = Conv2DSpec | MaxPooling2DSpec | DropoutSpec | FlattenSpec | DenseSpec;

export type Activation = "linear" | "relu" | "softmax";
export type Size = readonly [height: number, width: number];
export type Padding = "valid" | "same";

export interface Conv2DSpec {
  type: "Conv2D";
  name: string;
  filters: number;
  kernelSize: Size;
  strides: Size;
  padding: Padding;
  activation: Activation;
}

export interface MaxPooling2DSpec {
  type: "MaxPooling2D";
  name: string;
  poolSize: Size;
  strides: Size;
  padding: Padding;
}

export interface DropoutSpec {
  type: "Dropout";
  name: string;
  rate: number;
}

export interface FlattenSpec {
  type: "Flatten";
  name: string;
}

export interface DenseSpec {
  type: "Dense";
  name: string;
  units: number;
  activation: Activation;
}

/** A chain of layers on greyscale images. The last is Dense with softmax, one unit a class. */
export interface NetworkSpec {
  rows: number;
  cols: number;
  layers: readonly LayerSpec[];
}

export interface WeightShape {
  /** `layer/kernel` or `layer/bias`, as Keras names them. */
  name: string;
  shape: number[];
}

/** What one layer makes of an image, and the weights it needs for that. */
export interface LayerShape {
  /** [H, W, C] before Flatten, [units] after it. */
  output: number[];
  weights: WeightShape[];
}

/**
 * The shapes that follow from a network's layers, without allocating any of them.
 *
 * @returns one entry a layer, in order.
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

/** How many windows fit along one side. */
function windows(layer: Conv2DSpec | MaxPooling2DSpec, side: number, window: number, stride: number): number {
  const count =
    layer.padding === "same" ? Math.ceil(side / stride) : Math.floor((side - window) / stride) + 1;
  if (count < 1) {
    throw new RangeError(`layer "${layer.name}": a window of ${window} does not fit into ${side} px`);
  }
  return count;
}
