import { PREPROCESSING_VERSION } from "../../digits/image-format.ts";
import type { Sample } from "../../domain/sample.ts";
import type { AppDeps } from "../deps.ts";
import { ValidationError } from "../middleware/problem.ts";
import { type InkInput, readInk } from "./ink.ts";

export interface LabelInput extends InkInput {
  /** Null for a drawing of none of the classes. */
  label: string | null;
  prediction_id?: string | undefined;
  writer?: string | undefined;
  session?: string | undefined;
}

export type LabelDeps = Pick<AppDeps, "store" | "scheduler" | "classes">;

/**
 * Keeps a label with what was drawn; durable when it resolves. A prediction that is no longer remembered is
 * no reason to lose the label: the sample then says nothing about what was predicted.
 *
 * A drawing of none of the classes is kept too; it is no label that a training waits for, so the scheduler is not told.
 *
 * @param source where it came from: "api" or "draw".
 * @param idempotencyKey repeats safely: the sample stored the first time comes back, with `isNew` false.
 * @throws {ValidationError} when the label is none of the classes or there is no ink.
 * @throws {ConflictError} when the key was used for other content.
 */
export async function storeLabel(
  deps: LabelDeps,
  input: LabelInput,
  source: string,
  idempotencyKey?: string,
): Promise<{ sample: Sample; isNew: boolean }> {
  if (input.label !== null) requireClass(deps.classes, input.label);
  const ink = readInk(input);
  const predictionId = input.prediction_id ?? null;
  const prediction = predictionId === null ? null : await deps.store.predictions.get(predictionId);
  const stored = await deps.store.samples.insert(
    {
      ...ink,
      preprocessing: PREPROCESSING_VERSION,
      label: input.label,
      predicted: prediction?.label ?? null,
      confidence: prediction?.confidence ?? null,
      modelVersion: prediction?.modelVersion ?? null,
      predictionId,
      writer: input.writer ?? null,
      session: input.session ?? null,
      source,
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
  throw new ValidationError(`label: ${message}`, [{ path: "label", message }]);
}
