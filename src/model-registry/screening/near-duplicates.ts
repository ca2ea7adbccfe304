/** Drawings of one label are compared with this many neighbours, at most: by the order of their projection. */
const NEIGHBOURS = 200;

/**
 * The drawings that are nearly the same as an earlier one with the same label, by the cosine of their images: they
 * teach nothing, and a flood of them would outweigh everybody else's.
 *
 * Images whose cosine is c differ by √(2 − 2c) when scaled to length 1, so their projections to any direction differ by
 * no more. Drawings are sorted by one projection, and only those within that distance are compared; of a label with
 * thousands of drawings, the nearest 200.
 *
 * @param images uint8 [N, pixels], row-major.
 * @param labels [N].
 * @param cosine least cosine of a near-duplicate, 0..1; 1 finds none.
 * @returns positions of the later ones, ascending.
 */
export function nearDuplicates(images: Uint8Array, labels: Uint8Array, cosine: number): number[] {
  if (cosine >= 1 || labels.length === 0) return [];
  const pixels = images.length / labels.length;
  const found: number[] = [];
  for (const label of new Set(labels)) {
    const own = Array.from(labels.keys()).filter((i) => labels[i] === label);
    found.push(
      ...amongLabel(
        own,
        own.map((i) => unit(images.subarray(i * pixels, (i + 1) * pixels))),
        cosine,
      ),
    );
  }
  return found.sort((a, b) => a - b);
}

function amongLabel(own: readonly number[], units: readonly Float32Array[], cosine: number): number[] {
  const reach = Math.sqrt(2 - 2 * cosine);
  const projections = units.map(project);
  const order = [...own.keys()].sort((a, b) => projections[a]! - projections[b]! || a - b);
  const isFound = new Uint8Array(own.length);
  order.forEach((a, at) => {
    for (let next = at + 1; next < order.length && next <= at + NEIGHBOURS; next++) {
      const b = order[next]!;
      if (projections[b]! - projections[a]! > reach) break;
      if (dot(units[a]!, units[b]!) >= cosine) isFound[Math.max(a, b)] = 1;
    }
  });
  return own.filter((_, i) => isFound[i] === 1);
}

/** Scaled to length 1; an empty image stays empty. */
function unit(image: Uint8Array): Float32Array {
  let sum = 0;
  for (const pixel of image) sum += pixel * pixel;
  const scale = sum === 0 ? 0 : 1 / Math.sqrt(sum);
  return Float32Array.from(image, (pixel) => pixel * scale);
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** To a direction that tells the halves of an image apart in both axes; of length 1. */
function project(image: Float32Array): number {
  const side = Math.sqrt(image.length);
  let sum = 0;
  for (let i = 0; i < image.length; i++) {
    const [row, col] = [Math.floor(i / side), i % side];
    sum += image[i]! * Math.sin((1.7 * Math.PI * row) / side + (2.9 * Math.PI * col) / side);
  }
  return sum / Math.sqrt(image.length / 2);
}
