import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { ModelArtifacts } from "../../../src/domain/model-artifacts.ts";
import { type Backend, initBackend } from "../../../src/kernels/init-backend.ts";
import * as tf from "../../../src/kernels/tf.ts";
import { createRandom } from "../../../src/lib/random.ts";
import { architecture } from "../../../src/training/model/architectures.ts";
import { fromArtifacts, ModelLoadError, toArtifacts } from "../../../src/training/model/artifacts.ts";
import { createModel } from "../../../src/training/model/layers-model.ts";
import { CLASSES, SIDE } from "../synthetic.ts";

const metadata = {
  classes: CLASSES,
  rows: SIDE,
  cols: SIDE,
  preprocessing: 1,
  architecture: "keras_mnist_cnn",
  seed: 1,
  threads: 1,
};

let backend: Backend;
let good: ModelArtifacts;
beforeAll(async () => {
  backend = await initBackend({
    threads: 1,
    workerUrl: new URL("../../../src/kernel-worker.ts", import.meta.url),
  });
  const model = createModel(architecture("keras_mnist_cnn", SIDE, SIDE, CLASSES.length), createRandom(1));
  good = toArtifacts(model, metadata);
  model.dispose();
});
afterAll(() => backend.dispose());

// biome-ignore lint/suspicious/noExplicitAny: tests break artifacts in ways that their type forbids
type Broken = any;

/** The valid artifacts with one change. */
function broken(change: (artifacts: Broken) => void): ModelArtifacts {
  const copy = structuredClone(good) as Broken;
  change(copy);
  return copy;
}

const config = (artifacts: Broken, index: number) => artifacts.modelTopology.config.layers[index].config;

