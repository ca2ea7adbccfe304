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
  /** Left out of models whose confidence was never compared with what they got right. */
  calibration?: ModelCalibration;
}

/** How a model's logits become confidence, and which images it does not know. */
export interface ModelCalibration {
  /** Logits are divided by it before softmax; above 0. */
  temperature: number;
  rejection: Rejection;
}

/** An image whose outlier score is above the threshold is flagged: it looks like none of the classes. */
export interface Rejection {
  score: OutlierScoreName;
  threshold: number;
  /** The share of known images that may be flagged, in [0, 1): what the threshold was set by. */
  false_alarm_rate: number;
}

/** Ways to tell from a row of logits how strange an image is; `training/evaluate/outlier-score.ts` has their formulas. */
export const OUTLIER_SCORES = ["energy", "max_logit", "max_logit_above_mean", "max_probability"] as const;
export type OutlierScoreName = (typeof OUTLIER_SCORES)[number];
