import { expect, test } from "bun:test";
import * as v from "valibot";
import { PredictionSchema } from "../../../src/http/api/predict.ts";
import { checkDigits } from "../../../src/serving/check-digits.ts";
import { createTestApp, STROKES } from "../../support/test-app.ts";

const SEVEN = checkDigits()[7]!.pixels;

test("POST /predict returns every class, the model's version and the image it saw for strokes", async () => {
  const { send, predictor } = await createTestApp();
  const response = await send("POST", "/api/v1/predict", STROKES);
  expect(response.status).toBe(200);
  const body = v.parse(PredictionSchema, await response.json());
  expect(body).toMatchObject({ label: "7", confidence: 0.91, model: { name: "digits", version: 1 } });
  expect(body.probabilities).toHaveLength(10);
  expect(body.probabilities.reduce((sum, { p }) => sum + p, 0)).toBeCloseTo(1, 6);
  expect(body.image).toEqual({ rows: 28, cols: 28, pixels: [...predictor.seen[0]!] });
  expect(Math.max(...body.image.pixels)).toBe(255);
});

test("POST /api/v1/predict flags a drawing that is like none of the classes", async () => {
  const { send, predictor } = await createTestApp();
  expect(await (await send("POST", "/api/v1/predict", STROKES)).json()).toMatchObject({
    outlier_score: -9,
    is_outlier: false,
  });
  predictor.isOutlier = true;
  expect(await (await send("POST", "/api/v1/predict", STROKES)).json()).toMatchObject({
    label: "7",
    outlier_score: -1,
    is_outlier: true,
  });
});

test("POST /predict passes 784 pixels to the model unchanged", async () => {
  const { send, predictor } = await createTestApp();
  const response = await send("POST", "/api/v1/predict", { pixels: [...SEVEN] });
  expect(response.status).toBe(200);
  expect(predictor.seen).toEqual([SEVEN]);
});

test("POST /predict leaves a stray tap out of the image, and names the stroke", async () => {
  const { send, predictor } = await createTestApp();
  await send("POST", "/api/v1/predict", STROKES);
  const tapped = { strokes: [[[280, 280]], ...STROKES.strokes], width: 300, height: 300 };
  const body = v.parse(PredictionSchema, await (await send("POST", "/api/v1/predict", tapped)).json());
  expect(body.left_out).toEqual([0]);
  expect(predictor.seen[1]).toEqual(predictor.seen[0]!);
});

test("POST /predict leaves nothing out of a plain drawing or an image", async () => {
  const { send } = await createTestApp();
  for (const ink of [STROKES, { pixels: [...SEVEN] }]) {
    expect(await (await send("POST", "/api/v1/predict", ink)).json()).toMatchObject({ left_out: [] });
  }
});

test("POST /predict remembers the prediction under its id", async () => {
  const { send, store } = await createTestApp();
  const { id } = (await (await send("POST", "/api/v1/predict", STROKES)).json()) as { id: string };
  expect(await store.predictions.get(id)).toEqual({
    id,
    label: "7",
    confidence: 0.91,
    shown: null,
    modelVersion: 1,
    createdAt: "2026-01-02T03:04:05.000Z",
  });
});

const REFUSED: [string, unknown, string][] = [
  ["there is neither strokes nor pixels", {}, "strokes"],
  ["there are both", { ...STROKES, pixels: [...SEVEN] }, "pixels"],
  ["nothing was drawn", { strokes: [], width: 100, height: 100 }, "strokes"],
  ["every stroke is empty", { strokes: [[], []], width: 100, height: 100 }, "strokes"],
  ["every pixel is blank", { pixels: Array(784).fill(0) }, "pixels"],
  ["a pixel is missing", { pixels: [...SEVEN].slice(1) }, "pixels"],
  ["a pixel is above 255", { pixels: Array(784).fill(256) }, "pixels[0]"],
  ["the width is missing", { strokes: STROKES.strokes, height: 100 }, "width"],
  ["the height is negative", { ...STROKES, height: -1 }, "height"],
  ["a point has one number", { ...STROKES, strokes: [[[1]]] }, "strokes[0][0]"],
  ["a coordinate is text", { ...STROKES, strokes: [[["1", 2]]] }, "strokes[0][0][0]"],
  ["a point is far outside", { ...STROKES, strokes: [[[1e308, 2]]] }, "strokes[0][0][0]"],
  ["a key is not known", { ...STROKES, lable: "1" }, "lable"],
  ["the body is a number", 7, ""],
  ["the body is null", null, ""],
];

test.each(REFUSED)("POST /predict is 422 and names the field when %s", async (_, body, path) => {
  const { send, predictor } = await createTestApp();
  const response = await send("POST", "/api/v1/predict", body);
  expect(response.status).toBe(422);
  const { errors } = (await response.json()) as { errors: { path: string }[] };
  expect(errors.map((error) => error.path)).toContain(path);
  expect(predictor.seen).toEqual([]);
});

