import type { Counts } from "../../domain/monitoring/counts.ts";
import {
  type Divergence,
  DRIFT_MEASURES,
  type DriftCheck,
  type DriftLimits,
  type DriftMeasure,
  type DriftState,
} from "../../domain/monitoring/drift.ts";
import { type Compared, mergedBins, mergedClasses } from "./bins.ts";
import { divergenceOf } from "./divergence.ts";

/** Compares predictions with their model's reference. A measure breaches when both values reach their thresholds. */
export function compare(
  reference: Counts,
  live: Counts,
  thresholds: Pick<DriftLimits, "psi" | "js">,
): Divergence[] {
  return DRIFT_MEASURES.map((measure) => {
    const bins = comparedBins(measure, reference, live);
    const { psi, js } = divergenceOf(bins.reference, bins.live);
    return { measure, psi, js, isBreach: psi >= thresholds.psi && js >= thresholds.js };
  });
}

function comparedBins(measure: DriftMeasure, reference: Counts, live: Counts): Compared {
  return measure === "classes"
    ? mergedClasses(reference.classes, live.classes)
    : mergedBins(reference.histograms[measure], live.histograms[measure]);
}

/**
 * Returns the state after the checks of one version. A measure is an alarm when it breached in each of the last two
 * checks, whose predictions are not the same; the alarm lasts until a check without it.
 *
 * @param checks newest first.
 * @returns null without a check.
 */
export function stateAfter(checks: readonly DriftCheck[]): DriftState | null {
  const [last] = checks;
  if (last === undefined) return null;
  const alarms = DRIFT_MEASURES.flatMap((measure) => {
    const raisedBy = alarmOf(checks, measure);
    return raisedBy === null ? [] : [{ measure, raisedBy }];
  });
  const first = alarms.map(({ raisedBy }) => raisedBy).sort((a, b) => a.id - b.id)[0];
  return {
    isDetected: alarms.length > 0,
    measures: alarms.map(({ measure }) => measure),
    modelVersion: last.modelVersion,
    lastCheck: last,
    alarmId: first?.id ?? null,
    since: first?.to ?? null,
  };
}

/** The second of the breaches that the newest check continues; null when there are not two in a row. */
function alarmOf(checks: readonly DriftCheck[], measure: DriftMeasure): DriftCheck | null {
  const end = checks.findIndex(
    ({ divergences }) => !divergences.some((d) => d.measure === measure && d.isBreach),
  );
  const inARow = end < 0 ? checks : checks.slice(0, end);
  return inARow.at(-2) ?? null;
}
