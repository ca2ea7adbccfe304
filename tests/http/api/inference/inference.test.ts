import { expect, test } from "bun:test";
import * as v from "valibot";
import { InferenceSchema, ModelMetadataSchema } from "../../../../src/http/api/inference/inference.ts";
import { MAX_IMAGES } from "../../../../src/http/api/inference/tensors.ts";
import { checkDigits } from "../../../../src/serving/check-digits.ts";
import { createTestApp } from "../../../support/test-app.ts";

const SEVEN = checkDigits()[7]!.pixels;
const INFER = "/v2/models/digits/infer";

/** A request with one image n times, as bytes. */
const bytes = (n = 1, shape: number[] = [n, 28, 28, 1]) => ({
  inputs: [
    { name: "image", shape, datatype: "UINT8", data: Array.from({ length: n }, () => [...SEVEN]).flat() },
  ],
});

test("POST /v2/models/digits/infer answers with every output in the protocol's types, and the id of the request", async () => {
  const { send } = await createTestApp();
  const response = await send("POST", INFER, { id: "42", parameters: { priority: 1 }, ...bytes(2) });
  expect(response.status).toBe(200);
  const body = v.parse(v.strictObject(InferenceSchema.entries), await response.json());
  expect([body.model_name, body.model_version, body.id]).toEqual(["digits", "1", "42"]);
  const [probabilities, label, confidence, outlier] = body.outputs;
  expect(probabilities).toMatchObject({ name: "probabilities", datatype: "FP32", shape: [2, 10] });
  expect(probabilities!.data).toHaveLength(20);
  // In the order of the classes, not of the probabilities.
  expect([probabilities!.data[7], probabilities!.data[17]]).toEqual([0.91, 0.91]);
  expect(label).toEqual({ name: "label", datatype: "BYTES", shape: [2], data: ["7", "7"] });
  expect(confidence).toEqual({ name: "confidence", datatype: "FP32", shape: [2], data: [0.91, 0.91] });
  expect(outlier).toEqual({ name: "is_outlier", datatype: "BOOL", shape: [2], data: [false, false] });
});

test("POST /v2/models/digits/infer passes the same image to the model in every shape, type and nesting", async () => {
  const { send, predictor } = await createTestApp();
  const rows = Array.from({ length: 28 }, (_, y) => [...SEVEN.slice(y * 28, y * 28 + 28)]);
  const tensors = [
    { shape: [1, 28, 28, 1], datatype: "UINT8", data: [...SEVEN] },
    { shape: [1, 28, 28], datatype: "UINT8", data: [rows] },
    { shape: [1, 784], datatype: "UINT8", data: [[...SEVEN]] },
    { shape: [1, 28, 28, 1], datatype: "UINT8", data: [rows.map((row) => row.map((value) => [value]))] },
    { shape: [1, 784], datatype: "FP32", data: Array.from(SEVEN, (value) => Math.fround(value / 255)) },
  ];
  for (const tensor of tensors)
    expect((await send("POST", INFER, { inputs: [{ name: "image", ...tensor }] })).status).toBe(200);
  expect(predictor.seen).toEqual(tensors.map(() => SEVEN));
});

test("POST /v2/models/digits/infer returns only the requested outputs, in their order", async () => {
  const { send } = await createTestApp();
  const body = { ...bytes(), outputs: [{ name: "label" }, { name: "confidence" }] };
  const { outputs, ...rest } = v.parse(InferenceSchema, await (await send("POST", INFER, body)).json());
  expect(outputs.map(({ name }) => name)).toEqual(["label", "confidence"]);
  expect(rest).toEqual({ model_name: "digits", model_version: "1" });
});

test.each([
  [
    "the protocol's own example, whose tensors are those of another model",
    {
      id: "42",
      inputs: [
        { name: "input0", shape: [2, 2], datatype: "UINT32", data: [1, 2, 3, 4] },
        { name: "input1", shape: [3], datatype: "BOOL", data: [true] },
      ],
      outputs: [{ name: "output0" }],
    },
    'inputs: expected one tensor named "image", found 2 tensors',
  ],
  ["no inputs", { inputs: [] }, "found 0 tensors"],
  [
    "another shape",
    bytes(1, [1, 32, 32, 1]),
    "expected [N,28,28,1], [N,28,28] or [N,784] with N of at least 1, found [1,32,32,1]",
  ],
  [
    "no image",
    { inputs: [{ name: "image", shape: [0, 784], datatype: "UINT8", data: [] }] },
    "N of at least 1, found [0,784]",
  ],
  [
    "a shape with more than there is",
    bytes(1, [2, 784]),
    "expected 1568 numbers for the shape [2,784], found 784",
  ],
  [
    "too many images",
    bytes(1, [MAX_IMAGES + 1, 784]),
    `expected at most ${MAX_IMAGES} images, found ${MAX_IMAGES + 1}`,
  ],
  [
    "another type",
    { inputs: [{ ...bytes().inputs[0], datatype: "INT64" }] },
    'expected FP32 or UINT8, found "INT64"',
  ],
  [
    "bytes as FP32",
    { inputs: [{ ...bytes().inputs[0], datatype: "FP32" }] },
    "expected a number from 0 to 1, found",
  ],
  [
    "text in the data",
    { inputs: [{ ...bytes().inputs[0], data: new Array(784).fill("1") }] },
    'image 0, value 0: expected a number from 0 to 255, found "1"',
  ],
  [
    "dark ink",
    { inputs: [{ ...bytes().inputs[0], data: Array.from(SEVEN, (value) => 255 - value) }] },
    "image 0: pixels: expected light ink on a dark ground",
  ],
  [
    "an empty image",
    { inputs: [{ ...bytes().inputs[0], data: new Array(784).fill(0) }] },
    "The image is empty",
  ],
  [
    "another output",
    { ...bytes(), outputs: [{ name: "logits" }] },
    'expected one of probabilities, label, confidence, is_outlier, found "logits"',
  ],
  ["no object", [1], "The body is not valid"],
  ["no JSON", "{", "JSON"],
])("POST /v2/models/digits/infer is 400 with {error} for %s", async (_, body, message) => {
  const { send, predictor } = await createTestApp();
  const response = await send("POST", INFER, body);
  expect(response.status).toBe(400);
  const answer = (await response.json()) as { error: string };
  expect(Object.keys(answer)).toEqual(["error"]);
  expect(answer.error).toContain(message);
  expect(predictor.seen).toEqual([]);
});