test("POST /predict is 422 for a number that overflows to infinity", async () => {
  const { send } = await createTestApp();
  const response = await send("POST", "/api/v1/predict", '{"strokes":[[[1e999,2]]],"width":9,"height":9}');
  expect(response.status).toBe(422);
});

test("POST /predict lists at most 20 of many errors", async () => {
  const { send } = await createTestApp();
  const response = await send("POST", "/api/v1/predict", { ...STROKES, strokes: Array(900).fill("x") });
  const { errors } = (await response.json()) as { errors: unknown[] };
  expect(errors).toHaveLength(20);
});

test("POST /predict is 503 with Retry-After when no model is loaded", async () => {
  const { send, predictor } = await createTestApp();
  predictor.model = null;
  const response = await send("POST", "/api/v1/predict", STROKES);
  expect(response.status).toBe(503);
  expect(response.headers.get("retry-after")).toBe("1");
});

/** The same drawing, a little wider: another sample that looks alike. */
const LIKE = { ...STROKES, width: STROKES.width + 1 };
/** A bar far from the drawing. */
const OTHER = {
  strokes: [
    [
      [10, 90],
      [90, 90],
    ],
  ],
  width: 100,
  height: 100,
};

test("POST /predict without a model answers by everybody's labelled drawings once each class has one", async () => {
  const { send, predictor, registry, store } = await createTestApp({ classes: ["a", "b"] });
  predictor.model = null;
  registry.championVersion = 0;
  const predict = () => send("POST", "/api/v1/predict", LIKE);
  await send("POST", "/api/v1/samples", { ...STROKES, label: "a", writer: "Aki" });
  const early = await predict();
  expect([early.status, (await early.json()).detail]).toEqual([
    409,
    "There is no model yet. Drawings are recognised as soon as each class has one that is labelled; there is none of b yet. Promote one",
  ]);
  const { id: ofB } = await (await send("POST", "/api/v1/samples", { ...OTHER, label: "b" })).json();
  const answer = await (await predict()).json();
  expect(answer).toMatchObject({
    label: "a",
    model: { name: "memory", version: 0 },
    outlier_score: null,
    is_outlier: false,
    personal: { used: false, n: 0, changed_from: null },
    probabilities: [
      { label: "a", p: answer.confidence },
      { label: "b", p: expect.closeTo(1 - answer.confidence) },
    ],
  });
  // No model has predicted it, so nothing counts it as a model's, and its label is stored without a prediction.
  expect(await store.predictions.get(answer.id)).toBeNull();
  const labelled = await send("POST", "/api/v1/samples", { ...LIKE, label: "a", prediction_id: answer.id });
  expect([labelled.status, (await labelled.json()).predicted]).toEqual([201, null]);
  const metrics = await (await send("GET", "/metrics")).text();
  expect(metrics).toContain('tegaki_memory_predictions_total{class="a"} 1');
  expect(metrics).not.toContain('tegaki_predictions_total{class="a"');
  expect(await (await send("GET", "/readyz")).json()).toEqual({ status: "ready", model: null });
  expect((await send("GET", "/v2/models/digits")).status).toBe(404);

  await send("PATCH", `/api/v1/samples/${ofB}`, { label: "a" });
  expect((await predict()).status).toBe(409);
  await send("PATCH", `/api/v1/samples/${ofB}`, { label: "b" });
  expect((await predict()).status).toBe(200);
  await send("DELETE", `/api/v1/samples/${ofB}`);
  expect((await predict()).status).toBe(409);
  predictor.model = { name: "digits", version: 1 };
  expect(await (await predict()).json()).toMatchObject({ label: "7", model: { name: "digits", version: 1 } });
});

test("POST /predict is 409 when there is no model yet, and says what one needs", async () => {
  const { send, predictor, registry, scheduler } = await createTestApp({ classes: ["a", "b"] });
  predictor.model = null;
  registry.championVersion = 0;
  const classes = [
    { label: "a", n: 7, of: 10 },
    { label: "b", n: 3, of: 10 },
  ];
  scheduler.firstModel = { perClass: 10, total: 20, classes, n: 10, heldOut: 0, isEnough: false };
  const response = await send("POST", "/api/v1/predict", STROKES);
  expect(response.status).toBe(409);
  expect(await response.json()).toMatchObject({
    detail:
      "There is no model yet. Drawings are recognised as soon as each class has one that is labelled; there is none of a, b yet. It is trained once there are 10 labelled drawings of each class, 20 in total; there are 10 now. Label with POST /api/v1/samples",
  });
  scheduler.firstModel = { ...scheduler.firstModel, isEnough: true };
  expect(await (await send("POST", "/api/v1/predict", STROKES)).json()).toMatchObject({
    detail: expect.stringContaining("it is trained next"),
  });
});
