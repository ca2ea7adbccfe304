/** Every drawing in use with its image: labelled ones and those of none of the classes, of both sides, in review or not. */
export interface StoredDrawings {
  /** The `arrival` of the newest sample when loading started; null for an empty store. */
  lastArrival: string | null;
  rows: number;
  cols: number;
  /** uint8 [N, rows, cols], row-major, ink 255 on 0. */
  images: Uint8Array;
  /** [N], the samples' ids, oldest first. */
  ids: string[];
  /** [N], null for a drawing of none of the classes. */
  labels: (string | null)[];
  /** [N], 1 where the label is suspect, or the model predicted another class when the drawing was made. */
  isDoubtful: Uint8Array;
}
