/** A rectangle, in CSS pixels at zoom 1. */
export interface Box {
  /** Of the top left corner. */
  x: number;
  y: number;
  width: number;
  height: number;
}
