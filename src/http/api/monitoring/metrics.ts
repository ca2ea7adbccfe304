import { Hono } from "hono";
import * as v from "valibot";
import type { ServerState } from "../../../monitoring/prometheus/server-state.ts";
import type { AppDeps } from "../../deps.ts";
import { describe } from "../describe.ts";

type MetricsDeps = Pick<AppDeps, "memory" | "metrics" | "monitor" | "predictor" | "scheduler" | "store">;

/** `/metrics`: counters and gauges in the text format of Prometheus. Open to those to whom the API is open. */
export function createMetricsApi(deps: MetricsDeps): Hono {
  return new Hono().get(
    "/",
    describe({
      id: "getMetrics",
      tag: "Monitoring",
      summary: "Metrics in the text format of Prometheus",
      answers: { 200: { description: "The metrics", schema: v.string(), mediaType: "text/plain" } },
      errors: [503],
    }),
    async (c) => {
      const { text, contentType } = await deps.metrics.render(await stateOf(deps));
      return c.body(text, 200, { "content-type": contentType });
    },
  );
}

async function stateOf({ memory, monitor, predictor, scheduler, store }: MetricsDeps): Promise<ServerState> {
  const [samples, runs, status, labels, drift] = await Promise.all([
    store.samples.stats(),
    store.runs.countByStatus(),
    scheduler.status(),
    store.monitoring.labels({ span: "all", start: "" }),
    monitor.driftState(),
  ]);
  const labelled = labels.reduce((sum, { n }) => sum + n, 0);
  const correct = labels.reduce((sum, { label, predicted, n }) => sum + (label === predicted ? n : 0), 0);
  return {
    championVersion: predictor.current()?.version ?? null,
    samples: { ...samples.bySplit, negative: samples.negatives },
    runs,
    scheduler: {
      isPaused: status.isPaused,
      isRunning: status.runningRunId !== null,
      newSamples: status.newSamples,
      threshold: status.threshold,
      failures: status.consecutiveFailures,
    },
    labelled: { n: labelled, correct },
    memory: memory.size(),
    drift:
      drift === null
        ? null
        : {
            isDetected: drift.isDetected,
            psi: Object.fromEntries(drift.lastCheck.divergences.map(({ measure, psi }) => [measure, psi])),
          },
  };
}
