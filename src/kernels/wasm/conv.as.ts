import { ConvArguments, ConvFilterGradientArguments, PackFlippedArguments } from "../../../build/kernel-arguments.as";
import { packColumns, packPanel, packPanelTransposed, packRun, packStrided, packZeros } from "./pack.as";
import { A_STEP, B_STEP, EDGE_BYTES, K_BLOCK, TILE_COLS, TILE_ROWS } from "./shared-sizes";
import { strip } from "./tile.as";

/**
 * Convolution of image number `chunk` as a product of its patches (never stored whole) with a packed filter.
 *
 *   out[y,x,k] = max(low, bias[k] + Σ fh,fw,c  in[(y·strideH + fh·dilationH − top)/upH, …, c] · filter[fh,fw,c,k])
 *
 * where positions outside the input, or not a multiple of `up`, count as 0: `up` above 1 makes it the input
 * gradient of a strided convolution.
 *
 * `packed` is the filter and the bias, by `packB` or `packFlipped`.
 * Scratch: A_STEP bytes for each of max(C, K_BLOCK) steps, then an edge tile.
 */
export function conv(args: ConvArguments, chunk: i32, scratch: usize): void {
  const h = args.height;
  const w = args.width;
  const c = args.channels;
  const outH = args.outHeight;
  const outW = args.outWidth;
  const k = args.outChannels;
  const taps = args.filterHeight * args.filterWidth;
  const packed = args.packed;
  const low = args.low;
  const image = args.input + ((<usize>chunk * h * w * c) << 2);
  const pixels = outH * outW;
  const ldc = <usize>k << 2;
  const out = args.output + <usize>chunk * pixels * ldc;
  const panelBytes = <usize>(taps * c + 1) * B_STEP;
  const tapsABlock = max(1, K_BLOCK / c);
  const edge = scratch + A_STEP * max(c, K_BLOCK);
  for (let pixel = 0; pixel < pixels; pixel += TILE_ROWS) {
    const rows = min(pixels - pixel, TILE_ROWS);
    for (let tap = 0; tap < taps; tap += tapsABlock) {
      const endTap = min(taps, tap + tapsABlock);
      for (let i = 0; i < TILE_ROWS; i++) packPatch(args, scratch + (<usize>i << 4), image, i < rows ? pixel + i : -1, tap, endTap);
      const b = packed + B_STEP + <usize>(tap * c) * B_STEP;
      const bound = endTap == taps ? low : -Infinity;
      const to = out + <usize>pixel * ldc;
      strip(scratch, b, panelBytes, (endTap - tap) * c, to, ldc, tap ? 0 : packed, <f32>bound, rows, k, edge);
    }
  }
}

/** One row of packed A: the inputs of taps [tap, endTap) at output pixel `pixel`; -1 for a pixel that does not exist. */
function packPatch(args: ConvArguments, to: usize, image: usize, pixel: i32, tap: i32, endTap: i32): void {
  const c = args.channels;
  if (pixel < 0) return packZeros(to, (endTap - tap) * c);
  const h = args.height;
  const w = args.width;
  const outW = args.outWidth;
  const fw = args.filterWidth;
  const upH = args.upHeight;
  const upW = args.upWidth;
  const dilationW = args.dilationWidth;
  const top = (pixel / outW) * args.strideHeight - args.top;
  const left = (pixel % outW) * args.strideWidth - args.left;
  // A whole row of the filter is then contiguous in the input.
  const isPlain = (upH | upW | dilationW) == 1 && left >= 0 && left + fw <= w;
  while (tap < endTap) {
    const column = tap % fw;
    let y = top + (tap / fw) * args.dilationHeight;
    if (isPlain) {
      const run = min(fw - column, endTap - tap) * c;
      if (y >= 0 && y < h) packRun(to, image + ((<usize>(y * w + left + column) * c) << 2), run);
      else packZeros(to, run);
      to += <usize>run * A_STEP;
      tap += run / c;
      continue;
    }
    let x = left + column * dilationW;
    const isOnGrid = y >= 0 && x >= 0 && y % upH == 0 && x % upW == 0;
    y /= upH;
    x /= upW;
    if (isOnGrid && y < h && x < w) packRun(to, image + ((<usize>(y * w + x) * c) << 2), c);
    else packZeros(to, c);
    to += <usize>c * A_STEP;
    tap++;
  }
}

/**
 * Packs panel number `chunk` of a filter for the input gradient: taps in reverse order, K summed over and
 * 8 of the C columns wide, after a row of zeros as bias.
 *
 * `filter` is [taps, C, K]. `to` has C/8 panels, rounded up, of taps·K + 1 steps.
 */
