/** The output of one layer for an image. */
export interface LayerActivations {
  /** The layer's name. */
  name: string;
  /** Size of each feature map; 1 x 1 for the units of a dense layer. */
  rows: number;
  cols: number;
  /** Number of feature maps or units. */
  count: number;
  /** float32 [count, rows, cols]. */
  values: Float32Array;
}
