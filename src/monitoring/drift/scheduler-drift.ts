import { CHAMPION } from "../../domain/deployment.ts";
import type { DriftState } from "../../domain/monitoring/drift.ts";
import type { DriftState as SchedulerDrift } from "../../domain/scheduler/drift-state.ts";
import type { Store } from "../../domain/store.ts";
import { stateAfter } from "./check.ts";

/** Checks that are read: more than the last two, so that the beginning of an alarm is among them. */
const CHECKS = 200;

/** The drift of the live model as the scheduler's trigger reads it; null when nothing has been compared yet. */
export function schedulerDrift(state: DriftState | null): SchedulerDrift | null {
  if (state === null) return null;
  const { isDetected, measures, since, lastCheck } = state;
  const figures = lastCheck.divergences
    .filter(({ measure }) => measures.includes(measure))
    .map(
      ({ measure, psi, js }) => `${measure} (PSI ${psi.toFixed(2)}, Jensen-Shannon ${js.toFixed(3)} bits)`,
    );
  const detail = isDetected
    ? `${figures.join(", ")} in two checks in a row`
    : `no alarm in ${lastCheck.n} predictions`;
  return { isDrifting: isDetected, since, detail };
}

/** The same of the champion, for a process that serves no model. */
export async function championDrift(
  store: Pick<Store, "models" | "monitoring">,
): Promise<SchedulerDrift | null> {
  const version = (await store.models.aliases())[CHAMPION];
  if (version === undefined) return null;
  return schedulerDrift(stateAfter(await store.monitoring.driftChecks(version, CHECKS)));
}
