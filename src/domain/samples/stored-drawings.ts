/**
 * Every drawing in use: labelled ones and those of none of the classes, of both sides, in review or not. Like a Kedro
 * PartitionedDataset it has a function in place of the images, so that a node loads those that it needs, and no others.
 */
export interface StoredDrawings {
  /** The `arrival` of the newest sample when loading started; null for an empty store. */
  lastArrival: string | null;
  rows: number;
  cols: number;
  /** [N], the samples' ids, oldest first. */
  ids: string[];
  /** [N], null for a drawing of none of the classes. */
  labels: (string | null)[];
  /** [N], 1 where the label is in review, or the model predicted another class when the drawing was made. */
  isDoubtful: Uint8Array;
  /**
   * Loads the images of some, in their order: uint8 [rows, cols], row-major, ink 255 on 0. Null for one that was deleted
   * or forgotten after the ids were loaded.
   */
  loadImages(ids: readonly string[]): Promise<(Uint8Array | null)[]>;
}
