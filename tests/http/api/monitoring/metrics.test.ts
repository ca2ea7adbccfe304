import { expect, test } from "bun:test";
import { newRun, newSample } from "../../../storage/helpers.ts";
import { createTestApp, STROKES } from "../../../support/test-app.ts";

/** The samples of Prometheus's text, by name and labels. */
function samplesOf(text: string): Map<string, number> {
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(
    lines.map((line) => [
      line.slice(0, line.lastIndexOf(" ")),
      Number(line.slice(line.lastIndexOf(" ") + 1)),
    ]),
  );
}

test("GET /metrics counts predictions, requests by route, runs, samples and labelled predictions", async () => {
  let nowMs = 0;
  const { send, store, predictor } = await createTestApp({ monotonicMs: () => (nowMs += 2) });
  await send("POST", "/api/v1/predict", STROKES);
  predictor.isOutlier = true;
  await send("POST", "/api/v1/predict", STROKES);
  await send("GET", "/api/v1/models/2");
  await send("GET", "/api/v1/models/77");
  await send("GET", "/no/such/page");
  await store.runs.create(newRun("r1"));
  await store.samples.insert(newSample({ label: "7", predicted: "7" }));
  await store.samples.insert(newSample({ label: "7", predicted: "1" }));
  const response = await send("GET", "/metrics");
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
  const text = await response.text();
  const samples = samplesOf(text);
  const value = (name: string) => samples.get(name);
  expect(value('tegaki_predictions_total{class="7",outlier="false"}')).toBe(1);
  expect(value('tegaki_predictions_total{class="7",outlier="true"}')).toBe(1);
  expect(value("tegaki_predict_duration_seconds_count")).toBe(2);
  expect(value("tegaki_predict_duration_seconds_sum")).toBeCloseTo(0.004, 9);
  expect(value('tegaki_prediction_confidence_bucket{le="0.95"}')).toBe(2);
  expect(value('tegaki_http_requests_total{method="POST",route="/api/v1/predict",status="200"}')).toBe(2);
  // The pattern and not the path: a client cannot make up labels.
  expect(value('tegaki_http_requests_total{method="GET",route="/api/v1/models/:version",status="200"}')).toBe(
    1,
  );
  expect(value('tegaki_http_requests_total{method="GET",route="/api/v1/models/:version",status="404"}')).toBe(
    1,
  );
  expect(value('tegaki_http_requests_total{method="GET",route="none",status="404"}')).toBe(1);
  expect(text).not.toContain("/no/such/page");
  expect(value('tegaki_runs{status="queued"}')).toBe(1);
  expect(value('tegaki_labelled_predictions{result="correct"}')).toBe(1);
  expect(value('tegaki_labelled_predictions{result="incorrect"}')).toBe(1);
  expect(value("tegaki_champion_version")).toBe(1);
  expect(value("tegaki_scheduler_paused")).toBe(0);
  expect(value("tegaki_drift_detected")).toBe(0);
  expect(value('tegaki_build_info{version="0.1.0-test"}')).toBe(1);
});

test("GET /metrics has a help, a type and a conventional name for every metric", async () => {
  const { send } = await createTestApp();
  const text = await (await send("GET", "/metrics")).text();
  const types = [...text.matchAll(/^# TYPE (\S+) (\w+)$/gm)].map(([, name, type]) => [name!, type!] as const);
  expect(types.length).toBeGreaterThan(12);
  for (const [name, type] of types) {
    expect(text).toMatch(new RegExp(`^# HELP ${name} .+\\.$`, "m"));
    expect({ name, isTotal: name.endsWith("_total") }).toEqual({ name, isTotal: type === "counter" });
    expect(name).toMatch(/^tegaki_[a-z_]+$/);
  }
});

test("GET /metrics is refused like the API to those who come from elsewhere", async () => {
  const { app } = await createTestApp();
  const response = await app.request("/metrics", { headers: { "x-forwarded-for": "192.0.2.7" } });
  expect(response.status).toBe(401);
  expect(response.headers.get("content-type")).toBe("application/problem+json");
});

test("render() has one label for all unusual methods, however many a client invents", async () => {
  const { deps, send } = await createTestApp();
  for (const method of ["BREW", "WHEN"])
    deps.metrics.request({ method, route: "none", status: 405, seconds: 0.001 });
  const text = await (await send("GET", "/metrics")).text();
  expect(text).toContain('tegaki_http_requests_total{method="other",route="none",status="405"} 2');
});
