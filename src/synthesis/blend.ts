import type { Random } from "../lib/random.ts";
import type { Glyph } from "./glyph.ts";
import { pick } from "./pick.ts";

/** Largest mean distance of the knots of two styles that are blended: further apart they are other movements. */
const NEAR = 26;
/** Share of the drawings in a blend of two styles. */
const BLENDED = 0.4;

/**
 * Picks a style, and in 40 % of the draws moves its knots towards those of a similar style, or away from them, so that
 * hands lie between and beyond the styles. Similar styles have as many strokes and knots, at nearly the same places.
 *
 * @param styles of one character, at least one.
 */
export function pickBlend(styles: readonly Glyph[], random: Random): Glyph {
  const style = pick(styles, random);
  if (random.next() >= BLENDED) return style;
  const similar = styles.filter((other) => other !== style && distance(style, other) < NEAR);
  if (similar.length === 0) return style;
  return blend(style, pick(similar, random), random.next() - 0.4);
}

/**
 * A style with each knot moved by a share of the way to the same knot of another style.
 *
 * @param share 0 leaves the style as it is, 1 gives the knots of the other; a negative one moves away from it.
 */
export function blend(style: Glyph, other: Glyph, share: number): Glyph {
  const strokes = style.strokes.map((stroke, s) => ({
    ...stroke,
    knots: stroke.knots.map(({ x, y, isCorner }, k) => {
      const to = other.strokes[s]!.knots[k]!;
      return { x: x + share * (to.x - x), y: y + share * (to.y - y), isCorner };
    }),
  }));
  return { weight: style.weight, strokes };
}

/** Mean distance of the knots of two styles; infinite when they do not have as many. */
function distance(style: Glyph, other: Glyph): number {
  if (style.strokes.length !== other.strokes.length) return Number.POSITIVE_INFINITY;
  let sum = 0;
  let count = 0;
  for (const [s, { knots }] of style.strokes.entries()) {
    const others = other.strokes[s]!.knots;
    if (others.length !== knots.length) return Number.POSITIVE_INFINITY;
    knots.forEach(({ x, y }, k) => {
      sum += Math.hypot(others[k]!.x - x, others[k]!.y - y);
    });
    count += knots.length;
  }
  return sum / count;
}
