import {
  WinogradConvArguments,
  WinogradFilterArguments,
  WinogradFilterGradientArguments,
} from "../../../build/kernel-arguments.as";
import { packColumns, packRows } from "./pack.as";
import {
  A_STEP, B_STEP, EDGE_BYTES, GRADIENT_TILES, STRIP_TILES, TILE_COLS, TILE_ROWS, WINOGRAD_ELEMENTS, WINOGRAD_TEMP_BYTES,
} from "./shared-sizes";
import { strip } from "./tile.as";

/**
 * Winograd's minimal filtering F(4×4, 3×3): a tile of 4×4 outputs from 6×6 inputs with 36 multiplications for
 * each pair of channels instead of 144.
 *
 *   Y = Aᵀ [ (G g Gᵀ) ⊙ (Bᵀ d B) ] A
 *
 * with the points 0, ±1, ±2, ∞. The product in the middle is, for each of the 36 elements, a matrix product over
 * channels. Results differ from direct convolution by about 1e-6 of the largest value.
 *
 * Source: A. Lavin, S. Gray, "Fast Algorithms for Convolutional Neural Networks", 2015, section 4.3; the filter
 * gradient is F(3×3, 4×4) on the same points.
 */

/** Reads six vectors `distance` bytes apart, writes their 1-D input transform Bᵀ `toDistance` apart. */
// @ts-ignore: decorator
@inline
function inputTransform(from: usize, distance: usize, to: usize, toDistance: usize): void {
  const d0 = v128.load(from);
  const d1 = v128.load(from + distance);
  const d2 = v128.load(from + 2 * distance);
  const d3 = v128.load(from + 3 * distance);
  const d4 = v128.load(from + 4 * distance);
  const d5 = v128.load(from + 5 * distance);
  const four = f32x4.splat(4);
  const five = f32x4.splat(5);
  v128.store(to, f32x4.add(f32x4.sub(f32x4.mul(d0, four), f32x4.mul(d2, five)), d4));
  const e = f32x4.sub(d4, f32x4.mul(d2, four));
  const o = f32x4.sub(d3, f32x4.mul(d1, four));
  v128.store(to + toDistance, f32x4.add(e, o));
  v128.store(to + 2 * toDistance, f32x4.sub(e, o));
  const f = f32x4.sub(d4, d2);
  const g = f32x4.sub(d3, d1);
  const p = f32x4.add(g, g);
  v128.store(to + 3 * toDistance, f32x4.add(f, p));
  v128.store(to + 4 * toDistance, f32x4.sub(f, p));
  v128.store(to + 5 * toDistance, f32x4.add(f32x4.sub(f32x4.mul(d1, four), f32x4.mul(d3, five)), d5));
}

/**
 * Transforms the 6×6 inputs of one tile, all channels.
 *
 * @param image [H, W, C]; positions outside are 0. `y`, `x` is the tile's first one.
 * @param to   element e, channel c goes to `to + e·elementBytes + c·4`.
 * @param temp WINOGRAD_TEMP_BYTES bytes.
 */
function transformInputTile(
  image: usize, h: i32, w: i32, c: i32, y: i32, x: i32, to: usize, elementBytes: usize, temp: usize,
): void {
  const pixel = <usize>c << 2;
  const line = <usize>w * pixel;
  const inside = y >= 0 && x >= 0 && y + 6 <= h && x + 6 <= w;
  const half = temp + 576;
  if (!inside) memory.fill(temp, 0, 576);
  for (let i: usize = 0; i < pixel; i += 16) {
    let from = image + i + <usize>(y * w + x) * pixel;
    let fromLine = line;
    let fromPixel = pixel;
    if (!inside) {
      gather(image + i, h, w, pixel, y, x, temp);
      from = temp;
      fromLine = 96;
      fromPixel = 16;
    }
    for (let j: usize = 0; j < 6; j++) inputTransform(from + j * fromPixel, fromLine, half + j * 16, 96);
    for (let j: usize = 0; j < 6; j++) inputTransform(half + j * 96, 16, to + i + j * 6 * elementBytes, elementBytes);
  }
}