test("POST /v2/models/digits/infer accepts as many images as it says, and refuses a longer body with {error}", async () => {
  const { send, deps } = await createTestApp();
  expect((await send("POST", INFER, bytes(MAX_IMAGES))).status).toBe(200);
  await deps.monitor.flush();
  const { counts } = await deps.monitor.overview("24h");
  expect(counts.n).toBe(MAX_IMAGES);
  // The time of one image of a batch is not known.
  expect(counts.histograms.latency.every((n) => n === 0)).toBe(true);
  const long = await send("POST", INFER, { ...bytes(), parameters: { x: "x".repeat(600_000) } });
  expect(long.status).toBe(413);
  expect(Object.keys((await long.json()) as object)).toEqual(["error"]);
  const text = await send("POST", INFER, "{}", { "content-type": "text/plain" });
  expect([text.status, Object.keys((await text.json()) as object)]).toEqual([415, ["error"]]);
});

test("POST /v2/models/digits/infer names the version that predicted, and is 409 when another was requested", async () => {
  const { send, predictor } = await createTestApp();
  const predictAll = predictor.predictAll.bind(predictor);
  predictor.predictAll = (images) => {
    predictor.model = { name: "digits", version: 2 };
    return predictAll(images);
  };
  const body = v.parse(InferenceSchema, await (await send("POST", INFER, bytes(3))).json());
  expect(body.model_version).toBe("2");
  predictor.model = { name: "digits", version: 1 };
  const requested = await send("POST", "/v2/models/digits/versions/1/infer", bytes(3));
  expect(requested.status).toBe(409);
  expect(await requested.json()).toEqual({
    error: "Version 1 of digits is not loaded: version 2 is live. Promote it to serve it",
  });
});

test("GET /v2/models/digits describes the tensors, and its versions that can be requested", async () => {
  const { send } = await createTestApp();
  for (const path of ["/v2/models/digits", "/v2/models/digits/versions/1"]) {
    const body = v.parse(v.strictObject(ModelMetadataSchema.entries), await (await send("GET", path)).json());
    expect(body).toEqual({
      name: "digits",
      versions: ["1"],
      platform: "tensorflowjs_layersmodel",
      inputs: [{ name: "image", datatype: "FP32", shape: [-1, 28, 28, 1] }],
      outputs: [
        { name: "probabilities", datatype: "FP32", shape: [-1, 10] },
        { name: "label", datatype: "BYTES", shape: [-1] },
        { name: "confidence", datatype: "FP32", shape: [-1] },
        { name: "is_outlier", datatype: "BOOL", shape: [-1] },
      ],
    });
  }
});

test("GET /v2 and the health paths have the fields of the protocol", async () => {
  const { send, predictor } = await createTestApp();
  const json = async (path: string) => {
    const response = await send("GET", path);
    return [response.status, await response.json()];
  };
  expect(await json("/v2")).toEqual([200, { name: "tegaki", version: "0.1.0-test", extensions: [] }]);
  expect(await json("/v2/health/live")).toEqual([200, { live: true }]);
  expect(await json("/v2/health/ready")).toEqual([200, { live: true, ready: true }]);
  expect(await json("/v2/models/digits/ready")).toEqual([200, { name: "digits", ready: true }]);
  expect(await json("/v2/models/digits/versions/1/ready")).toEqual([200, { name: "digits", ready: true }]);
  predictor.model = null;
  expect(await json("/v2/health/live")).toEqual([200, { live: true }]);
  expect(await json("/v2/health/ready")).toEqual([503, { live: true, ready: false }]);
  expect((await send("GET", "/v2/models/digits/ready")).status).toBe(404);
});

test("a version that is not live is 409 with the reason, an unknown one and another model are 404, all as {error}", async () => {
  const { send } = await createTestApp();
  const other = 2;
  const error = async (method: string, path: string, body?: unknown) => {
    const response = await send(method, path, body);
    return [response.status, ((await response.json()) as { error: string }).error] as const;
  };
  for (const [method, path, body] of [
    ["GET", "", undefined],
    ["GET", "/ready", undefined],
    ["POST", "/infer", bytes()],
  ] as const) {
    const [status, reason] = await error(method, `/v2/models/digits/versions/${other}${path}`, body);
    expect(status).toBe(409);
    expect(reason).toBe(
      `Version ${other} of digits is not loaded: version 1 is live. Promote it to serve it`,
    );
    expect((await error(method, `/v2/models/digits/versions/99${path}`, body))[0]).toBe(404);
    expect((await error(method, `/v2/models/digits/versions/latest${path}`, body))[0]).toBe(404);
    expect((await error(method, `/v2/models/letters${path}`, body))[1]).toContain('The model is "digits"');
  }
  expect((await error("GET", "/v2/nothing"))[0]).toBe(404);
  expect((await error("GET", INFER))[0]).toBe(405);
});
