import type { GraphEdge, GraphElement, GraphPicture } from "../elements.ts";
import { withoutCycles } from "./acyclic.ts";
import { layerIndices } from "./bands.ts";
import { rankRows } from "./ranks.ts";

/** An element of the picture, or an element drawn again. */
export interface DrawnElement extends GraphElement {
  /** The id of the element that this one repeats next to a distant reader; absent from the element itself. */
  repeats?: string;
}

/** An edge of the picture. */
export interface DrawnEdge extends GraphEdge {
  /** Whether it leads to a repetition of its start: then it has no line. */
  isFar?: boolean;
}

/** A picture in which distant readers have a repetition of the element that they read. */
export interface NearPicture extends GraphPicture {
  elements: readonly DrawnElement[];
  edges: readonly DrawnEdge[];
}

/** Rows that all edges together may cross, per element, before long ones are replaced. */
const CROSSED_PER_ELEMENT = 4;
/** The same for small pictures. */
const MIN_CROSSED = 400;
/** Rows that an edge may still cross once long ones are replaced. */
const MAX_CROSSED = 12;

/**
 * Keeps a picture in proportion to its edges. A line makes room for itself in each row that it crosses: where there
 * are many long ones, they take more room than everything else, and time that grows with the square of the picture.
 * Then each long edge ends at a repetition of its start, next to the reader, as parameters are drawn.
 */
export function drawNearReaders(picture: GraphPicture): NearPicture {
  const rows = rowsOf(picture);
  const crossed = ({ from, to }: GraphEdge) => Math.max(0, rows.get(to)! - rows.get(from)! - 1);
  const total = picture.edges.reduce((sum, edge) => sum + crossed(edge), 0);
  if (total <= Math.max(MIN_CROSSED, CROSSED_PER_ELEMENT * picture.elements.length)) return picture;
  const byId = new Map(picture.elements.map((element) => [element.id, element]));
  const repetitions: DrawnElement[] = [];
  const edges = picture.edges.flatMap((edge): DrawnEdge[] => {
    const { from, to } = edge;
    if (crossed(edge) <= MAX_CROSSED) return [edge];
    const id = `${from}@${to}`;
    const { group } = byId.get(to)!;
    repetitions.push({ ...byId.get(from)!, id, group, layer: null, repeats: from });
    return [
      { from, to: id, isFar: true },
      { from: id, to },
    ];
  });
  return { ...picture, elements: [...picture.elements, ...repetitions], edges };
}

/** The row of each element, from 0, without the space that boxes of namespaces take. */
export function rowsOf(picture: GraphPicture): Map<string, number> {
  const edges = withoutCycles(picture.edges).map(({ from, to }) => ({ from, to, length: 1 }));
  const ids = picture.elements.map(({ id }) => id);
  return rankRows(ids, edges, { indices: layerIndices(picture), gap: 1 });
}