describe("fromArtifacts()", () => {
  test("restores what toArtifacts() wrote: same bytes, same outputs, no tensor left behind", () => {
    const before = tf.memory().numTensors;
    const model = createModel(architecture("keras_mnist_cnn", SIDE, SIDE, CLASSES.length), createRandom(2));
    const artifacts = toArtifacts(model, metadata);
    const loaded = fromArtifacts(
      JSON.parse(JSON.stringify(artifacts), (key, value) =>
        key === "weightData" ? artifacts.weightData : value,
      ),
    );
    const outputs = [model, loaded].map((one) =>
      tf.tidy(() => (one.predictOnBatch(tf.ones([2, SIDE, SIDE, 1])) as tf.Tensor).dataSync().slice()),
    );
    expect(outputs[1]).toEqual(outputs[0]!);
    const again = toArtifacts(loaded, metadata);
    expect(Buffer.from(again.weightData).equals(Buffer.from(artifacts.weightData))).toBe(true);
    model.dispose();
    loaded.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  const cases: [string, (artifacts: Broken) => void, string][] = [
    [
      "the format is unknown",
      (a) => {
        a.format = "graph-model";
      },
      'expected the format "layers-model", found "graph-model"',
    ],
    [
      "there is no metadata",
      (a) => {
        delete a.userDefinedMetadata;
      },
      "it has no metadata",
    ],
    [
      "a class is listed twice",
      (a) => {
        a.userDefinedMetadata.classes = ["0", "1", "4", "4"];
      },
      "lists a class twice",
    ],
    [
      "classes are not strings",
      (a) => {
        a.userDefinedMetadata.classes = [0, 1, 4, 7];
      },
      "must list 2 to 255 class names",
    ],
    [
      "the metadata names one class fewer",
      (a) => {
        a.userDefinedMetadata.classes.pop();
      },
      "it has 4 outputs for 3 classes",
    ],
    [
      "the image size is hostile",
      (a) => {
        a.userDefinedMetadata.rows = 1e9;
      },
      "expected sides from 1 to 256",
    ],
    [
      "its temperature is 0",
      (a) => {
        a.userDefinedMetadata.calibration = { temperature: 0 };
      },
      "its temperature must be a number above 0, found 0",
    ],
    [
      "its outlier score is unknown",
      (a) => {
        a.userDefinedMetadata.calibration = { temperature: 1, rejection: { score: "luck", threshold: 0 } };
      },
      "its outlier score must be one of energy, max_logit, max_logit_above_mean, max_probability, found luck",
    ],
    [
      "its threshold is not a number",
      (a) => {
        a.userDefinedMetadata.calibration = {
          temperature: 1,
          rejection: { score: "energy", threshold: null },
        };
      },
      "its rejection threshold must be a number, found null",
    ],
    [
      "metadata and input disagree",
      (a) => {
        a.userDefinedMetadata.rows = 15;
      },
      "its input is 14x14 px, but its metadata says 15x14",
    ],
    [
      "there is no topology",
      (a) => {
        a.modelTopology = null;
      },
      "modelTopology must be an object, found null",
    ],
    [
      "it is not a chain of layers",
      (a) => {
        a.modelTopology.class_name = "Model";
      },
      'its kind is "Model", expected "Sequential"',
    ],
    [
      "there are no layers",
      (a) => {
        a.modelTopology.config.layers = [];
      },
      "expected 1 to 64 layers, found 0",
    ],
    [
      "there are too many layers",
      (a) => {
        a.modelTopology.config.layers = Array(1e6).fill({});
      },
      "expected 1 to 64 layers, found 1000000",
    ],
    [
      "a layer is of an unknown type",
      (a) => {
        a.modelTopology.config.layers[3].class_name = "Lambda";
      },
      'layer "dropout_1" is of unknown type "Lambda"',
    ],
    [
      "a layer's name is invalid",
      (a) => {
        config(a, 2).name = "../x";
      },
      'layers[2] is named "../x"',
    ],
    [
      "two layers share a name",
      (a) => {
        config(a, 2).name = "conv_1";
      },
      "two of its layers have the same name",
    ],
    [
      "the units are hostile",
      (a) => {
        config(a, 5).units = 1e300;
      },
      'layer "dense": units must be a whole number from 1 to 1000000',
    ],
    [
      "the units do not fit the weights",
      (a) => {
        config(a, 5).units = 999_999;
      },
      "weight 4 must be dense/kernel [1600,999999] float32, found dense/kernel [1600,128] float32",
    ],
    [
      "the filters would fill the memory",
      (a) => {
        config(a, 0).filters = 1_000_000;
      },
      "a layer gives 144000000 values for each image",
    ],
    [
      "a window does not fit",
      (a) => {
        config(a, 1).kernel_size = [13, 3];
      },
      'layer "conv_2": a window of 13 does not fit into 12 px',
    ],
    [
      "a stride is 0",
      (a) => {
        config(a, 1).strides = [0, 1];
      },
      'layer "conv_2": strides must be a whole number from 1 to 256, found 0',
    ],
    [
      "a convolution is dilated",
      (a) => {
        config(a, 1).dilation_rate = [2, 2];
      },
      "dilation_rate must be [1,1], found [2,2]",
    ],
    [
      "an activation is unknown",
      (a) => {
        config(a, 5).activation = "swish";
      },
      'layer "dense": unknown activation "swish"',
    ],
    [
      "a rate is 1",
      (a) => {
        config(a, 3).rate = 1;
      },
      'layer "dropout_1": rate must be from 0 to below 1, found 1',
    ],
    [
      "the last layer has no softmax",
      (a) => {
        config(a, 7).activation = "linear";
      },
      "its last layer is Dense, expected Dense with softmax",
    ],
    [
      "Dense follows an image",
      (a) => {
        a.modelTopology.config.layers.splice(4, 1);
      },
      'layer "dense": Dense follows Flatten, not an image [5,5,64]',
    ],
    [
      "the input has colours",
      (a) => {
        config(a, 0).batch_input_shape = [null, 14, 14, 3];
      },
      "its input must be [null, rows, cols, 1]",
    ],
    [
      "a weight is missing",
      (a) => {
        a.weightSpecs.pop();
      },
      "expected 8 weights, found 7",
    ],
    [
      "a weight is not an object",
      (a) => {
        a.weightSpecs[0] = null;
      },
      "weight 0 must be conv_1/kernel [3,3,1,32] float32",
    ],
    [
      "a weight has the wrong type",
      (a) => {
        a.weightSpecs[0].dtype = "int32";
      },
      "found conv_1/kernel [3,3,1,32] int32",
    ],
    [
      "the weights are truncated",
      (a) => {
        a.weightData = a.weightData.slice(4);
      },
      "bytes of weights, found",
    ],
    [
      "there are no weights",
      (a) => {
        a.weightData = new ArrayBuffer(0);
      },
      "bytes of weights, found 0",
    ],
    [
      "the weights are not bytes",
      (a) => {
        a.weightData = "AAAA";
      },
      "its weights are not bytes",
    ],
    [
      "a weight is NaN",
      (a) => {
        new Float32Array(a.weightData)[17] = Number.NaN;
      },
      "value 17 is not a finite number",
    ],
    [
      "a weight is infinite",
      (a) => {
        new Float32Array(a.weightData)[99] = Infinity;
      },
      "value 99 is not a finite number",
    ],
  ];
  for (const [when, change, message] of cases) {
    test(`throws a ModelLoadError with the reason, and leaves no tensor, when ${when}`, () => {
      const before = tf.memory().numTensors;
      const artifacts = broken(change);
      expect(() => fromArtifacts(artifacts)).toThrow(ModelLoadError);
      expect(() => fromArtifacts(artifacts)).toThrow(message);
      expect(() => fromArtifacts(artifacts)).toThrow(/^Cannot load the model: /);
      expect(tf.memory().numTensors).toBe(before);
    });
  }

  test("throws a ModelLoadError, never another error, for 300 random single changes of its JSON", () => {
    const random = createRandom(4);
    const values = [null, -1, 0, 1e9, 1e308, "", "x", [], {}, [1, 2], true];
    for (let i = 0; i < 300; i++) {
      const artifacts = broken((copy) => {
        const places: [Broken, string][] = [];
        const visit = (node: Broken) => {
          for (const key of Object.keys(node)) {
            places.push([node, key]);
            if (node[key] !== null && typeof node[key] === "object" && key !== "weightData") visit(node[key]);
          }
        };
        visit(copy);
        const [node, key] = places[random.int(places.length)]!;
        node[key] = values[random.int(values.length)];
      });
      try {
        fromArtifacts(artifacts).dispose();
      } catch (error) {
        expect(error).toBeInstanceOf(ModelLoadError);
      }
    }
  });
});
