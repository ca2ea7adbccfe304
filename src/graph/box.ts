export interface Box {
  /** Of the top left corner. */
  x: number;
  y: number;
  width: number;
  height: number;
}
