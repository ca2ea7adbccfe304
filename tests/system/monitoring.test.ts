import { afterEach, beforeEach, expect, test } from "bun:test";
import { drawingOf } from "../support/digit-strokes.ts";
import { emptyProject, type RunningServer, startServer, until } from "../support/executable.ts";

let project: Awaited<ReturnType<typeof emptyProject>>;
let server: RunningServer | null = null;
beforeEach(async () => {
  project = await emptyProject();
});
afterEach(async () => {
  await server?.stop("SIGKILL");
  server = null;
  await project.remove();
});

async function post(path: string, body: unknown): Promise<Record<string, unknown>> {
  const response = await fetch(`${server!.url}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return (await response.json()) as Record<string, unknown>;
}

interface Monitoring {
  predictions: { n: number; histograms: Record<string, { counts: number[] }> };
  accuracy: { measured: { n: number; share: number | null } };
}
const monitoring = async () => (await (await fetch(`${server!.url}/api/v1/monitoring`)).json()) as Monitoring;

test("the executable counts predictions and labels, keeps them when it is killed, and serves /metrics and /v2", async () => {
  server = await startServer(project);
  const answers = [];
  for (let digit = 0; digit < 10; digit++)
    answers.push(await post("/api/v1/predict", drawingOf(digit, digit + 1)));
  const { id, label, image } = answers[7]!;
  const labelled = await post("/api/v1/samples", { ...drawingOf(7, 8), label, prediction_id: id });
  expect(labelled.label).toBe(label!);
  const counted = await until(monitoring, ({ predictions }) => predictions.n === 10);
  expect(counted.predictions.histograms.ink!.counts.reduce((a, b) => a + b)).toBe(10);
  expect(counted.accuracy.measured).toMatchObject({ n: 1, share: 1 });

  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  expect(metrics).toContain("tegaki_predict_duration_seconds_count 10");
  expect(metrics).toMatch(/^process_resident_memory_bytes \d+$/m);
  expect(metrics).toMatch(/^tegaki_champion_version 1$/m);
  const { pixels } = image as { pixels: number[] };
  const inputs = [
    { name: "image", shape: [1, 28, 28, 1], datatype: "FP32", data: pixels.map((ink) => ink / 255) },
  ];
  const inferred = await post("/v2/models/digits/infer", { inputs, outputs: [{ name: "label" }] });
  expect(inferred).toEqual({
    model_name: "digits",
    model_version: "1",
    outputs: [{ name: "label", datatype: "BYTES", shape: [1], data: [label] }],
  });
  await until(monitoring, ({ predictions }) => predictions.n === 11);

  await server.stop("SIGKILL");
  server = await startServer(project);
  const after = await monitoring();
  expect(after.predictions.n).toBe(11);
  expect(after.accuracy.measured).toMatchObject({ n: 1, share: 1 });
  const page = await (await fetch(`${server.url}/monitoring`)).text();
  expect(page).toContain("Too few predictions to show how they are distributed: 11");
}, 60_000);