/** Copies four channels of the part of a 6×6 tile that is inside the image; the rest of `to` is unchanged. */
function gather(image: usize, h: i32, w: i32, pixel: usize, y: i32, x: i32, to: usize): void {
  const firstX = max(0, x);
  const endX = min(w, x + 6);
  for (let i = max(0, y), endY = min(h, y + 6); i < endY; i++) {
    let from = image + <usize>(i * w + firstX) * pixel;
    let at = to + (<usize>((i - y) * 6 + firstX - x) << 4);
    for (let j = firstX; j < endX; j++) {
      v128.store(at, v128.load(from));
      from += pixel;
      at += 16;
    }
  }
}

/** Six vectors in, four out: Aᵀ. */
// @ts-ignore: decorator
@inline
function outputTransform(from: usize, distance: usize, to: usize, toDistance: usize): void {
  const m1 = v128.load(from + distance);
  const m2 = v128.load(from + 2 * distance);
  const m3 = v128.load(from + 3 * distance);
  const m4 = v128.load(from + 4 * distance);
  const s = f32x4.add(m1, m2);
  const d = f32x4.sub(m1, m2);
  const p = f32x4.add(m3, m4);
  const q = f32x4.sub(m3, m4);
  v128.store(to, f32x4.add(f32x4.add(v128.load(from), s), p));
  v128.store(to + toDistance, f32x4.add(d, f32x4.add(q, q)));
  v128.store(to + 2 * toDistance, f32x4.add(s, f32x4.mul(p, f32x4.splat(4))));
  const last = f32x4.add(d, v128.load(from + 5 * distance));
  v128.store(to + 3 * toDistance, f32x4.add(last, f32x4.mul(q, f32x4.splat(8))));
}

/** Four vectors in, six out: A, which evaluates a polynomial of degree 3 at the points. */
// @ts-ignore: decorator
@inline
function evaluate4(from: usize, distance: usize, to: usize, toDistance: usize): void {
  const y0 = v128.load(from);
  const y1 = v128.load(from + distance);
  const y2 = v128.load(from + 2 * distance);
  const y3 = v128.load(from + 3 * distance);
  const four = f32x4.splat(4);
  v128.store(to, y0);
  const e = f32x4.add(y0, y2);
  const o = f32x4.add(y1, y3);
  v128.store(to + toDistance, f32x4.add(e, o));
  v128.store(to + 2 * toDistance, f32x4.sub(e, o));
  const e2 = f32x4.add(y0, f32x4.mul(y2, four));
  const h = f32x4.add(y1, f32x4.mul(y3, four));
  const o2 = f32x4.add(h, h);
  v128.store(to + 3 * toDistance, f32x4.add(e2, o2));
  v128.store(to + 4 * toDistance, f32x4.sub(e2, o2));
  v128.store(to + 5 * toDistance, y3);
}

/** Bytes of the packed, transformed filter for one of the 36 elements. */
// @ts-ignore: decorator
@inline
function elementPanelsBytes(depth: i32, cols: i32): usize {
  return <usize>((cols + TILE_COLS - 1) / TILE_COLS) * <usize>(depth + 1) * B_STEP;
}

/**
 * Transforms and packs one panel's worth of a filter [3, 3, C, K]: G g Gᵀ, each of the 36 elements a matrix in
 * panels with a row of zeros before each. Chunk = input channel of the filter.
 *
 * Columns beyond the last one of a panel are not written. `flipped` is for the input gradient: taps in reverse order, K summed over.
 */
