import { type Context, Hono } from "hono";
import { accepts } from "hono/accepts";
import * as v from "valibot";
import { Explanation } from "../../../views/fragments/explanation.tsx";
import type { LayerActivations } from "../../domain/layer-activations.ts";
import { contactSheet } from "../../lib/contact-sheet.ts";
import type { Explanation as Explained } from "../../serving/prediction.ts";
import { asWriter } from "../access/own-name.ts";
import type { AppDeps } from "../deps.ts";
import { readerText } from "../routes/reader.ts";
import { described } from "./conditions.ts";
import { describe } from "./describe.ts";
import {
  ImageSchema,
  INK,
  INK_EXAMPLE,
  type Ink,
  type InkInput,
  imageJson,
  inkEntries,
  LeftOutSchema,
  limitInk,
  readInk,
} from "./ink.ts";
import { requireModel } from "./no-model.ts";
import { PersonalSchema, type PersonInput, personEntries, personOf } from "./person.ts";
import { type SpokenFor, spokenFor } from "./spoken-for.ts";
import { jsonBody, strict } from "./validate.ts";

const ExplainBody = v.pipe(
  strict({ ...inkEntries, ...personEntries }),
  described({ ...INK, examples: [INK_EXAMPLE] }),
);

const LayerSchema = v.object({
  name: v.string(),
  rows: v.pipe(v.number(), v.description("Rows of each feature map; 1 for the units of a dense layer")),
  cols: v.number(),
  count: v.number(),
  max: v.pipe(v.number(), v.description("The greatest activation; it is black in `image`, and 0 is white")),
  image: v.pipe(v.string(), v.description("All feature maps side by side: a PNG in a data URL")),
  values: v.pipe(
    v.nullable(v.array(v.number())),
    v.description("Activations of a dense layer, one per unit; otherwise null"),
  ),
});

/** The response of `POST /explain`. */
export const ExplanationSchema = v.pipe(
  v.object({
    label: v.string(),
    confidence: v.number(),
    model: v.object({ name: v.string(), version: v.number() }),
    image: ImageSchema,
    left_out: LeftOutSchema,
    saliency: v.pipe(
      v.array(v.number()),
      v.length(784),
      v.description(
        "Change of the label's logit per full pixel of ink, row-major; a positive value supports the label",
      ),
    ),
    layers: v.array(LayerSchema),
    personal: v.object({
      ...PersonalSchema.entries,
      label: v.pipe(
        v.string(),
        v.description("The answer to this person; `label` is that of the model alone"),
      ),
      drawings: v.pipe(
        v.array(
          v.object({
            id: v.string(),
            label: v.string(),
            nats: v.pipe(v.number(), v.description("Its part in the logit of its label")),
            image: ImageSchema,
          }),
        ),
        v.description(
          "The remembered drawings that spoke most for the answer: only those of the same sitting",
        ),
      ),
    }),
  }),
  v.metadata({ ref: "Explanation" }),
);
/** An explanation as JSON. */
type ExplanationJson = v.InferOutput<typeof ExplanationSchema>;

type ExplainDeps = Pick<AppDeps, "predictor" | "memory" | "store" | "registry" | "scheduler">;

/** `POST /explain`: explains a prediction. */
export function createExplainApi(deps: ExplainDeps): Hono {
  return new Hono().post(
    "/",
    describe({
      id: "explain",
      tag: "Predictions",
      summary: "Explain a prediction",
      description:
        "The same input as for a prediction. Returns each pixel's influence on the predicted label (the gradient of its logit) and the activations of the convolutions and dense layers. Nothing is stored. What a person's memory adds is told apart: its drawings are shown only to the sitting that stored them. With `Accept: text/html`, the response is the fragment that the Draw page shows.",
      answers: { 200: { description: "The prediction and its explanation", schema: ExplanationSchema } },
      errors: [400, 409, 413, 415, 422, 503],
    }),
    limitInk(),
    jsonBody(ExplainBody),
    async (c) => {
      const explanation = await explainInk(deps, asWriter(c, c.req.valid("json")));
      if (!wantsHtml(c)) return c.json(explanation);
      return c.html(String(Explanation({ text: readerText(c), explanation })));
    },
  );
}

function wantsHtml(c: Context): boolean {
  const offered = { header: "Accept" as const, default: "application/json" };
  return accepts(c, { ...offered, supports: ["application/json", "text/html"] }) === "text/html";
}

/**
 * Predicts and explains.
 *
 * @throws {ValidationError} when there is nothing to recognise.
 * @throws {ConflictError} when there is no model yet.
 * @throws {UnavailableError} when the model is not loaded yet or too many requests are waiting.
 */
async function explainInk(deps: ExplainDeps, input: InkInput & PersonInput): Promise<ExplanationJson> {
  const ink = readInk(input);
  await requireModel(deps);
  const explanation = await deps.predictor.explain(ink.pixels);
  return explanationJson(explanation, ink, await spokenFor(deps, ink.pixels, personOf(input)));
}

function explanationJson(explanation: Explained, ink: Ink, spoken: SpokenFor): ExplanationJson {
  const { label, confidence, model, saliency, layers } = explanation;
  return {
    label,
    confidence,
    model,
    image: imageJson(ink.pixels),
    left_out: ink.leftOut,
    saliency: Array.from(saliency, rounded),
    layers: layers.map(layerJson),
    personal: {
      ...{ used: spoken.used, n: spoken.n, changed_from: spoken.changedFrom, label: spoken.label },
      drawings: spoken.drawings.map(({ id, label: of, nats, pixels }) => ({
        ...{ id, label: of, nats: rounded(nats) },
        image: imageJson(pixels),
      })),
    },
  };
}

function layerJson({ name, rows, cols, count, values }: LayerActivations): ExplanationJson["layers"][number] {
  const max = values.reduce((greatest, value) => Math.max(greatest, value), 0);
  const images = Uint8Array.from(values, (value) => (max > 0 ? Math.max(0, (255 * value) / max) : 0));
  const isDense = rows * cols === 1;
  return {
    name,
    rows,
    cols,
    count,
    max: rounded(max),
    image: contactSheet({ rows, cols, images }),
    values: isDense ? Array.from(values, rounded) : null,
  };
}

/** Rounds to four digits, which is all that can be seen. */
function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
