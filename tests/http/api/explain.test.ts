import { describe, expect, test } from "bun:test";
import * as v from "valibot";
import { ExplanationSchema } from "../../../src/http/api/explain.ts";
import { UnavailableError } from "../../../src/lib/errors.ts";
import { createTestApp, STROKES } from "../../support/test-app.ts";

const PATH = "/api/v1/explain";

describe("POST /explain", () => {
  test("returns the prediction, each pixel's influence on it, and every layer as an image", async () => {
    const { send } = await createTestApp();
    const response = await send("POST", PATH, STROKES);
    expect(response.status).toBe(200);
    const body = v.parse(v.strictObject(ExplanationSchema.pipe[0].entries), await response.json());
    expect(body).toMatchObject({ label: "7", confidence: 0.91, model: { name: "digits", version: 1 } });
    const inked = body.image.pixels.flatMap((ink, i) => (ink > 0 ? [i] : []));
    expect(body.saliency.flatMap((value, i) => (value !== 0 ? [i] : []))).toEqual(inked);
    expect(body.layers.map(({ name, max, values }) => [name, max, values])).toEqual([
      ["conv", 4, null],
      ["dense", 3, [3, 0]],
    ]);
    expect(body.layers[0]!.image).toStartWith("data:image/png;base64,");
  });

  test("returns the fragment of the Draw page, in the reader's language, when HTML is requested", async () => {
    const { send } = await createTestApp();
    const html = async (language: string) => {
      const headers = { accept: "text/html", "accept-language": language };
      return (await send("POST", PATH, STROKES, headers)).text();
    };
    expect(await html("en")).toContain("Model 1 predicts 7 with 91.0\u00a0% confidence.");
    expect(await html("en")).toContain(
      'aria-label="How each pixel affects 7. The strongest support is in this area: top.',
    );
    expect(await html("ja")).toContain("モデル 1 の認識結果は 7");
  });

  test("stores nothing", async () => {
    const { send, store } = await createTestApp();
    await send("POST", PATH, STROKES);
    await store.predictions.flush();
    expect((await store.samples.list({})).samples).toEqual([]);
  });

  test.each([
    ["neither strokes nor pixels", {}, 422],
    ["both", { ...STROKES, pixels: Array(784).fill(255) }, 422],
    ["no ink", { pixels: Array(784).fill(0) }, 422],
    ["an unknown field", { ...STROKES, label: "7" }, 422],
    ["no JSON", "{", 400],
  ])("is 4xx with a message for %s", async (_, body, status) => {
    const { send, errors } = await createTestApp();
    const response = await send("POST", PATH, body);
    expect(response.status).toBe(status);
    expect(((await response.json()) as { detail: string }).detail).not.toBe("");
    expect(errors).toEqual([]);
  });

  test("is 503 when too many requests are waiting", async () => {
    const { send, predictor } = await createTestApp();
    predictor.failure = new UnavailableError("The server is busy: 16 drawings are waiting");
    const response = await send("POST", PATH, STROKES);
    expect(response.status).toBe(503);
  });
});
