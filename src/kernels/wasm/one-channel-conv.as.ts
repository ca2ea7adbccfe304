import { OneChannelConvArguments, OneChannelConvGradientArguments } from "../../../build/kernel-arguments.as";

/**
 * 3×3 convolutions with stride 1 of images of one channel, such as greyscale ones, and the gradients below relu.
 * There are too few multiplications for packed products to pay off: each pixel is stored in all four lanes once, and the
 * output channels are the vectors.
 */
const TAPS: usize = 9;
const TAPS_AND_BIAS: usize = 10;

/** Pixels of image number `n` in four lanes each, with the padding around: [outH + 2, outW + 2]. */
// @ts-ignore: decorator
@inline
function spread(images: usize, n: i32, h: i32, w: i32, outH: i32, outW: i32, top: i32, left: i32, to: usize): void {
  const width = outW + 2;
  const height = outH + 2;
  if (height != h || width != w) memory.fill(to, 0, (<usize>height * width) << 4);
  let from = images + ((<usize>n * h * w) << 2);
  for (let y = 0; y < h; y++) {
    let at = to + (<usize>((y + top) * width + left) << 4);
    for (let x = 0; x < w; x++) {
      v128.store(at, v128.load32_splat(from));
      from += 4;
      at += 16;
    }
  }
}

/**
 * out = max(low, conv(in, filter) + bias) of image number `chunk`.
 *
 * `filter` is [9, K], `bias` [K] or 0; K is a multiple of 4.
 * Scratch: 16·(outH + 2)·(outW + 2) bytes.
 */
export function oneChannelConv(args: OneChannelConvArguments, chunk: i32, scratch: usize): void {
  const outH = args.outHeight;
  const outW = args.outWidth;
  spread(args.input, chunk, args.height, args.width, outH, outW, args.top, args.left, scratch);
  const bytes = <usize>args.outChannels << 2;
  const bias = args.bias;
  const low = args.low;
  const line = <usize>(outW + 2) << 4;
  let out = args.output + <usize>(chunk * outH * outW) * bytes;
  for (let y = 0; y < outH; y++) {
    let pixel = scratch + <usize>y * line;
    for (let x = 0; x < outW; x++) {
      let i: usize = 0;
      for (; i + 128 <= bytes; i += 128) pixel8(out + i, pixel, line, args.filter + i, bytes, bias ? bias + i : 0, low);
      for (; i < bytes; i += 16) pixel1(out + i, pixel, line, args.filter + i, bytes, bias ? bias + i : 0, low);
      out += bytes;
      pixel += 16;
    }
  }
}

/** 32 output channels of one pixel. */
// @ts-ignore: decorator
@inline
function pixel8(to: usize, pixel: usize, line: usize, filter: usize, tapBytes: usize, bias: usize, low: f32): void {
  let s0 = f32x4.splat(0);
  let s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0;
  if (bias) {
    s0 = v128.load(bias);
    s1 = v128.load(bias, 16);
    s2 = v128.load(bias, 32);
    s3 = v128.load(bias, 48);
    s4 = v128.load(bias, 64);
    s5 = v128.load(bias, 80);
    s6 = v128.load(bias, 96);
    s7 = v128.load(bias, 112);
  }
  for (let row = 0; row < 3; row++) {
    for (const end = pixel + 48; pixel < end; pixel += 16) {
      const value = v128.load(pixel);
      s0 = f32x4.add(s0, f32x4.mul(value, v128.load(filter)));
      s1 = f32x4.add(s1, f32x4.mul(value, v128.load(filter, 16)));
      s2 = f32x4.add(s2, f32x4.mul(value, v128.load(filter, 32)));
      s3 = f32x4.add(s3, f32x4.mul(value, v128.load(filter, 48)));
      s4 = f32x4.add(s4, f32x4.mul(value, v128.load(filter, 64)));
      s5 = f32x4.add(s5, f32x4.mul(value, v128.load(filter, 80)));
      s6 = f32x4.add(s6, f32x4.mul(value, v128.load(filter, 96)));
      s7 = f32x4.add(s7, f32x4.mul(value, v128.load(filter, 112)));
      filter += tapBytes;
    }
    pixel += line - 48;
  }
  const l = f32x4.splat(low);
  v128.store(to, f32x4.pmax(s0, l));
  v128.store(to, f32x4.pmax(s1, l), 16);
  v128.store(to, f32x4.pmax(s2, l), 32);
  v128.store(to, f32x4.pmax(s3, l), 48);
  v128.store(to, f32x4.pmax(s4, l), 64);
  v128.store(to, f32x4.pmax(s5, l), 80);
  v128.store(to, f32x4.pmax(s6, l), 96);
  v128.store(to, f32x4.pmax(s7, l), 112);
}

