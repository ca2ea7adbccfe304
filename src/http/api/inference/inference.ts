import { type Context, Hono } from "hono";
import * as v from "valibot";
import { IMAGE_COLS, IMAGE_ROWS } from "../../../digits/image-format.ts";
import { InputError } from "../../../lib/errors.ts";
import type { AppDeps } from "../../deps.ts";
import { described, NEVER } from "../conditions.ts";
import { describe } from "../describe.ts";
import { atMost, jsonBody, named } from "../validate.ts";
import { requireLive, requireVersion } from "./live-model.ts";
import { describeOutputs, OUTPUT_NAMES, outputsOf, requestedOutputs } from "./outputs.ts";
import { predictAllRecorded, type RecordingDeps } from "./recorded-prediction.ts";
import { INPUT_NAME, INPUT_TYPES, imagesOf, MAX_IMAGES } from "./tensors.ts";

const Parameters = v.optional(named(v.string(), v.unknown()));

const N = { type: "integer", minimum: 1, maximum: MAX_IMAGES };
const SHAPES = [[IMAGE_ROWS, IMAGE_COLS, 1], [IMAGE_ROWS, IMAGE_COLS], [IMAGE_ROWS * IMAGE_COLS]].map(
  (rest) => ({
    ...{ prefixItems: [N, ...rest.map((size) => ({ const: size }))], items: NEVER },
    minItems: rest.length + 1,
  }),
);

const InferenceRequest = v.object({
  id: v.optional(v.pipe(v.string(), atMost(200, "expected at most 200 characters"))),
  parameters: Parameters,
  inputs: v.pipe(
    v.array(
      v.object({
        name: v.pipe(v.string(), described({ const: INPUT_NAME })),
        shape: v.pipe(
          v.array(v.number()),
          v.maxLength(8, "expected at most 8 dimensions"),
          described({ anyOf: SHAPES }),
        ),
        datatype: v.pipe(
          v.string(),
          described({ enum: INPUT_TYPES }),
          v.description(`${INPUT_TYPES.join(" (0 to 1) or ")} (0 to 255), ink high`),
        ),
        parameters: Parameters,
        data: v.pipe(v.array(v.unknown()), v.description("Numbers, flat or nested as the shape says")),
      }),
    ),
    described({ minItems: 1, maxItems: 1 }),
    v.description(`One tensor "${INPUT_NAME}" of at most ${MAX_IMAGES} images`),
  ),
  outputs: v.optional(
    v.array(
      v.object({ name: v.pipe(v.string(), described({ enum: OUTPUT_NAMES })), parameters: Parameters }),
    ),
  ),
});

const OutputSchema = v.object({
  name: v.string(),
  shape: v.array(v.number()),
  datatype: v.string(),
  data: v.array(v.union([v.number(), v.string(), v.boolean()])),
});

/** The response of an inference. */
export const InferenceSchema = v.object({
  model_name: v.string(),
  model_version: v.string(),
  id: v.optional(v.string()),
  outputs: v.array(OutputSchema),
});

const TensorSchema = v.object({ name: v.string(), datatype: v.string(), shape: v.array(v.number()) });

/** The description of a model. */
export const ModelMetadataSchema = v.object({
  name: v.string(),
  versions: v.array(v.string()),
  platform: v.string(),
  inputs: v.array(TensorSchema),
  outputs: v.array(TensorSchema),
});

const ErrorSchema = v.pipe(v.object({ error: v.string() }), v.metadata({ ref: "InferenceError" }));
const ReadySchema = v.object({ name: v.string(), ready: v.boolean() });

const ERRORS = {
  404: { description: "There is no such model or version, or no model yet", schema: ErrorSchema },
  409: { description: "That version is not loaded", schema: ErrorSchema },
};
const INFER_ERRORS = {
  ...ERRORS,
  400: { description: "The request is not valid", schema: ErrorSchema },
  413: { description: "The body is longer than the limit", schema: ErrorSchema },
  415: { description: "The body is not JSON", schema: ErrorSchema },
  503: { description: "Too many requests are waiting", schema: ErrorSchema },
};

type InferenceDeps = Pick<AppDeps, "registry" | "version"> & RecordingDeps;

/**
 * The model under the Open Inference Protocol, version 2, as REST. Errors are `{"error": …}`, as it says.
 * Source: https://github.com/kserve/open-inference-protocol, specification/protocol/inference_rest.md
 */