export function packFlipped(args: PackFlippedArguments, chunk: i32, _scratch: usize): void {
  const taps = args.taps;
  const c = args.channels;
  const k = args.outChannels;
  const first = chunk * TILE_COLS;
  const cols = min(c - first, TILE_COLS);
  let to = args.to + <usize>chunk * <usize>(taps * k + 1) * B_STEP;
  memory.fill(to, 0, B_STEP);
  to += B_STEP;
  for (let tap = taps - 1; tap >= 0; tap--) {
    packPanelTransposed(to, args.filter + ((<usize>(tap * c + first) * k) << 2), <usize>k << 2, cols, k);
    to += <usize>k * B_STEP;
  }
}

/**
 * The filter gradient over a group of images, as a separate sum: one slot of `partial` for each chunk.
 *
 *   partial[chunk][fh,fw,c,k] = Σ n in group, y, x  in[n, y·strideH + fh − top, x·strideW + fw − left, c] · dy[n,y,x,k]
 *
 * `partial` is [chunks, FH, FW, C, K].
 * Scratch: A_STEP bytes for each of max(outW, K_BLOCK) steps, an edge tile, and as many steps of all panels of dy.
 */
export function convFilterGradient(args: ConvFilterGradientArguments, chunk: i32, scratch: usize): void {
  const c = args.channels;
  const outH = args.outHeight;
  const outW = args.outWidth;
  const k = args.outChannels;
  const m = args.filterHeight * args.filterWidth * c;
  const imageBytes = <usize>(args.height * args.width * c) << 2;
  const perChunk = args.imagesAChunk;
  const endImage = min(args.batch, (chunk + 1) * perChunk);
  const steps = max(outW, K_BLOCK);
  const linesABlock = max(1, K_BLOCK / outW);
  const edge = scratch + <usize>steps * A_STEP;
  const panels = edge + EDGE_BYTES;
  const ldc = <usize>k << 2;
  const partial = args.partial + <usize>chunk * m * ldc;
  memory.fill(partial, 0, <usize>m * ldc);
  for (let n = chunk * perChunk; n < endImage; n++) {
    const image = args.input + <usize>n * imageBytes;
    const dy = args.dy + <usize>(n * outH * outW) * ldc;
    for (let y = 0; y < outH; y += linesABlock) {
      const endY = min(outH, y + linesABlock);
      const depth = (endY - y) * outW;
      const panelBytes = <usize>depth * B_STEP;
      for (let j = 0; j < k; j += TILE_COLS) {
        const to = panels + <usize>(j / TILE_COLS) * panelBytes;
        packPanel(to, dy + <usize>(y * outW) * ldc + (<usize>j << 2), ldc, min(k - j, TILE_COLS), depth);
      }
      for (let row = 0; row < m; row += TILE_ROWS) {
        const rows = min(m - row, TILE_ROWS);
        packTaps(args, scratch, image, row, rows, y, endY);
        strip(scratch, panels, panelBytes, depth, partial + <usize>row * ldc, ldc, 0, -Infinity, rows, k, edge);
      }
    }
  }
}

/** Six rows of packed A: the inputs of filter elements [row, row + rows) for output rows [y, endY). */
function packTaps(args: ConvFilterGradientArguments, to: usize, image: usize, row: i32, rows: i32, y: i32, endY: i32): void {
  const h = args.height;
  const w = args.width;
  const c = args.channels;
  const outW = args.outWidth;
  const fw = args.filterWidth;
  const strideH = args.strideHeight;
  const strideW = args.strideWidth;
  const top = args.top;
  const left = args.left;
  const stepBytes = <usize>(strideW * c) << 2;
  const lineBytes = <usize>outW * A_STEP;
  // Without padding, elements of one filter row are contiguous in the input.
  const oneLine = row / (fw * c) == (row + TILE_ROWS - 1) / (fw * c);
  const covered = left == 0 && (outW - 1) * strideW + fw <= w;
  for (; y < endY; y++) {
    const first = y * strideH - top + row / (fw * c);
    if (rows == TILE_ROWS && oneLine && covered && first >= 0 && first < h) {
      packColumns(to, image + ((<usize>(first * w * c) + <usize>(row % (fw * c))) << 2), stepBytes, rows, outW);
    } else {
      for (let i = 0; i < TILE_ROWS; i++) {
        const tap = (row + i) / c;
        const line = y * strideH - top + tap / fw;
        const rowTo = to + (<usize>i << 4);
        if (i >= rows || line < 0 || line >= h) {
          packZeros(rowTo, outW);
          continue;
        }
        const offset = left - (tap % fw);
        const lo = min(outW, offset > 0 ? (offset + strideW - 1) / strideW : 0);
        const hi = max(lo, min(outW, w - 1 + offset < 0 ? 0 : (w - 1 + offset) / strideW + 1));
        packZeros(rowTo, lo);
        const from = image + (<usize>((line * w + lo * strideW - offset) * c + (row + i) % c) << 2);
        packStrided(rowTo + <usize>lo * A_STEP, from, stepBytes, hi - lo);
        packZeros(rowTo + <usize>hi * A_STEP, outW - hi);
      }
    }
    to += lineBytes;
  }
}