/** 4 output channels of one pixel. */
function pixel1(to: usize, pixel: usize, line: usize, filter: usize, tapBytes: usize, bias: usize, low: f32): void {
  let sum = bias ? v128.load(bias) : f32x4.splat(0);
  for (let row = 0; row < 3; row++) {
    for (const end = pixel + 48; pixel < end; pixel += 16) {
      sum = f32x4.add(sum, f32x4.mul(v128.load(pixel), v128.load(filter)));
      filter += tapBytes;
    }
    pixel += line - 48;
  }
  v128.store(to, f32x4.pmax(sum, f32x4.splat(low)));
}

/**
 * The gradients of filter and bias below relu, over a group of images, as sums per chunk. With
 * dz = y > 0 ? dy : 0,
 *
 *   partial[chunk][3·fh + fw, k] = Σ n in group, y, x  in[n, y + fh − top, x + fw − left] · dz[n,y,x,k]
 *   partial[chunk][9, k] = Σ dz[n,y,x,k]
 *
 * `y` and `dy` are [N, outH, outW, K], `partial` is [chunks, 10, K]; K is a multiple of 4. Scratch: as `oneChannelConv`.
 */
export function oneChannelConvGradient(args: OneChannelConvGradientArguments, chunk: i32, scratch: usize): void {
  const outH = args.outHeight;
  const outW = args.outWidth;
  const bytes = <usize>args.outChannels << 2;
  const perChunk = args.imagesAChunk;
  const endImage = min(args.batch, (chunk + 1) * perChunk);
  const line = <usize>(outW + 2) << 4;
  const partial = args.partial + <usize>chunk * TAPS_AND_BIAS * bytes;
  memory.fill(partial, 0, TAPS_AND_BIAS * bytes);
  for (let n = chunk * perChunk; n < endImage; n++) {
    spread(args.input, n, args.height, args.width, outH, outW, args.top, args.left, scratch);
    let at = <usize>(n * outH * outW) * bytes;
    for (let y = 0; y < outH; y++) {
      const pixel = scratch + <usize>y * line;
      for (let i: usize = 0; i < bytes; i += 16) {
        addLine(partial + i, bytes, args.y + at + i, args.dy + at + i, outW, pixel, line);
      }
      at += <usize>outW * bytes;
    }
  }
}

/** Adds the contributions of one row of outputs, four channels, to the ten sums. */
function addLine(sums: usize, bytes: usize, y: usize, dy: usize, width: i32, pixel: usize, line: usize): void {
  let s0 = v128.load(sums), s1 = v128.load(sums + bytes), s2 = v128.load(sums + 2 * bytes);
  let s3 = v128.load(sums + 3 * bytes), s4 = v128.load(sums + 4 * bytes), s5 = v128.load(sums + 5 * bytes);
  let s6 = v128.load(sums + 6 * bytes), s7 = v128.load(sums + 7 * bytes), s8 = v128.load(sums + 8 * bytes);
  let s9 = v128.load(sums + TAPS * bytes);
  const zero = f32x4.splat(0);
  for (const end = pixel + (<usize>width << 4); pixel < end; pixel += 16) {
    const dz = v128.and(v128.load(dy), f32x4.gt(v128.load(y), zero));
    const middle = pixel + line;
    const last = middle + line;
    s0 = f32x4.add(s0, f32x4.mul(dz, v128.load(pixel)));
    s1 = f32x4.add(s1, f32x4.mul(dz, v128.load(pixel, 16)));
    s2 = f32x4.add(s2, f32x4.mul(dz, v128.load(pixel, 32)));
    s3 = f32x4.add(s3, f32x4.mul(dz, v128.load(middle)));
    s4 = f32x4.add(s4, f32x4.mul(dz, v128.load(middle, 16)));
    s5 = f32x4.add(s5, f32x4.mul(dz, v128.load(middle, 32)));
    s6 = f32x4.add(s6, f32x4.mul(dz, v128.load(last)));
    s7 = f32x4.add(s7, f32x4.mul(dz, v128.load(last, 16)));
    s8 = f32x4.add(s8, f32x4.mul(dz, v128.load(last, 32)));
    s9 = f32x4.add(s9, dz);
    y += bytes;
    dy += bytes;
  }
  v128.store(sums, s0);
  v128.store(sums + bytes, s1);
  v128.store(sums + 2 * bytes, s2);
  v128.store(sums + 3 * bytes, s3);
  v128.store(sums + 4 * bytes, s4);
  v128.store(sums + 5 * bytes, s5);
  v128.store(sums + 6 * bytes, s6);
  v128.store(sums + 7 * bytes, s7);
  v128.store(sums + 8 * bytes, s8);
  v128.store(sums + TAPS * bytes, s9);
}
