/**
 * A model as plain data, between the tensors of `training` and the files of `datasets`.
 * It has the fields of `tf.io.ModelArtifacts` that a layers model needs, and nothing of tfjs.
 */
export interface ModelArtifacts {
  format: "layers-model";
  generatedBy: string;
  /** The layers as Keras-style JSON, as `tf.models.modelFromJSON` reads them. */
  modelTopology: Record<string, unknown>;
  /** One entry per weight tensor, in the order of `weightData`. */
  weightSpecs: WeightSpec[];
  /** All weights in sequence, float32, little-endian. */
  weightData: ArrayBuffer;
  /** tegaki's own metadata: class names, preprocessing version, seed, temperature and so on. */
  userDefinedMetadata: ModelMetadata;
}

/** Name, shape and type of one weight tensor. */
export interface WeightSpec {
  name: string;
  shape: number[];
  dtype: "float32";
}

/** tegaki's metadata of a model: its classes, its input size and how it was trained. */
export interface ModelMetadata {
  /** The label of each output, in order: `["0", ..., "9"]`. */
  classes: string[];
  /** Size of the input images in pixels. */
  rows: number;
  cols: number;
  /** The `PREPROCESSING_VERSION` of the images that it was trained on. */
  preprocessing: number;
  architecture: string;
  seed: number;
  threads: number;
  /** Absent from models that were never calibrated. */
  calibration?: ModelCalibration;
}

/** How a model's logits are turned into confidence, and which images it flags. */
export interface ModelCalibration {
  /** The divisor of the logits before softmax; above 0. */
  temperature: number;
  rejection: Rejection;
}

/** An image whose outlier score is above the threshold is flagged: it looks like none of the classes. */
interface Rejection {
  score: OutlierScoreName;
  threshold: number;
  /** The share of known images that may be flagged, in [0, 1); it determined the threshold. */
  false_alarm_rate: number;
}

/** Outlier scores computed from a row of logits; `training/evaluate/outlier-score.ts` has their formulas. */
export const OUTLIER_SCORES = ["energy", "max_logit", "max_logit_above_mean", "max_probability"] as const;
/** The name of one outlier score. */
export type OutlierScoreName = (typeof OUTLIER_SCORES)[number];
