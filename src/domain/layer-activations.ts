/** What one layer makes of an image. */
export interface LayerActivations {
  /** The layer's name. */
  name: string;
  /** Feature maps of a convolution, or the units of a dense layer (1x1 each). */
  rows: number;
  cols: number;
  count: number;
  /** float32 [count, rows, cols]. */
  values: Float32Array;
}