export function winogradFilter(args: WinogradFilterArguments, chunk: i32, scratch: usize): void {
  const c = args.channels;
  const k = args.outChannels;
  const flipped = args.flipped;
  const tapBytes = <usize>(c * k) << 2;
  const depth = flipped ? k : c;
  const elementBytes = elementPanelsBytes(depth, flipped ? c : k);
  const panelBytes = <usize>(depth + 1) * B_STEP;
  if (chunk == 0) {
    // The first step of a panel is the value that the products are added to.
    const end = args.to + <usize>WINOGRAD_ELEMENTS * elementBytes;
    for (let first = args.to; first < end; first += panelBytes) memory.fill(first, 0, B_STEP);
  }
  const half = scratch;
  const whole = scratch + 288;
  for (let j = 0; j < k; j += 4) {
    const filter = args.filter + (<usize>(chunk * k + j) << 2);
    for (let x: usize = 0; x < 3; x++) {
      const first = filter + (flipped ? 8 - x : x) * tapBytes;
      filterTransform(first, flipped ? -3 * tapBytes : 3 * tapBytes, half + x * 16, 48);
    }
    for (let y: usize = 0; y < 6; y++) filterTransform(half + y * 48, 16, whole + y * 96, 16);
    let from = whole;
    if (flipped) {
      // Column = this input channel, rows = four output channels.
      let to = args.to + <usize>(chunk / TILE_COLS) * panelBytes + <usize>(j + 1) * B_STEP + (<usize>(chunk % TILE_COLS) << 2);
      for (let e = 0; e < WINOGRAD_ELEMENTS; e++) {
        for (let i: usize = 0; i < 4; i++) store<f32>(to + i * B_STEP, load<f32>(from + (i << 2)));
        to += elementBytes;
        from += 16;
      }
    } else {
      let to = args.to + <usize>(j / TILE_COLS) * panelBytes + <usize>(chunk + 1) * B_STEP + (<usize>(j % TILE_COLS) << 2);
      for (let e = 0; e < WINOGRAD_ELEMENTS; e++) {
        v128.store(to, v128.load(from));
        to += elementBytes;
        from += 16;
      }
    }
  }
}

/** Three vectors in, six out: G. */
function filterTransform(from: usize, distance: usize, to: usize, toDistance: usize): void {
  const w0 = v128.load(from);
  const w1 = v128.load(from + distance);
  const w2 = v128.load(from + 2 * distance);
  v128.store(to, f32x4.mul(w0, f32x4.splat(0.25)));
  const sixth = f32x4.splat(-1.0 / 6.0);
  const even = f32x4.mul(f32x4.add(w0, w2), sixth);
  const odd = f32x4.mul(w1, sixth);
  v128.store(to + toDistance, f32x4.add(even, odd));
  v128.store(to + 2 * toDistance, f32x4.sub(even, odd));
  const even2 = f32x4.add(f32x4.mul(w0, f32x4.splat(1.0 / 24.0)), f32x4.mul(w2, f32x4.splat(1.0 / 6.0)));
  const odd2 = f32x4.mul(w1, f32x4.splat(1.0 / 12.0));
  v128.store(to + 3 * toDistance, f32x4.add(even2, odd2));
  v128.store(to + 4 * toDistance, f32x4.sub(even2, odd2));
  v128.store(to + 5 * toDistance, w2);
}

/**
 * Convolution with a 3×3 filter, stride 1, of strip number `chunk` of the tiles of all images.
 *
 * `packed` is the filter packed by `winogradFilter`, `bias` [K] or 0. With `which`, out is pooled 2×2,
 * [N, ⌊outH/2⌋, ⌊outW/2⌋, K], and `which` (bytes of the same shape) holds which of a window's four is the maximum, the
 * first one of equals.
 * The strides are the bytes between the 36 elements' matrices of STRIP_TILES·C inputs and STRIP_TILES·K products.
 * C and K are multiples of 4. Scratch: WINOGRAD_TEMP_BYTES + EDGE_BYTES + A_STEP·C bytes, and 36 times each stride.
 */
