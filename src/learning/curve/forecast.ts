import type { CurveCounts, LearningCurve } from "../../domain/learning/learning-curve.ts";
import type { CurvePoint, CurveReport, Forecast } from "../../domain/learning/overview.ts";
import { type CurveFit, errorAt, fitCurve } from "./fit-curve.ts";
import { type Interval, interval } from "./interval.ts";

/** Labels that a forecast is about. */
export const NEXT = 100;
/** Numbers of labels besides 0 that a fit needs: it has three parameters. */
const MIN_SIZES = 3;
/** Mistakes of the base model that a fit needs: with fewer, a point is mostly chance. */
const MIN_MISTAKES = 20;
/** How far beyond the measured labels a forecast may reach, as a factor. */
const REACH = 2;
/** Steps over which a gain must be shown for one to be expected of the next labels. */
const LATELY = 2;
/** Points of the drawn curve. */
const LINE = 40;

/** A curve with everything that a forecast needs of it, which takes a few milliseconds to compute. */
export interface FittedCurve {
  points: CurvePoint[];
  fit: CurveFit;
  /** Fits of the resamples. */
  fits: CurveFit[];
  /** Base mistakes − mistakes with the most labels, as shares: the 95 % interval. */
  gained: Interval;
  /** The same over the last two steps: from a quarter of the labels to all of them. */
  lately: Interval;
  /** Drawings that the base model misclassifies. */
  mistakes: number;
}

/** Fits a curve, and its resamples. */
export function fittedCurve({ labels, resamples, ...all }: LearningCurve): FittedCurve {
  const shareOf = ({ errors, n }: CurveCounts, at: number) => errors[at]! / n;
  const last = labels.length - 1;
  const gainFrom = (at: number) => interval(resamples.map((one) => shareOf(one, at) - shareOf(one, last)));
  const fitOf = ({ n, errors }: CurveCounts) =>
    fitCurve(labels.map((count, i) => ({ labels: count, errors: errors[i]!, n })));
  return {
    points: labels.map((count, i) => ({
      labels: count,
      share: shareOf(all, i),
      ...interval(resamples.map((one) => shareOf(one, i))),
    })),
    fit: fitOf(all),
    fits: resamples.map(fitOf),
    gained: gainFrom(0),
    lately: gainFrom(Math.max(0, last - LATELY)),
    mistakes: Math.round((all.errors[0]! * all.drawings) / all.n),
  };
}

/**
 * The gain that the next 100 labels would bring, by the fitted power law, with the 2.5 % and 97.5 % points of the same
 * gain by the fits of the resamples. Refused, with the reason, when there are too few points or mistakes, when no gain is
 * shown so far (the interval of base mistakes − mistakes with the most labels has 0), when none is shown over the last two
 * steps of the measurement or ahead, so that the curve may have become flat, or when the forecast is further than twice
 * the most labels that were measured.
 *
 * @param now   labels trained on so far.
 * @param share of new labels that are trained on, 0..1; the others are held out.
 */
export function forecast(curve: FittedCurve, now: number, share: number): Forecast {
  const { points, fit, fits, gained, lately, mistakes } = curve;
  const most = points.at(-1)!.labels;
  const trained = Math.round(NEXT * share);
  const sizes = points.length - 1;
  if (sizes < MIN_SIZES) return refuse("few_sizes", { sizes, needed: MIN_SIZES });
  if (mistakes < MIN_MISTAKES) return refuse("few_mistakes", { mistakes, needed: MIN_MISTAKES });
  const [first, last] = [points[0]!, points.at(-1)!];
  if (gained.low <= 0) return refuse("no_gain", { most, before: first.share, after: last.share, ...gained });
  if (now + trained > REACH * most) return refuse("too_far", { most, now });
  if (lately.low <= 0) return refuse("flat", { from: points.at(-1 - LATELY)!.labels, most, ...lately });
  const gainOf = (one: CurveFit) => errorAt(one, now) - errorAt(one, now + trained);
  const ahead = interval(fits.map(gainOf));
  if (ahead.low <= 0) return refuse("uncertain", { ...ahead });
  const [before, after] = [errorAt(fit, now), errorAt(fit, now + trained)];
  return { kind: "gain", labels: NEXT, trained, now, before, after, gain: before - after, ...ahead };
}

function refuse(
  reason: Extract<Forecast, { kind: "none" }>["reason"],
  values: Record<string, number>,
): Forecast {
  return { kind: "none", reason, values };
}

/** The fitted curve from 0 to so many labels, closer together where it is steep. */
export function lineOf(fit: CurveFit, to: number): CurveReport["line"] {
  return Array.from({ length: LINE + 1 }, (_, i) => {
    const labels = to * (i / LINE) ** 2;
    return { labels, share: errorAt(fit, labels) };
  });
}
