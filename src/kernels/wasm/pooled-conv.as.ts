import {
  PooledConvFilterGradientArguments,
  PooledConvInputGradientArguments,
  TapColumnsArguments,
  TapRowsArguments,
} from "../../../build/kernel-arguments.as";
import { ENTRY_BYTES } from "./shared-sizes";

/**
 * The gradients of a 3×3 convolution with stride 1 whose outputs went through 2×2 max pooling with stride 2.
 *
 * Of the four outputs in a window, at most one has a gradient, and with relu and dropout in between often none does:
 * about one output in ten. So the non-zero gradients are listed, and each is multiplied by the weights, or the inputs,
 * that it belongs to. Exact, with three to six times fewer multiplications than Winograd's method.
 */
const SIDE = 3;

/** filter [9, C, K] to [9, K, C], for the input gradient; chunk = tap. */
export function tapRows(args: TapRowsArguments, chunk: i32, _scratch: usize): void {
  transpose(args.filter, args.to, args.channels, args.outChannels, chunk);
}

/** The filter gradient's sums [9, K, C] to [9, C, K]; chunk = tap. */
export function tapColumns(args: TapColumnsArguments, chunk: i32, _scratch: usize): void {
  transpose(args.sums, args.to, args.outChannels, args.channels, chunk);
}

/** Matrix number `index` of [rows, cols] to [cols, rows]. */
function transpose(from: usize, to: usize, rows: i32, cols: i32, index: i32): void {
  const start = (<usize>index * rows * cols) << 2;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) {
      const value = load<f32>(from + start + (<usize>(i * cols + j) << 2));
      store<f32>(to + start + (<usize>(j * rows + i) << 2), value);
    }
  }
}

/**
 * dx of image number `chunk`.
 *
 *   dx[y,x,c] = Σ fh,fw,k  dConv[y + top − fh, x + left − fw, k] · filter[fh,fw,c,k]
 *
 * `dPooled` is [N, PH, PW, K], `which` has a byte for each of its values, `filterRows` is the filter by `tapRows`;
 * `top` and `left` are the forward convolution's padding. C is a multiple of 4.
 * Scratch: outH·(outW + 1) words, then an entry for each of dPooled's values of an image, and K more.
 */
export function pooledConvInputGradient(args: PooledConvInputGradientArguments, chunk: i32, scratch: usize): void {
  const h = args.height;
  const w = args.width;
  const c = args.channels;
  const convH = args.outHeight;
  const convW = args.outWidth;
  const top = args.top;
  const left = args.left;
  listByPixel(args, chunk, scratch);
  const tapBytes = <usize>(args.outChannels * c) << 2;
  const pixel = <usize>c << 2;
  let to = args.dx + <usize>(chunk * h * w) * pixel;
  for (let y = 0; y < h; y++) {
    const firstTap = max(0, y + top - convH + 1);
    const endTap = min(SIDE, y + top + 1);
    for (let x = 0; x < w; x++) {
      const first = max(0, x + left - SIDE + 1);
      const end = max(first, min(convW, x + left + 1));
      // Row by row of the filter, upwards in dConv.
      const starts = scratch + (<usize>((y + top - firstTap) * (convW + 1)) << 2);
      const weights = args.filterRows + <usize>(SIDE * firstTap + x + left) * tapBytes;
      let i: usize = 0;
      for (; i + 128 <= pixel; i += 128) sum8(to + i, endTap - firstTap, starts, convW, first, end, weights + i, SIDE * tapBytes);
      for (; i < pixel; i += 16) sum1(to + i, endTap - firstTap, starts, convW, first, end, weights + i, SIDE * tapBytes);
      to += pixel;
    }
  }
}

/**
 * Lists an image's gradients by the pixel of dConv that they belong to, with the offset of their row of weights
 * as seen from pixel 0: (k − pixel·K)·C·4. The words at `scratch` hold where each pixel's entries start; each row
 * has one more for its end.
 */
function listByPixel(args: PooledConvInputGradientArguments, n: i32, scratch: usize): void {
  const pooledH = args.pooledHeight;
  const pooledW = args.pooledWidth;
  const k = args.outChannels;
  const pixel = <usize>args.channels << 2;
  const convH = args.outHeight;
  const convW = args.outWidth;
  let gradients = args.dPooled + ((<usize>n * pooledH * pooledW * k) << 2);
  let which = args.which + <usize>n * pooledH * pooledW * k;
  let starts = scratch;
  let to = scratch + (<usize>(convH * (convW + 1)) << 2);
  for (let y = 0; y < convH; y++) {
    if (y >> 1 == pooledH) {
      // The odd row at the end, which no window covers.
      for (let x = 0; x <= convW; x++) store<u32>(starts + (<usize>x << 2), to);
      return;
    }
    const line = <usize>(y >> 1) * pooledW * k;
    for (let x = 0; x < convW; x++) {
      store<u32>(starts, to);
      starts += 4;
      if (x >> 1 == pooledW) continue;
      const at = line + <usize>(x >> 1) * k;
      to = listWindow(gradients + (at << 2), which + at, k, ((y & 1) << 1) | (x & 1), to, <usize>(-x * k) * pixel, pixel);
    }
    store<u32>(starts, to);
    starts += 4;
  }
}

