import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { createGauges } from "./gauges.ts";
import type { ServerState } from "./server-state.ts";

/** One answered request. */
interface AnsweredRequest {
  method: string;
  /** The pattern of the route, never the path, which a client chooses. */
  route: string;
  status: number;
  seconds: number;
}

/** One prediction. */
interface CountedPrediction {
  label: string;
  confidence: number;
  isOutlier: boolean;
  seconds: number | null;
}

/** The metrics of a server, in the form that Prometheus reads. */
export interface Metrics {
  request(answered: AnsweredRequest): void;
  prediction(counted: CountedPrediction): void;
  /** Counts a prediction by labelled drawings, without a model. */
  memoryPrediction(label: string): void;
  /** Returns all metrics as text. @param state what the gauges show. */
  render(state: ServerState): Promise<{ text: string; contentType: string }>;
}

/** Methods that are labels; any other one is "other". */
const METHODS: ReadonlySet<string> = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);
const SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
const CONFIDENCE = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.999, 1];
/** The metrics of the process that this runtime measures; of Node's others it knows nothing, or something else. */
const PROCESS_METRICS =
  /^(?:process_(?:cpu_.*|start_time_seconds|resident_memory_bytes|open_fds|max_fds)|nodejs_eventloop_lag_.*)$/;

/**
 * Creates metrics in a registry of their own. Names and units follow
 * https://prometheus.io/docs/practices/naming; the values of labels are bounded by routes, classes and statuses.
 *
 * @param isServer whether the process is measured too, which starts observers that last as long as it.
 */
export function createMetrics(version: string, isServer: boolean): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const requests = new Counter({
    name: "tegaki_http_requests_total",
    help: "Answered HTTP requests, by method, route and status.",
    labelNames: ["method", "route", "status"],
    registers,
  });
  const requestSeconds = new Histogram({
    name: "tegaki_http_request_duration_seconds",
    help: "Time until an HTTP request was answered, or a stream began, by route.",
    labelNames: ["route"],
    buckets: SECONDS,
    registers,
  });
  const predictions = new Counter({
    name: "tegaki_predictions_total",
    help: "Predictions, by predicted class; outlier: whether the drawing looked like none of the classes.",
    labelNames: ["class", "outlier"],
    registers,
  });
  const byMemory = new Counter({
    name: "tegaki_memory_predictions_total",
    help: "Predictions by labelled drawings of a project without a model, by predicted class.",
    labelNames: ["class"],
    registers,
  });
  const predictSeconds = new Histogram({
    name: "tegaki_predict_duration_seconds",
    help: "Time from a request's drawing to its prediction; batches are left out.",
    buckets: SECONDS,
    registers,
  });
  const confidences = new Histogram({
    name: "tegaki_prediction_confidence",
    help: "Confidence of predictions, 0 to 1.",
    buckets: CONFIDENCE,
    registers,
  });
  new Gauge({
    name: "tegaki_build_info",
    help: "The version of tegaki; always 1.",
    labelNames: ["version"],
    registers,
  }).set({ version }, 1);
  const setGauges = createGauges(registry);
  if (isServer) measureProcess(registry);

  return {
    request({ method, route, status, seconds }) {
      requests.inc({ method: METHODS.has(method) ? method : "other", route, status });
      requestSeconds.observe({ route }, seconds);
    },
    prediction({ label, confidence, isOutlier, seconds }) {
      predictions.inc({ class: label, outlier: String(isOutlier) });
      confidences.observe(confidence);
      if (seconds !== null) predictSeconds.observe(seconds);
    },
    memoryPrediction(label) {
      byMemory.inc({ class: label });
    },
    async render(state) {
      setGauges(state);
      return { text: await registry.metrics(), contentType: registry.contentType };
    },
  };
}

function measureProcess(registry: Registry): void {
  collectDefaultMetrics({ register: registry });
  for (const { name } of registry.getMetricsAsArray())
    if (!name.startsWith("tegaki_") && !PROCESS_METRICS.test(name)) registry.removeSingleMetric(name);
}
