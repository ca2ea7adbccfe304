import { IMAGE_PIXELS } from "../../../src/digits/image-format.ts";
import { rasterise } from "../../../src/digits/rasterise.ts";
import type { Point } from "../../../src/domain/drawing.ts";
import { createRandom, type Random } from "../../../src/lib/random.ts";

/** Corners of one outline, in order; x right and y down, of a size of about 100. */
type Corners = (random: Random) => Point[];

const TURN = 2 * Math.PI;

/**
 * Closed outlines that are not digits. No training draws these kinds (`src/synthesis/outlines.ts` has others), so they show
 * whether a model knows a closed outline when it sees one.
 */
const KINDS: Readonly<Record<string, Corners>> = {
  triangle: (random) => regular(3, TURN * random.next(), 0.15, random),
  "right triangle": () => [
    [0, 0],
    [0, 100],
    [80, 100],
  ],
  square: (random) => regular(4, TURN / 8 + 0.1 * random.normal(), 0.06, random),
  rectangle(random) {
    const x = 30 + 40 * random.next();
    return [
      [-x, -50],
      [x, -50],
      [x, 50],
      [-x, 50],
    ];
  },
  diamond: (random) => regular(4, 0.1 * random.normal(), 0.06, random),
  pentagon: (random) => regular(5, -TURN / 4 + 0.1 * random.normal(), 0.06, random),
  hexagon: (random) => regular(6, 0.2 * random.normal(), 0.05, random),
  heart: () =>
    around(40, (t) => [
      48 * Math.sin(t) ** 3,
      3 * (2 * Math.cos(3 * t) + Math.cos(4 * t) + 5 * Math.cos(2 * t) - 13 * Math.cos(t)),
    ]),
  star(random) {
    const inner = 0.38 + 0.1 * random.next();
    return Array.from({ length: 10 }, (_, i) =>
      polar(-TURN / 4 + (i * TURN) / 10, i % 2 === 0 ? 50 : 50 * inner),
    );
  },
  house: () => [
    [0, 100],
    [0, 40],
    [50, 0],
    [100, 40],
    [100, 100],
  ],
  crescent: () => [
    ...Array.from({ length: 21 }, (_, i): Point => polar(-1.9 + (3.8 * i) / 20, 50)),
    ...Array.from({ length: 21 }, (_, i): Point => {
      const angle = 1.5 - (3 * i) / 20;
      return [42 * Math.cos(angle) - 14, 47 * Math.sin(angle)];
    }),
  ],
  trapezium: () => [
    [20, 0],
    [80, 0],
    [110, 70],
    [-10, 70],
  ],
  cloud: () =>
    around(60, (t) => {
      const size = 1 + 0.18 * Math.abs(Math.sin(3.5 * t));
      return [60 * size * Math.cos(t), 40 * size * Math.sin(t)];
    }),
  drop: () => [[0, -70], ...Array.from({ length: 25 }, (_, i): Point => polar(-0.6 + (4.34 * i) / 24, 40))],
};

/** Kinds, their images in turn: uint8 [count, 28, 28], rendered as in the product, the same ones every time. */
export function heldOutOutlines(count: number): { images: Uint8Array; kinds: string[] } {
  const names = Object.keys(KINDS);
  const images = new Uint8Array(count * IMAGE_PIXELS);
  const kinds = Array.from({ length: count }, (_, n) => names[n % names.length]!);
  const random = createRandom(4242);
  kinds.forEach((kind, n) => {
    const own = random.fork(String(n));
    const stroke = byHand(KINDS[kind]!(own), own);
    images.set(rasterise({ strokes: [stroke], width: 400, height: 400 }), n * IMAGE_PIXELS);
  });
  return { images, kinds };
}

/** Joins the corners, from any of them on and either way round: a little stretched, turned and shaky, ends not quite met. */
function byHand(corners: Point[], random: Random): Point[] {
  const start = random.int(corners.length);
  const ring = [...corners.slice(start), ...corners.slice(0, start), corners[start]!];
  if (random.next() < 0.5) ring.reverse();
  const stretch = Math.exp(0.12 * random.normal());
  const angle = 0.08 * random.normal();
  const phase = TURN * random.next();
  const shake = 1.2 * random.next();
  const gap = 3 * random.normal();
  const points = alongEdges(ring);
  return points.map(([x, y], i): Point => {
    const shakenX = stretch * (x + shake * Math.sin(phase + 0.4 * i));
    const shakenY = y + shake * Math.cos(1.3 * phase + 0.33 * i);
    return [
      200 + shakenX * Math.cos(angle) - shakenY * Math.sin(angle) + (i + 1 < points.length ? 0 : gap),
      200 + shakenX * Math.sin(angle) + shakenY * Math.cos(angle),
    ];
  });
}

/** Points about 5 apart along the edges. */
function alongEdges(ring: readonly Point[]): Point[] {
  const points = ring.slice(1).flatMap((to, i) => {
    const from = ring[i]!;
    const pieces = Math.max(2, Math.round(Math.hypot(to[0] - from[0], to[1] - from[1]) / 5));
    return Array.from({ length: pieces }, (_, k): Point => {
      const share = k / pieces;
      return [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])];
    });
  });
  const [x, y] = ring.at(-1)!;
  return [...points, [x, y]];
}

function regular(sides: number, start: number, uneven: number, random: Random): Point[] {
  return Array.from({ length: sides }, (_, i) =>
    polar(start + (i * TURN) / sides, 50 * (1 + uneven * random.normal())),
  );
}

function around(points: number, at: (t: number) => Point): Point[] {
  return Array.from({ length: points }, (_, i) => at((i * TURN) / points));
}

function polar(angle: number, distance: number): Point {
  return [distance * Math.cos(angle), distance * Math.sin(angle)];
}
