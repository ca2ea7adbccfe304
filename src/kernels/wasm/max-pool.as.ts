import { MaxPoolGradAnyArguments, MaxPoolGradArguments } from "../../../build/kernel-arguments.as";

/**
 * The gradient of 2×2 max pooling with stride 2 and no padding, for image number `chunk`.
 *
 * Each dy goes to the first of its window's four inputs that is the maximum; all others, and rows and columns
 * that no window covers, become 0.
 */
export function maxPoolGrad(args: MaxPoolGradArguments, chunk: i32, _scratch: usize): void {
  const h = args.height;
  const w = args.width;
  const c = args.channels;
  const outH = args.outHeight;
  const outW = args.outWidth;
  const pixel = <usize>c << 2;
  const line = <usize>w * pixel;
  const x = args.x + <usize>(chunk * h) * line;
  const dx = args.dx + <usize>(chunk * h) * line;
  let dy = args.dy + <usize>(chunk * outH * outW) * pixel;
  if (h != 2 * outH || w != 2 * outW) memory.fill(dx, 0, <usize>h * line);
  for (let oy = 0; oy < outH; oy++) {
    for (let ox = 0; ox < outW; ox++) {
      const corner = <usize>(2 * oy) * line + <usize>(2 * ox) * pixel;
      let i: usize = 0;
      for (; i + 16 <= pixel; i += 16) {
        const from = x + corner + i;
        const to = dx + corner + i;
        const x0 = v128.load(from);
        const x1 = v128.load(from + pixel);
        const x2 = v128.load(from + line);
        const x3 = v128.load(from + line + pixel);
        const top = f32x4.pmax(f32x4.pmax(x0, x1), f32x4.pmax(x2, x3));
        const g = v128.load(dy + i);
        const is0 = f32x4.eq(x0, top);
        const is1 = v128.andnot(f32x4.eq(x1, top), is0);
        const before2 = v128.or(is0, is1);
        const is2 = v128.andnot(f32x4.eq(x2, top), before2);
        v128.store(to, v128.and(g, is0));
        v128.store(to + pixel, v128.and(g, is1));
        v128.store(to + line, v128.and(g, is2));
        v128.store(to + line + pixel, v128.andnot(g, v128.or(before2, is2)));
      }
      for (; i < pixel; i += 4) {
        const from = x + corner + i;
        const to = dx + corner + i;
        const x0 = load<f32>(from);
        const x1 = load<f32>(from + pixel);
        const x2 = load<f32>(from + line);
        const top = max(max(x0, x1), max(x2, load<f32>(from + line + pixel)));
        const first = x0 == top ? 0 : x1 == top ? 1 : x2 == top ? 2 : 3;
        const g = load<f32>(dy + i);
        store<f32>(to, first == 0 ? g : 0);
        store<f32>(to + pixel, first == 1 ? g : 0);
        store<f32>(to + line, first == 2 ? g : 0);
        store<f32>(to + line + pixel, first == 3 ? g : 0);
      }
      dy += pixel;
    }
  }
}

/**
 * The gradient of max pooling with any window, stride and padding, for image number `chunk`: each dy is added to
 * the first of its window's inputs, row by row, that is the maximum. Windows may overlap.
 */
export function maxPoolGradAny(args: MaxPoolGradAnyArguments, chunk: i32, _scratch: usize): void {
  const h = args.height;
  const w = args.width;
  const c = args.channels;
  const outH = args.outHeight;
  const outW = args.outWidth;
  const imageBytes = <usize>(h * w * c) << 2;
  const x = args.x + <usize>chunk * imageBytes;
  const dx = args.dx + <usize>chunk * imageBytes;
  let dy = args.dy + ((<usize>(chunk * outH) * (outW * c)) << 2);
  memory.fill(dx, 0, imageBytes);
  for (let oy = 0; oy < outH; oy++) {
    const top = oy * args.strideHeight - args.top;
    const firstY = max(0, top);
    const endY = min(h, top + args.windowHeight);
    for (let ox = 0; ox < outW; ox++) {
      const left = ox * args.strideWidth - args.left;
      const firstX = max(0, left);
      const endX = min(w, left + args.windowWidth);
      for (let channel = 0; channel < c; channel++) {
        let best = <usize>((firstY * w + firstX) * c + channel) << 2;
        for (let y = firstY; y < endY; y++) {
          for (let p = firstX; p < endX; p++) {
            const at = <usize>((y * w + p) * c + channel) << 2;
            if (load<f32>(x + at) > load<f32>(x + best)) best = at;
          }
        }
        if (firstY < endY && firstX < endX) store<f32>(dx + best, load<f32>(dx + best) + load<f32>(dy));
        dy += 4;
      }
    }
  }
}