export function winogradConv(args: WinogradConvArguments, chunk: i32, scratch: usize): void {
  const h = args.height;
  const w = args.width;
  const c = args.channels;
  const outH = args.outHeight;
  const outW = args.outWidth;
  const k = args.outChannels;
  const tilesY = (outH + 3) / 4;
  const tilesX = (outW + 3) / 4;
  const first = chunk * STRIP_TILES;
  const tiles = min(args.batch * tilesY * tilesX - first, STRIP_TILES);
  const imageBytes = <usize>(h * w * c) << 2;
  const temp = scratch;
  const edge = temp + WINOGRAD_TEMP_BYTES;
  const packedA = edge + EDGE_BYTES;
  const transformed = packedA + <usize>c * A_STEP;
  const inElement = args.inputStride;
  const products = transformed + WINOGRAD_ELEMENTS * inElement;
  const outElement = args.productStride;

  for (let t = 0; t < tiles; t++) {
    const tile = (first + t) % (tilesY * tilesX);
    const image = args.input + <usize>((first + t) / (tilesY * tilesX)) * imageBytes;
    const y = (tile / tilesX) * 4 - args.top;
    const x = (tile % tilesX) * 4 - args.left;
    transformInputTile(image, h, w, c, y, x, transformed + ((<usize>t * c) << 2), inElement, temp);
  }

  const panelBytes = <usize>(c + 1) * B_STEP;
  const elementBytes = elementPanelsBytes(c, k);
  for (let e = 0; e < WINOGRAD_ELEMENTS; e++) {
    const filter = args.packed + <usize>e * elementBytes;
    for (let t = 0; t < tiles; t += TILE_ROWS) {
      const rows = min(tiles - t, TILE_ROWS);
      packRows(packedA, transformed + <usize>e * inElement + ((<usize>t * c) << 2), <usize>c << 2, rows, c);
      const to = products + <usize>e * outElement + ((<usize>t * k) << 2);
      strip(packedA, filter + B_STEP, panelBytes, c, to, <usize>k << 2, filter, -Infinity, rows, k, edge);
    }
  }

  for (let t = 0; t < tiles; t++) {
    const tile = (first + t) % (tilesY * tilesX);
    const n = (first + t) / (tilesY * tilesX);
    const y = (tile / tilesX) * 4;
    const x = (tile % tilesX) * 4;
    const from = products + ((<usize>t * k) << 2);
    if (args.which) storePooledTile(args, n, y, x, from, outElement, temp);
    else storeOutputTile(args, n, y, x, from, outElement, temp);
  }
}

/** Transforms one tile's products back and stores the part inside the output, with bias and bound. */
function storeOutputTile(args: WinogradConvArguments, n: i32, y: i32, x: i32, from: usize, elementBytes: usize, temp: usize): void {
  const outH = args.outHeight;
  const outW = args.outWidth;
  const k = args.outChannels;
  const bias = args.bias;
  const low = f32x4.splat(args.low);
  const rows = min(4, outH - y);
  const cols = min(4, outW - x);
  const pixel = <usize>k << 2;
  const out = args.output + <usize>((n * outH + y) * outW + x) * pixel;
  const whole = temp + 384;
  for (let i: usize = 0; i < pixel; i += 16) {
    for (let j: usize = 0; j < 6; j++) outputTransform(from + i + j * elementBytes, 6 * elementBytes, temp + j * 16, 96);
    for (let j: usize = 0; j < 4; j++) outputTransform(temp + j * 96, 16, whole + j * 64, 16);
    const b = bias ? v128.load(bias + i) : f32x4.splat(0);
    for (let r = 0; r < rows; r++) {
      let to = out + i + <usize>(r * outW) * pixel;
      let value = whole + (<usize>r << 6);
      for (let q = 0; q < cols; q++) {
        v128.store(to, f32x4.pmax(f32x4.add(v128.load(value), b), low));
        to += pixel;
        value += 16;
      }
    }
  }
}

/** Like `storeOutputTile`, but stores the maximum of each 2×2 of the outputs, and which one it is. */
function storePooledTile(args: WinogradConvArguments, n: i32, y: i32, x: i32, from: usize, elementBytes: usize, temp: usize): void {
  const outH = args.outHeight >> 1;
  const outW = args.outWidth >> 1;
  const k = args.outChannels;
  const bias = args.bias;
  const low = f32x4.splat(args.low);
  const rows = min(2, outH - (y >> 1));
  const cols = min(2, outW - (x >> 1));
  const first = <usize>((n * outH + (y >> 1)) * outW + (x >> 1)) * k;
  const out = args.output + (first << 2);
  const which = args.which + first;
  const whole = temp + 384;
  for (let i: usize = 0; i < <usize>k; i += 4) {
    const at = from + (i << 2);
    for (let j: usize = 0; j < 6; j++) outputTransform(at + j * elementBytes, 6 * elementBytes, temp + j * 16, 96);
    for (let j: usize = 0; j < 4; j++) outputTransform(temp + j * 96, 16, whole + j * 64, 16);
    const b = bias ? v128.load(bias + (i << 2)) : f32x4.splat(0);
    for (let r = 0; r < rows; r++) {
      for (let q = 0; q < cols; q++) {
        const window = whole + (<usize>r << 7) + (<usize>q << 5);
        const to = <usize>((r * outW + q) * k) + i;
        storeMaximum(window, b, low, out + (to << 2), which + to);
      }
    }
  }
}

