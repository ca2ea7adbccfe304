import { addCounts, type Counts, countPrediction, noCounts } from "../domain/monitoring/counts.ts";
import type { HourCounts, MonitorStore } from "../domain/monitoring/monitor-store.ts";
import { bucketOf } from "../domain/monitoring/windows.ts";
import type { Clock } from "../lib/clock.ts";
import { measuresOf, type PredictionToCount } from "./measure.ts";

/** Predictions that may wait to be measured; with more, one is measured when the next one comes. */
const MAX_WAITING = 1_000;

/** Counts predictions in memory, and passes the counts on in batches: a crash loses what came since the last flush. */
export interface Collector {
  /** Adds a prediction, without waiting for anything; it is measured at the next flush, after its response. */
  add(prediction: PredictionToCount): void;
  /** Counts a drawing that a challenger predicted too. */
  addTrial(trial: { modelVersion: number; isSame: boolean }): void;
  /** Stores all counts. When that fails, they are kept for the next flush. */
  flush(): Promise<void>;
}

/** Creates a collector without counts. */
export function createCollector(store: Pick<MonitorStore, "add">, clock: Clock): Collector {
  const waiting: { hour: string; prediction: PredictionToCount }[] = [];
  let hours: HourCounts[] = [];

  function countsOf(hour: string, modelVersion: number): Counts {
    const known = hours.find((one) => one.hour === hour && one.modelVersion === modelVersion);
    if (known !== undefined) return known.counts;
    const counts = noCounts();
    hours.push({ hour, modelVersion, counts });
    return counts;
  }

  function countFirst(): void {
    const first = waiting.shift();
    if (first === undefined) return;
    const { hour, prediction } = first;
    countPrediction(countsOf(hour, prediction.modelVersion), prediction, measuresOf(prediction));
  }

  const currentHour = () => bucketOf("hour", clock.now().toISOString());

  return {
    add(prediction) {
      if (waiting.length >= MAX_WAITING) countFirst();
      waiting.push({ hour: currentHour(), prediction });
    },
    addTrial({ modelVersion, isSame }) {
      const counts = countsOf(currentHour(), modelVersion);
      counts.trials += 1;
      if (!isSame) counts.disagreements += 1;
    },
    async flush() {
      while (waiting.length > 0) countFirst();
      const sent = hours;
      hours = [];
      try {
        await store.add(sent);
      } catch (error) {
        for (const { hour, modelVersion, counts } of sent) addCounts(countsOf(hour, modelVersion), counts);
        throw error;
      }
    },
  };
}
