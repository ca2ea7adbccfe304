import {
  convBiasRelu,
  convBiasReluMaxPool,
  denseRelu,
  dropout,
  rmsPropStep,
} from "../../../src/kernels/own-operations.ts";
import * as tf from "../../../src/kernels/tf.ts";

const RMSPROP = { learningRate: 0.001, rho: 0.9, epsilon: 1e-7 };

/** The CNN of Keras's MNIST example. */
export interface Network {
  /** One step of training on a batch; returns the loss before it. */
  step(images: tf.Tensor4D, labels: tf.Tensor2D): Promise<number>;
  /** Probabilities [N, 10]. */
  predict(images: tf.Tensor4D): tf.Tensor;
}

/** Uses the layers API: `trainOnBatch` with tfjs's own optimiser and dropout. */
function layersNetwork(): Network {
  const model = build();
  model.compile({ optimizer: tf.train.rmsprop(RMSPROP.learningRate), loss: "categoricalCrossentropy" });
  return {
    step: async (images, labels) => (await model.trainOnBatch(images, labels)) as number,
    predict: (images) => model.predictOnBatch(images) as tf.Tensor,
  };
}

/** The same network and loss, with our operations where tfjs needs several. */
function opsNetwork(): Network {
  const model = build();
  const weights = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
  const squares = weights.map((weight) => tf.variable(tf.zerosLike(weight), false));
  const [filter1, bias1, filter2, bias2, kernel3, bias3, kernel4, bias4] = weights as unknown as tf.Tensor[];
  const plain = { strides: [1, 1], pad: "valid" } as { strides: [number, number]; pad: "valid" };
  let seed = 0;
  const drop = <T extends tf.Tensor>(x: T, rate: number) => dropout(x, rate, seed++);
  const logits = (images: tf.Tensor4D, train: boolean) => {
    const first = convBiasRelu(images, filter1 as tf.Tensor4D, bias1!, plain);
    const pooled = convBiasReluMaxPool(first, filter2 as tf.Tensor4D, bias2!, { pad: "valid" });
    const flat = tf.reshape(train ? drop(pooled, 0.25) : pooled, [images.shape[0], -1]) as tf.Tensor2D;
    const hidden = denseRelu(flat, kernel3 as tf.Tensor2D, bias3 as tf.Tensor1D);
    return tf.add(tf.matMul(train ? drop(hidden, 0.5) : hidden, kernel4 as tf.Tensor2D), bias4!);
  };
  return {
    step: async (images, labels) =>
      tf.tidy(() => {
        const loss = () => tf.losses.softmaxCrossEntropy(labels, logits(images, true)) as tf.Scalar;
        const { value, grads } = tf.variableGrads(loss, weights);
        for (const [i, weight] of weights.entries())
          rmsPropStep(weight, squares[i]!, grads[weight.name]!, RMSPROP);
        return value.dataSync()[0]!;
      }),
    predict: (images) => tf.softmax(logits(images, false)),
  };
}

/** Implementations of the network by name. */
export const NETWORKS: Readonly<Record<string, () => Network>> = { layers: layersNetwork, ops: opsNetwork };

function build(): tf.Sequential {
  return tf.sequential({
    layers: [
      tf.layers.conv2d({ inputShape: [28, 28, 1], filters: 32, kernelSize: 3, activation: "relu" }),
      tf.layers.conv2d({ filters: 64, kernelSize: 3, activation: "relu" }),
      tf.layers.maxPooling2d({ poolSize: 2 }),
      tf.layers.dropout({ rate: 0.25 }),
      tf.layers.flatten(),
      tf.layers.dense({ units: 128, activation: "relu" }),
      tf.layers.dropout({ rate: 0.5 }),
      tf.layers.dense({ units: 10, activation: "softmax" }),
    ],
  });
}