/** Appends the entries of one window whose maximum is at `place`; returns the list's new end. */
// @ts-ignore: decorator
@inline
function listWindow(gradients: usize, which: usize, k: i32, place: i32, to: usize, offset: usize, step: usize): usize {
  for (let i = 0; i < k; i++) {
    const value = load<f32>(gradients);
    store<u32>(to, offset);
    store<f32>(to, value, 4);
    to += <usize>(i32(value != 0) & i32(<i32>load<u8>(which) == place)) << 3;
    gradients += 4;
    which++;
    offset += step;
  }
  return to;
}

/** 32 channels of one pixel of dx: over `taps` rows, entries of dConv's pixels [first, end) times their weights. */
function sum8(to: usize, taps: i32, starts: usize, convW: i32, first: i32, end: i32, weights: usize, lineBytes: usize): void {
  let s0 = f32x4.splat(0);
  let s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0;
  for (let tap = 0; tap < taps; tap++) {
    let entry = <usize>load<u32>(starts + (<usize>first << 2));
    const last = <usize>load<u32>(starts + (<usize>end << 2));
    for (; entry < last; entry += ENTRY_BYTES) {
      const row = weights + <usize>load<u32>(entry);
      const value = v128.load32_splat(entry, 4);
      s0 = f32x4.add(s0, f32x4.mul(value, v128.load(row)));
      s1 = f32x4.add(s1, f32x4.mul(value, v128.load(row, 16)));
      s2 = f32x4.add(s2, f32x4.mul(value, v128.load(row, 32)));
      s3 = f32x4.add(s3, f32x4.mul(value, v128.load(row, 48)));
      s4 = f32x4.add(s4, f32x4.mul(value, v128.load(row, 64)));
      s5 = f32x4.add(s5, f32x4.mul(value, v128.load(row, 80)));
      s6 = f32x4.add(s6, f32x4.mul(value, v128.load(row, 96)));
      s7 = f32x4.add(s7, f32x4.mul(value, v128.load(row, 112)));
    }
    starts -= <usize>(convW + 1) << 2;
    weights += lineBytes;
  }
  v128.store(to, s0);
  v128.store(to, s1, 16);
  v128.store(to, s2, 32);
  v128.store(to, s3, 48);
  v128.store(to, s4, 64);
  v128.store(to, s5, 80);
  v128.store(to, s6, 96);
  v128.store(to, s7, 112);
}

/** Like `sum8`, for 4 channels. */
function sum1(to: usize, taps: i32, starts: usize, convW: i32, first: i32, end: i32, weights: usize, lineBytes: usize): void {
  let sum = f32x4.splat(0);
  for (let tap = 0; tap < taps; tap++) {
    let entry = <usize>load<u32>(starts + (<usize>first << 2));
    const last = <usize>load<u32>(starts + (<usize>end << 2));
    for (; entry < last; entry += ENTRY_BYTES) {
      const row = weights + <usize>load<u32>(entry);
      sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(entry, 4), v128.load(row)));
    }
    starts -= <usize>(convW + 1) << 2;
    weights += lineBytes;
  }
  v128.store(to, sum);
}

/**
 * The filter's gradient over a group of images, as a separate sum.
 *
 *   partial[chunk][fh,fw,k,c] = Σ n in group, y, x  dConv[n,y,x,k] · in[n, y + fh − top, x + fw − left, c]
 *
 * `dPooled` is [N, PH, PW, K], `which` has a byte for each of its values, `partial` is [chunks, 9, K, C]. C is a
 * multiple of 4.
 * Scratch: K words to the next 16 bytes, K lists of PH·PW + 1 entries, and one padded image when there is padding.
 */
