import { PREPROCESSING_VERSION } from "../../digits/image-format.ts";
import type { NewSample, Sample } from "../../domain/sample.ts";
import { saying } from "../../lib/saying.ts";
import type { AppDeps } from "../deps.ts";
import { ValidationError } from "../middleware/problem.ts";
import { type InkInput, readInk } from "./ink.ts";

/** A label for a drawing or an image. */
export interface LabelInput extends InkInput {
  /** Null for a drawing of none of the classes. */
  label: string | null;
  prediction_id?: string | undefined;
  writer?: string | undefined;
  session?: string | undefined;
  /** The session, when it is absent: both are then the same for this client. */
  sitting?: string | undefined;
}

/** The dependencies of `storeLabel`. */
export type LabelDeps = Pick<AppDeps, "store" | "scheduler" | "classes">;

/**
 * Stores a label with its drawing; durable when it resolves. If the prediction is no longer remembered, the label is
 * stored anyway, without the prediction.
 *
 * A drawing of none of the classes is stored too, but as training does not wait for it, the scheduler is not notified.
 *
 * @param origin where it came from ("api" or "draw"), and who sent it.
 * @param idempotencyKey makes repeats safe: they return the sample stored the first time, with `isNew` false.
 * @throws {ValidationError} when the label is not one of the classes or there is no ink.
 * @throws {ConflictError} when the key was used for other content.
 */
export async function storeLabel(
  deps: LabelDeps,
  input: LabelInput,
  origin: Pick<NewSample, "source" | "actor">,
  idempotencyKey?: string,
): Promise<{ sample: Sample; isNew: boolean }> {
  if (input.label !== null) requireClass(deps.classes, input.label);
  const ink = readInk(input);
  const predictionId = input.prediction_id ?? null;
  const prediction = predictionId === null ? null : await deps.store.predictions.get(predictionId);
  const stored = await deps.store.samples.insert(
    {
      drawing: ink.drawing,
      pixels: ink.pixels,
      preprocessing: PREPROCESSING_VERSION,
      label: input.label,
      predicted: prediction?.label ?? null,
      confidence: prediction?.confidence ?? null,
      modelVersion: prediction?.modelVersion ?? null,
      shown: prediction?.shown?.label ?? null,
      predictionId,
      writer: input.writer ?? null,
      session: input.session ?? null,
      sitting: input.sitting ?? input.session ?? null,
      ...origin,
    },
    idempotencyKey,
  );
  if (stored.isNew && input.label !== null) deps.scheduler.notifyNewSample();
  return stored;
}

/** @throws {ValidationError} naming the classes. */
export function requireClass(classes: readonly string[], label: string): void {
  if (classes.includes(label)) return;
  const message = `expected one of ${classes.join(", ")}, found ${JSON.stringify(label.slice(0, 40))}`;
  const figures = { name: "label", known: classes.join(", "), found: label.slice(0, 40) };
  throw new ValidationError(`label: ${message}`, [{ path: "label", message }], {
    says: saying("request.oneOf", figures),
  });
}
