import { strokeTimes } from "./stroke-times.ts";

/** Draws the strokes of a picture again, in sequence, each in its own time. */
export class StrokeReplay {
  readonly #paths: readonly SVGPathElement[];
  /** Of the frame that is requested; null while nothing moves. */
  #frame: number | null = null;

  constructor(paths: readonly SVGPathElement[]) {
    this.#paths = paths;
  }

  /** Starts over when it is running. At its end the picture is as it was. */
  start(): void {
    if (this.#frame !== null) cancelAnimationFrame(this.#frame);
    const lengths = this.#paths.map((path) => Math.max(path.getTotalLength(), 0.01));
    const times = strokeTimes(
      this.#paths.map((path, n) => ({
        ...{ length: lengths[n]!, from: timeOf(path.dataset.from), to: timeOf(path.dataset.to) },
      })),
    );
    const endMs = times.at(-1)?.toMs ?? 0;
    const startMs = performance.now();
    const step = (nowMs: number) => {
      const atMs = nowMs - startMs;
      if (atMs >= endMs) {
        for (const path of this.#paths) path.removeAttribute("stroke-dasharray");
        this.#frame = null;
        return;
      }
      for (const [n, path] of this.#paths.entries()) {
        const { fromMs, toMs } = times[n]!;
        const share = Math.min(1, Math.max(0, (atMs - fromMs) / Math.max(1, toMs - fromMs)));
        path.setAttribute("stroke-dasharray", `${share * lengths[n]!} ${2 * lengths[n]!}`);
        // A round end shows even of a dash without length.
        path.toggleAttribute("hidden", share === 0);
      }
      this.#frame = requestAnimationFrame(step);
    };
    this.#frame = requestAnimationFrame(step);
  }
}

function timeOf(value: string | undefined): number | null {
  const ms = Number(value);
  return value === undefined || !Number.isFinite(ms) ? null : ms;
}