export function createInferenceApi(deps: InferenceDeps): Hono {
  const api = new Hono();
  addServer(api, deps);
  for (const [path, suffix] of [
    ["/models/:name", ""],
    ["/models/:name/versions/:version", "Version"],
  ] as const) {
    addMetadata(api, deps, path, suffix);
    addInfer(api, deps, path, suffix);
  }
  return api;
}

function addServer(api: Hono, { predictor, version }: InferenceDeps): void {
  const metadata = describe({
    id: "getInferenceServer",
    tag: "Inference",
    summary: "The server, by the Open Inference Protocol",
    answers: {
      200: {
        description: "Its name and version",
        schema: v.object({ name: v.string(), version: v.string(), extensions: v.array(v.string()) }),
      },
    },
  });
  api.get("/", metadata, (c) => c.json({ name: "tegaki", version, extensions: [] }));

  const live = describe({
    id: "isInferenceLive",
    tag: "Inference",
    summary: "Whether the server responds",
    answers: { 200: { description: "It does", schema: v.object({ live: v.boolean() }) } },
  });
  api.get("/health/live", live, (c) => c.json({ live: true }));

  const health = v.object({ live: v.boolean(), ready: v.boolean() });
  const ready = describe({
    id: "isInferenceReady",
    tag: "Inference",
    summary: "Whether the model is loaded",
    answers: {
      200: { description: "It is", schema: health },
      503: { description: "It is not, or there is none yet", schema: health },
    },
  });
  api.get("/health/ready", ready, (c) => {
    const isReady = predictor.current() !== null;
    return c.json({ live: true, ready: isReady }, isReady ? 200 : 503);
  });
}

function addMetadata(api: Hono, deps: InferenceDeps, path: string, suffix: string): void {
  const metadata = describe({
    id: `getInferenceModel${suffix}`,
    tag: "Inference",
    summary: "The model's tensors",
    answers: { 200: { description: "Inputs and outputs", schema: ModelMetadataSchema }, ...ERRORS },
  });
  api.get(path, metadata, async (c) => {
    const { name, version, classes } = await liveOf(c, deps);
    return c.json({
      name,
      versions: [String(version)],
      platform: "tensorflowjs_layersmodel",
      inputs: [{ name: INPUT_NAME, datatype: INPUT_TYPES[0], shape: [-1, IMAGE_ROWS, IMAGE_COLS, 1] }],
      outputs: describeOutputs(classes.length),
    });
  });

  const ready = describe({
    id: `isInferenceModelReady${suffix}`,
    tag: "Inference",
    summary: "Whether the model is loaded",
    answers: { 200: { description: "It is", schema: ReadySchema }, ...ERRORS },
  });
  api.get(`${path}/ready`, ready, async (c) => {
    const { name } = await liveOf(c, deps);
    return c.json({ name, ready: true });
  });
}

function addInfer(api: Hono, deps: InferenceDeps, path: string, suffix: string): void {
  const infer = describe({
    id: `infer${suffix}`,
    tag: "Inference",
    summary: "Recognise images",
    description: `At most ${MAX_IMAGES} images of ${IMAGE_ROWS} x ${IMAGE_COLS} pixels; all are predicted by one version.`,
    answers: { 200: { description: "The requested outputs", schema: InferenceSchema }, ...INFER_ERRORS },
  });
  api.post(`${path}/infer`, infer, jsonBody(InferenceRequest), async (c) => {
    const startMs = deps.monotonicMs();
    await liveOf(c, deps);
    const { id, inputs, outputs } = c.req.valid("json");
    const images = imagesOf(inputs);
    const names = requestedOutputs(outputs);
    // In a batch, the time of one image is not known.
    const since = images.length === 1 ? startMs : null;
    const { model, predictions } = await predictAllRecorded(deps, images, since);
    // Another version may have gone live since the request was checked, but the client wants this one.
    requireVersion(model, c.req.param("version"));
    return c.json({
      model_name: model.name,
      model_version: String(model.version),
      ...(id === undefined ? {} : { id }),
      outputs: outputsOf(predictions, model.classes, names),
    } satisfies v.InferOutput<typeof InferenceSchema>);
  });
}

function liveOf(c: Context, deps: InferenceDeps) {
  const name = c.req.param("name");
  if (name === undefined) throw new InputError("The model has no name");
  return requireLive(deps, name, c.req.param("version") ?? null);
}
