import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { KernelContext } from "../kernel-context.ts";
import {
  A_STEP,
  B_STEP,
  EDGE_BYTES,
  GRADIENT_TILES,
  STRIP_TILES,
  TILE_COLS,
  WINOGRAD_ELEMENTS,
  WINOGRAD_TEMP_BYTES,
} from "../wasm/shared-sizes.ts";

/** Largest working set of one thread; larger layers are convolved directly. */
const MAX_SCRATCH_BYTES = 16 << 20;

/** The sizes of a 3×3 convolution with stride 1; with padding, the output may extend beyond the input. */
interface WinogradGeometry {
  batch: number;
  input: { height: number; width: number; channels: number };
  output: { height: number; width: number; channels: number };
  top: number;
  left: number;
}

/**
 * Returns whether Winograd's kernels cover this and are faster: 3×3, stride 1, no dilation, channels on either side in
 * multiples of 4 from 16, and enough outputs that fewer multiplications outweigh the transforms.
 */
export function isWorthwhile(shape: {
  filter: { height: number; width: number };
  stride: { height: number; width: number };
  dilation: { height: number; width: number };
  input: { channels: number };
  output: { height: number; width: number; channels: number };
}): boolean {
  const { filter, stride, dilation, input, output } = shape;
  return (
    [filter.height, filter.width].every((size) => size === 3) &&
    [stride.height, stride.width, dilation.height, dilation.width].every((step) => step === 1) &&
    [input.channels, output.channels].every((channels) => channels % 4 === 0 && channels >= 16) &&
    output.height * output.width >= 16 &&
    gradientLayout(input.channels, output.channels).scratchBytes <= MAX_SCRATCH_BYTES
  );
}

/** The strides of the filter gradient's matrices, and the scratch that a thread needs with them. */
function gradientLayout(c: number, k: number) {
  const paddedK = Math.ceil(k / TILE_COLS) * TILE_COLS;
  const inputStride = elementStride(GRADIENT_TILES * c);
  const dyStride = elementStride(GRADIENT_TILES * paddedK);
  const sumStride = elementStride(c * k);
  const matrices = WINOGRAD_ELEMENTS * (inputStride + dyStride + sumStride);
  const scratchBytes = WINOGRAD_TEMP_BYTES + EDGE_BYTES + GRADIENT_TILES * A_STEP + matrices;
  return { strides: { inputStride, dyStride, sumStride }, scratchBytes };
}

/**
 * Bytes from one of the 36 elements' matrices to the next, for matrices of `values` floats: an odd number of cache
 * lines, so that the same position in all 36 does not map to only a few sets of the L1 cache.
 */
function elementStride(values: number): number {
  return ((4 * values + 63) & ~63) | 64;
}

function tilesOf(g: WinogradGeometry): number {
  return Math.ceil(g.output.height / 4) * Math.ceil(g.output.width / 4);
}

/**
 * out = max(low, conv(in, filter) + bias), for what `isWorthwhile` accepts.
 *
 * @param pointers.input [N, H, W, C], float32, as are all but `which`.
 * @param pointers.output [N, OH, OW, K], overwritten.
 * @param filter [3, 3, C, K]; when `flipped`, the forward filter [3, 3, K, C], rotated by 180°.
 * @param pointers.bias [K], or 0 for none.
 * @param pointers.which bytes, or 0: with it, `output` is pooled 2×2, and `which` is the position of each maximum.
 * @param options.low lower bound of the result: 0 for relu, −∞ for none.
 * @throws {RangeError} when the heap has no room for the packed filter.
 */
export function winogradConv(
  context: KernelContext,
  g: WinogradGeometry,
  filter: TensorInfo,
  pointers: { input: number; bias: number; output: number; which?: number },
  options: { flipped: boolean; low: number },
): void {
  const c = g.input.channels;
  const k = g.output.channels;
  const bytes = WINOGRAD_ELEMENTS * Math.ceil(k / TILE_COLS) * (c + 1) * B_STEP;
  const pack = (packed: number) => {
    // The kernel writes all of it but the columns that fill up the last panel.
    if (k % TILE_COLS !== 0) context.clear(packed, bytes);
    const [channels, outChannels] = options.flipped ? [k, c] : [c, k];
    context.pool.run("winogradFilter", {
      chunks: channels,
      scratchBytes: WINOGRAD_TEMP_BYTES,
      args: { to: packed, filter: context.pointer(filter), channels, outChannels, flipped: options.flipped },
    });
  };
  const convolve = (packed: number) => {
    const inputStride = elementStride(STRIP_TILES * c);
    const productStride = elementStride(STRIP_TILES * k);
    const matrices = WINOGRAD_ELEMENTS * (inputStride + productStride);
    context.pool.run("winogradConv", {
      chunks: Math.ceil((g.batch * tilesOf(g)) / STRIP_TILES),
      scratchBytes: WINOGRAD_TEMP_BYTES + EDGE_BYTES + c * A_STEP + matrices,
      args: {
        input: pointers.input,
        batch: g.batch,
        height: g.input.height,
        width: g.input.width,
        channels: c,
        output: pointers.output,
        outHeight: g.output.height,
        outWidth: g.output.width,
        outChannels: k,
        top: g.top,
        left: g.left,
        packed,
        bias: pointers.bias,
        low: options.low,
        which: pointers.which ?? 0,
        inputStride,
        productStride,
      },
    });
  };
  if (!options.flipped) context.packedFilters.with(filter, bytes, pack, convolve);
  else {
    context.withTemporary(bytes, (packed) => {
      pack(packed);
      convolve(packed);
    });
  }
}

/**
 * The filter gradient of each group of `imagesAGroup` images, in a slot [3, 3, C, K] of `partial`, overwritten.
 *
 * @param pointers of float32: `input` [N, H, W, C], `dy` [N, OH, OW, K], `partial` [groups, 3, 3, C, K].
 */
export function winogradFilterGradient(
  context: KernelContext,
  g: WinogradGeometry,
  pointers: { input: number; dy: number; partial: number },
  imagesAGroup: number,
): void {
  const { strides, scratchBytes } = gradientLayout(g.input.channels, g.output.channels);
  context.pool.run("winogradFilterGradient", {
    chunks: Math.ceil(g.batch / imagesAGroup),
    scratchBytes,
    args: {
      input: pointers.input,
      height: g.input.height,
      width: g.input.width,
      channels: g.input.channels,
      dy: pointers.dy,
      outHeight: g.output.height,
      outWidth: g.output.width,
      outChannels: g.output.channels,
      top: g.top,
      left: g.left,
      partial: pointers.partial,
      imagesAChunk: imagesAGroup,
      batch: g.batch,
      ...strides,
    },
  });
}
