import type { DriftLimits, DriftState } from "../domain/monitoring/drift.ts";
import type { MonitorStore } from "../domain/monitoring/monitor-store.ts";
import type { MonitorOverview } from "../domain/monitoring/overview.ts";
import { bucketBefore, type MonitorWindow } from "../domain/monitoring/windows.ts";
import type { Clock } from "../lib/clock.ts";
import { type Collector, createCollector } from "./collector.ts";
import { compare, stateAfter } from "./drift/check.ts";
import type { PredictionToCount } from "./measure.ts";
import { MAX_LISTED_CHECKS, readOverview } from "./overview.ts";
import { countReference, type PredictOne, type ReferenceImages } from "./reference.ts";

/** `monitoring` of server.yml. */
interface MonitorConfig {
  /** How long hours and days are kept. */
  keepHours: number;
  keepDays: number;
  drift: DriftLimits;
}

/** Everything that a monitor needs. */
export interface MonitorDeps {
  store: MonitorStore;
  clock: Clock;
  /** The settings in force; they may change between two checks. */
  config(): MonitorConfig;
  /** The live version; null without a model. */
  liveVersion(): number | null;
  predict: PredictOne;
  /** The drawings that a version's reference is made of; null when there is none. */
  referenceImages(modelVersion: number): Promise<ReferenceImages | null>;
  /** Waits between two images of a reference. @returns whether to continue. */
  pause(): Promise<boolean>;
  /** Waits while the predictor is busy with requests. @returns whether to continue. */
  rest(): Promise<boolean>;
}

/** Counts predictions, and reports what they show. */
export interface Monitor {
  /** Counts a prediction, without waiting for anything. */
  record(prediction: PredictionToCount): void;
  /** Counts a drawing that a challenger predicted too. @public */
  recordTrial: Collector["addTrial"];
  /** Stores the counts since the last flush. */
  flush(): Promise<void>;
  /** Makes the live version's reference if it has none, compares its predictions with it, and removes old counts. */
  check(): Promise<void>;
  /** Whether the drawings have drifted from what the live version was trained on; null before its first check. */
  driftState(): Promise<DriftState | null>;
  overview(window: MonitorWindow): Promise<MonitorOverview>;
  /** Calls `listener` with the state of each new alarm, once. @returns a function that stops it. */
  onDrift(listener: (state: DriftState) => void): () => void;
}

/** Creates the monitor of a server. It has no timer: the server calls `flush` and `check`. */
export function createMonitor(deps: MonitorDeps): Monitor {
  const { store, clock, config } = deps;
  const collector = createCollector(store, clock);
  const listeners = new Set<(state: DriftState) => void>();

  async function checkDrift(modelVersion: number): Promise<void> {
    const reference = await referenceOf(deps, modelVersion);
    // After the reference, which takes a while: what is compared is what is stored.
    const window = await store.driftWindow(modelVersion);
    if (window === null || reference === null) return;
    const { minPredictions, minSeconds } = config().drift;
    const ageMs = clock.now().getTime() - Date.parse(window.openedAt);
    if (window.counts.n < minPredictions || ageMs < minSeconds * 1000) return;
    const before = stateAfter(await store.driftChecks(modelVersion, MAX_LISTED_CHECKS));
    await store.closeDriftWindow(window.id, compare(reference.counts, window.counts, config().drift));
    const after = stateAfter(await store.driftChecks(modelVersion, MAX_LISTED_CHECKS));
    if (after === null || !after.isDetected || before?.isDetected === true) return;
    for (const listener of listeners) listener(after);
  }

  return {
    record: collector.add,
    recordTrial: collector.addTrial,
    flush: collector.flush,
    async check() {
      const now = clock.now();
      const { keepHours, keepDays } = config();
      await store.prune({
        hour: bucketBefore("hour", now, keepHours),
        day: bucketBefore("day", now, keepDays),
      });
      const modelVersion = deps.liveVersion();
      if (modelVersion !== null) await checkDrift(modelVersion);
    },
    async driftState() {
      const modelVersion = deps.liveVersion();
      return modelVersion === null
        ? null
        : stateAfter(await store.driftChecks(modelVersion, MAX_LISTED_CHECKS));
    },
    overview: (window) =>
      readOverview(store, window, clock.now(), { liveVersion: deps.liveVersion(), limits: config().drift }),
    onDrift(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** Returns the reference of a version, and makes it first if it is not stored. */
async function referenceOf({ store, clock, ...deps }: MonitorDeps, modelVersion: number) {
  const stored = await store.reference(modelVersion);
  if (stored !== null) return stored;
  const found = await deps.referenceImages(modelVersion);
  if (found === null) return null;
  const { images, scans, ...origin } = found;
  const counts = await countReference(modelVersion, { images, scans }, deps);
  if (counts === null) return null;
  const reference = { modelVersion, ...origin, counts, createdAt: clock.now().toISOString() };
  await store.putReference(reference);
  return reference;
}