/** The maximum of a 2×2 window of vectors, rows 64 bytes apart, plus bias and bounded; its position 0…3 as four bytes. */
// @ts-ignore: decorator
@inline
function storeMaximum(window: usize, bias: v128, low: v128, to: usize, which: usize): void {
  const x1 = v128.load(window, 16);
  const x2 = v128.load(window, 64);
  const x3 = v128.load(window, 80);
  let best = v128.load(window);
  let place = v128.and(f32x4.gt(x1, best), i32x4.splat(1));
  best = f32x4.pmax(best, x1);
  place = i32x4.max_s(place, v128.and(f32x4.gt(x2, best), i32x4.splat(2)));
  best = f32x4.pmax(best, x2);
  place = i32x4.max_s(place, v128.and(f32x4.gt(x3, best), i32x4.splat(3)));
  best = f32x4.pmax(best, x3);
  v128.store(to, f32x4.pmax(f32x4.add(best, bias), low));
  const halves = i16x8.narrow_i32x4_s(place, place);
  store<i32>(which, i32x4.extract_lane(i8x16.narrow_i16x8_s(halves, halves), 0));
}

/**
 * The filter gradient of a 3×3 convolution with stride 1, over a group of images, as a sum per chunk.
 *
 * `partial` is [chunks, 3, 3, C, K]. C and K are multiples of 4.
 * The strides are the bytes between the 36 elements' matrices of GRADIENT_TILES·C inputs, GRADIENT_TILES·⌈K/8⌉·8 of dy
 * and C·K sums. Scratch: WINOGRAD_TEMP_BYTES + EDGE_BYTES + A_STEP·GRADIENT_TILES bytes, and 36 times each stride.
 */
export function winogradFilterGradient(args: WinogradFilterGradientArguments, chunk: i32, scratch: usize): void {
  const h = args.height;
  const w = args.width;
  const c = args.channels;
  const outH = args.outHeight;
  const outW = args.outWidth;
  const k = args.outChannels;
  const perChunk = args.imagesAChunk;
  const tilesX = (outW + 3) / 4;
  const tilesAnImage = ((outH + 3) / 4) * tilesX;
  const lastTile = min(args.batch, (chunk + 1) * perChunk) * tilesAnImage;
  const temp = scratch;
  const edge = temp + WINOGRAD_TEMP_BYTES;
  const packedA = edge + EDGE_BYTES;
  const transformed = packedA + <usize>GRADIENT_TILES * A_STEP;
  const inElement = args.inputStride;
  const panels = transformed + <usize>WINOGRAD_ELEMENTS * inElement;
  const panelBytes = <usize>GRADIENT_TILES * B_STEP;
  const dyElement = args.dyStride;
  const sums = panels + <usize>WINOGRAD_ELEMENTS * dyElement;
  const sumElement = args.sumStride;
  memory.fill(sums, 0, <usize>WINOGRAD_ELEMENTS * sumElement);

  for (let first = chunk * perChunk * tilesAnImage; first < lastTile; first += GRADIENT_TILES) {
    const tiles = min(lastTile - first, GRADIENT_TILES);
    for (let t = 0; t < tiles; t++) {
      const n = (first + t) / tilesAnImage;
      const y = (((first + t) % tilesAnImage) / tilesX) * 4;
      const x = ((first + t) % tilesX) * 4;
      const image = args.input + ((<usize>(n * h) * (w * c)) << 2);
      transformInputTile(image, h, w, c, y - args.top, x - args.left, transformed + ((<usize>t * c) << 2), inElement, temp);
      const dy = args.dy + ((<usize>(n * outH) * (outW * k)) << 2);
      transformGradientTile(dy, outH, outW, k, y, x, panels + <usize>t * B_STEP, panelBytes, dyElement, temp);
    }
    for (let e = 0; e < WINOGRAD_ELEMENTS; e++) {
      const b = panels + <usize>e * dyElement;
      for (let row = 0; row < c; row += TILE_ROWS) {
        const rows = min(c - row, TILE_ROWS);
        packColumns(packedA, transformed + <usize>e * inElement + (<usize>row << 2), <usize>c << 2, rows, tiles);
        const to = sums + <usize>e * sumElement + ((<usize>row * k) << 2);
        strip(packedA, b, panelBytes, tiles, to, <usize>k << 2, 0, -Infinity, rows, k, edge);
      }
    }
  }
  const filterBytes = <usize>(c * k) << 2;
  storeFilterGradient(sums, sumElement, args.partial + <usize>(9 * chunk) * filterBytes, filterBytes, temp);
}

