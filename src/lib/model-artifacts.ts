/**
 * A model as plain data, between the tensors of `training` and the files of `datasets`.
 * It has the fields of `tf.io.ModelArtifacts` that a layers model needs, and nothing of tfjs.
 */
export interface ModelArtifacts {
  format: "layers-model";
  generatedBy: string;
  /** The Keras-style JSON of the layers: what `tf.models.modelFromJSON` reads. */
  modelTopology: Record<string, unknown>;
  /** One entry a weight tensor, in the order of `weightData`. */
  weightSpecs: WeightSpec[];
  /** All weights one after the other, float32, little-endian. */
  weightData: ArrayBuffer;
  /** What tegaki adds: class names, preprocessing version, seed, temperature and so on. */
  userDefinedMetadata: ModelMetadata;
}

export interface WeightSpec {
  name: string;
  shape: number[];
  dtype: "float32";
}

export interface ModelMetadata {
  /** The label of each output, in order: `["0", ..., "9"]`. */
  classes: string[];
  rows: number;
  cols: number;
  /** The version of `digits` that rendered the images it was trained on. */
  preprocessing: number;
  architecture: string;
  seed: number;
  threads: number;
}
