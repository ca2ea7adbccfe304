/** When a stroke is drawn, in milliseconds from the start. */
export interface StrokeTime {
  fromMs: number;
  toMs: number;
}

/** A stroke without times is drawn at this speed, in canvas units (a canvas is some hundred wide). */
const UNITS_PER_MS = 0.35;
const GAP_MS = 150;
/** The longest replay; a slower one is sped up. */
const MAX_MS = 6_000;

/**
 * Returns when each stroke is drawn again: as it was, where all have times that increase, else at an even speed.
 * @param strokes with their length in canvas units, and the times of their first and last point.
 */
export function strokeTimes(
  strokes: readonly { length: number; from: number | null; to: number | null }[],
): StrokeTime[] {
  const times = recorded(strokes) ?? even(strokes.map(({ length }) => length));
  const end = times.at(-1)?.toMs ?? 0;
  const factor = Math.min(1, MAX_MS / Math.max(end, 1));
  return times.map(({ fromMs, toMs }) => ({ fromMs: fromMs * factor, toMs: toMs * factor }));
}

function recorded(strokes: readonly { from: number | null; to: number | null }[]): StrokeTime[] | null {
  const start = strokes[0]?.from ?? null;
  if (start === null) return null;
  let last = start;
  const times: StrokeTime[] = [];
  for (const { from, to } of strokes) {
    if (from === null || to === null || from < last || to < from) return null;
    times.push({ fromMs: from - start, toMs: to - start });
    last = to;
  }
  return last > start ? times : null;
}

function even(lengths: readonly number[]): StrokeTime[] {
  let at = 0;
  return lengths.map((length) => {
    const fromMs = at;
    const toMs = fromMs + length / UNITS_PER_MS;
    at = toMs + GAP_MS;
    return { fromMs, toMs };
  });
}
