/** The parameters `map` of parameters.yml. */
export interface MapParams {
  /** Drawings on a map, at most. */
  max_drawings: number;
  /** Neighbours of a drawing that its place follows from. */
  neighbours: number;
  /** Least distance between points, 0..1 in units of the projection: smaller gives denser groups. */
  min_distance: number;
}
