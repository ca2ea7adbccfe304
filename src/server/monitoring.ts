import type { DriftState } from "../domain/monitoring/drift.ts";
import { createMonitor, type Monitor } from "../monitoring/monitor.ts";
import { referenceImages } from "../project/reference-images.ts";
import { systemTimers } from "../scheduler/timers.ts";
import type { Predictor } from "../serving/predictor.ts";
import type { Served } from "./served.ts";

/** Between two images of a reference: 1,000 of them take 20 s, and keep the thread busy for a tenth of that. */
const PAUSE_MS = 20;
/** Until a predictor that is busy with requests is called again. */
const REST_MS = 1_000;

/** The monitor of a server. */
export interface ServedMonitor {
  monitor: Monitor;
  /** Makes a reference that is being counted end at its next image. */
  stop(): void;
}

/** Creates the monitor of a project; new alarms are logged. */
export function createServedMonitor(
  { runtime, project, store, log, settings }: Served,
  predictor: Predictor,
): ServedMonitor {
  const { classes } = project.config.parameters;
  let isStopped = false;
  async function wait(ms: number): Promise<boolean> {
    if (!isStopped) await new Promise<void>((resolve) => systemTimers.after(ms, resolve));
    return !isStopped;
  }
  const pause = () => wait(PAUSE_MS);
  const monitor = createMonitor({
    store: store.monitoring,
    clock: runtime.clock,
    config: settings.derive(({ monitoring: { keep_hours, keep_days, drift } }) => ({
      keepHours: keep_hours,
      keepDays: keep_days,
      drift: {
        psi: drift.psi,
        js: drift.js,
        minPredictions: drift.min_predictions,
        minSeconds: drift.min_seconds,
      },
    })),
    liveVersion: () => predictor.current()?.version ?? null,
    predict: (pixels) => predictor.predict(pixels),
    referenceImages: (version) => referenceImages(store, runtime.embedded, classes, version, pause),
    pause,
    rest: () => wait(REST_MS),
  });
  const driftLog = log.of("monitoring");
  monitor.onDrift((state) => driftLog.warning("the drawings have drifted", fieldsOf(state)));
  return {
    monitor,
    stop() {
      isStopped = true;
    },
  };
}

function fieldsOf({ modelVersion, measures, lastCheck }: DriftState) {
  return { model_version: modelVersion, measures: measures.join(", "), predictions: lastCheck.n };
}