export function pooledConvFilterGradient(args: PooledConvFilterGradientArguments, chunk: i32, scratch: usize): void {
  const k = args.outChannels;
  const h = args.height;
  const w = args.width;
  const c = args.channels;
  const paddedH = args.paddedHeight;
  const paddedW = args.paddedWidth;
  const perChunk = args.imagesAChunk;
  const endImage = min(args.batch, (chunk + 1) * perChunk);
  const pixel = <usize>c << 2;
  const ends = scratch;
  const lists = scratch + <usize>(((k << 2) + 15) & ~15);
  const listBytes = <usize>(args.pooledHeight * args.pooledWidth + 1) * ENTRY_BYTES;
  const padded = lists + <usize>k * listBytes;
  const partial = args.partial + <usize>(9 * chunk * k) * pixel;
  const isPadded = paddedH != h || paddedW != w;
  memory.fill(partial, 0, <usize>(9 * k) * pixel);
  if (isPadded) memory.fill(padded, 0, <usize>(paddedH * paddedW) * pixel);
  for (let n = chunk * perChunk; n < endImage; n++) {
    let image = args.input + <usize>(n * h * w) * pixel;
    if (isPadded) {
      const corner = padded + <usize>(args.top * paddedW + args.left) * pixel;
      for (let y = 0; y < h; y++) memory.copy(corner + <usize>(y * paddedW) * pixel, image + <usize>(y * w) * pixel, <usize>w * pixel);
      image = padded;
    }
    listByChannel(args, n, ends, lists, listBytes);
    for (let j = 0; j < k; j++) {
      const list = lists + <usize>j * listBytes;
      const end = <usize>load<u32>(ends + (<usize>j << 2));
      for (let tap = 0; tap < 9; tap++) {
        const from = image + <usize>((tap / SIDE) * paddedW + (tap % SIDE)) * pixel;
        const to = partial + <usize>(tap * k + j) * pixel;
        let i: usize = 0;
        for (; i + 128 <= pixel; i += 128) addInputs8(to + i, list, end, from + i);
        for (; i < pixel; i += 16) addInputs1(to + i, list, end, from + i);
      }
    }
  }
}

/** Lists an image's gradients by channel, each with the offset of its first input. */
function listByChannel(args: PooledConvFilterGradientArguments, n: i32, ends: usize, lists: usize, listBytes: usize): void {
  const pooledH = args.pooledHeight;
  const pooledW = args.pooledWidth;
  const k = args.outChannels;
  const pixel = <usize>args.channels << 2;
  const line = <usize>args.paddedWidth * pixel;
  let gradients = args.dPooled + ((<usize>n * pooledH * pooledW * k) << 2);
  let which = args.which + <usize>n * pooledH * pooledW * k;
  for (let j = 0; j < k; j++) store<u32>(ends + (<usize>j << 2), lists + <usize>j * listBytes);
  for (let y = 0; y < pooledH; y++) {
    for (let x = 0; x < pooledW; x++) {
      const corner = <usize>(2 * y) * line + <usize>(2 * x) * pixel;
      for (let j: usize = 0; j < <usize>(k << 2); j += 4) {
        const value = load<f32>(gradients);
        const place = <usize>load<u8>(which);
        const to = <usize>load<u32>(ends + j);
        store<u32>(to, corner + (place >> 1) * line + (place & 1) * pixel);
        store<f32>(to, value, 4);
        store<u32>(ends + j, to + (<usize>i32(value != 0) << 3));
        gradients += 4;
        which++;
      }
    }
  }
}

/** Adds a list's values times the 32 channels of their inputs. */
function addInputs8(to: usize, entry: usize, end: usize, from: usize): void {
  let s0 = v128.load(to), s1 = v128.load(to, 16), s2 = v128.load(to, 32), s3 = v128.load(to, 48);
  let s4 = v128.load(to, 64), s5 = v128.load(to, 80), s6 = v128.load(to, 96), s7 = v128.load(to, 112);
  for (; entry < end; entry += ENTRY_BYTES) {
    const input = from + <usize>load<u32>(entry);
    const value = v128.load32_splat(entry, 4);
    s0 = f32x4.add(s0, f32x4.mul(value, v128.load(input)));
    s1 = f32x4.add(s1, f32x4.mul(value, v128.load(input, 16)));
    s2 = f32x4.add(s2, f32x4.mul(value, v128.load(input, 32)));
    s3 = f32x4.add(s3, f32x4.mul(value, v128.load(input, 48)));
    s4 = f32x4.add(s4, f32x4.mul(value, v128.load(input, 64)));
    s5 = f32x4.add(s5, f32x4.mul(value, v128.load(input, 80)));
    s6 = f32x4.add(s6, f32x4.mul(value, v128.load(input, 96)));
    s7 = f32x4.add(s7, f32x4.mul(value, v128.load(input, 112)));
  }
  v128.store(to, s0);
  v128.store(to, s1, 16);
  v128.store(to, s2, 32);
  v128.store(to, s3, 48);
  v128.store(to, s4, 64);
  v128.store(to, s5, 80);
  v128.store(to, s6, 96);
  v128.store(to, s7, 112);
}

/** Like `addInputs8`, for 4 channels. */
function addInputs1(to: usize, entry: usize, end: usize, from: usize): void {
  let sum = v128.load(to);
  for (; entry < end; entry += ENTRY_BYTES) {
    const input = from + <usize>load<u32>(entry);
    sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(entry, 4), v128.load(input)));
  }
  v128.store(to, sum);
}
