/**
 * Moves and scales points into the unit square, both axes alike, so that distances keep their proportions; the shorter
 * side is centred. Coordinates are rounded to ten-thousandths.
 *
 * @param points [N][2], finite.
 */
export function unitSquare(points: readonly (readonly number[])[]): { x: number[]; y: number[] } {
  const [x, y] = [points.map((point) => point[0]!), points.map((point) => point[1]!)];
  const [across, down] = [rangeOf(x), rangeOf(y)];
  const side = Math.max(across.size, down.size) || 1;
  const placed = ({ low, size }: Range, value: number) => {
    const share = (value - low + (side - size) / 2) / side;
    return Math.round(Math.min(1, Math.max(0, share)) * 10_000) / 10_000;
  };
  return { x: x.map((value) => placed(across, value)), y: y.map((value) => placed(down, value)) };
}

interface Range {
  low: number;
  size: number;
}

function rangeOf(values: readonly number[]): Range {
  const low = values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const high = values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  return { low, size: high - low };
}