/** Transforms a 4×4 tile of dy, all channels; element e of channels 8j … 8j+7 goes to `to + e·elementBytes + j·panelBytes`. */
function transformGradientTile(
  dy: usize, h: i32, w: i32, k: i32, y: i32, x: i32, to: usize, panelBytes: usize, elementBytes: usize, temp: usize,
): void {
  const pixel = <usize>k << 2;
  const line = <usize>w * pixel;
  const inside = y + 4 <= h && x + 4 <= w;
  const half = temp + 256;
  for (let i: usize = 0; i < pixel; i += 16) {
    let from = dy + i + <usize>(y * w + x) * pixel;
    let fromLine = line;
    let fromPixel = pixel;
    if (!inside) {
      for (let r = 0; r < 4; r++) {
        for (let q = 0; q < 4; q++) {
          const isThere = y + r < h && x + q < w;
          const value = isThere ? v128.load(from + <usize>r * line + <usize>q * pixel) : f32x4.splat(0);
          v128.store(temp + (<usize>(4 * r + q) << 4), value);
        }
      }
      from = temp;
      fromLine = 64;
      fromPixel = 16;
    }
    for (let j: usize = 0; j < 4; j++) evaluate4(from + j * fromPixel, fromLine, half + j * 16, 64);
    const panel = to + (i >> 5) * panelBytes + (i & 16);
    for (let j: usize = 0; j < 6; j++) evaluate4(half + j * 64, 16, panel + j * 6 * elementBytes, elementBytes);
  }
}

/** Transforms the 36 sums [C, K] back to a filter [3, 3, C, K]. */
function storeFilterGradient(sums: usize, elementBytes: usize, to: usize, tapBytes: usize, temp: usize): void {
  for (let i: usize = 0; i < tapBytes; i += 16) {
    for (let j: usize = 0; j < 6; j++) threeOfSix(sums + i + j * elementBytes, 6 * elementBytes, temp + j * 16, 96);
    for (let j: usize = 0; j < 3; j++) threeOfSix(temp + j * 96, 16, to + i + 3 * j * tapBytes, tapBytes);
  }
}

/** Six vectors in, three out: the output transform of F(3, 4), with the points' factors, which `evaluate4` omits. */
function threeOfSix(from: usize, distance: usize, to: usize, toDistance: usize): void {
  const sixth = f32x4.splat(-1.0 / 6.0);
  const m1 = f32x4.mul(v128.load(from + distance), sixth);
  const m2 = f32x4.mul(v128.load(from + 2 * distance), sixth);
  const small = f32x4.splat(1.0 / 24.0);
  const m3 = f32x4.mul(v128.load(from + 3 * distance), small);
  const m4 = f32x4.mul(v128.load(from + 4 * distance), small);
  const m0 = f32x4.mul(v128.load(from), f32x4.splat(0.25));
  const m5 = v128.load(from + 5 * distance);
  const s = f32x4.add(m1, m2);
  const d = f32x4.sub(m1, m2);
  const p = f32x4.add(m3, m4);
  const q = f32x4.sub(m3, m4);
  v128.store(to, f32x4.add(f32x4.add(m0, s), p));
  v128.store(to + toDistance, f32x4.add(d, f32x4.add(q, q)));
  v128.store(to + 2 * toDistance, f32x4.add(f32x4.add(s, f32x4.mul(p, f32x4.splat(4))), m5));
}
