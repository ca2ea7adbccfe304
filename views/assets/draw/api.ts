import { isAtLeast, isRole } from "../../../src/domain/access/role.ts";
import { bodyOf, isNotAllowed, isTransient, reasonOf, retryOf, send } from "../request.ts";
import type { CorrectResult, DeleteResult, LabelEntry, SendResult } from "./outbox.ts";
import type { PersonFields } from "./person/who-draws.ts";
import type { AnyInk } from "./picture/any-ink.ts";
import { type Correction, type Meaning, meaningOf } from "./recent/meaning.ts";

/** The response of POST /api/v1/predict. */
export interface Answer {
  id: string;
  label: string;
  confidence: number;
  probabilities: { label: string; p: number }[];
  /** Whether the drawing looks like none of the classes; `label` is then only the nearest one. */
  is_outlier: boolean;
  /** Whether the person's own drawings support the label, how many are remembered, and what the model alone says. */
  personal: { used: boolean; n: number; changed_from: string | null };
  model: { name: string; version: number };
  image: { rows: number; cols: number; pixels: number[] };
}

/** Whether labelled drawings gave the answer, because the project has no model yet. */
export function isByMemory({ model }: Answer): boolean {
  return model.name === "memory";
}

/** A prediction, or why there is none; the reason is null when the server cannot be reached. */
export type PredictResult = { kind: "answer"; answer: Answer } | { kind: "failed"; reason: string | null };

/** @returns `failed` with a null reason when the server cannot be reached. */
export async function predict(
  drawing: AnyInk,
  person: PersonFields,
  signal: AbortSignal,
): Promise<PredictResult> {
  const response = await post("/api/v1/predict", { ...drawing, ...person }, {}, signal);
  if (response === null) return { kind: "failed", reason: null };
  if (!response.ok) return { kind: "failed", reason: await reasonOf(response) };
  const answer = await bodyOf<Answer>(response);
  return answer === null ? { kind: "failed", reason: null } : { kind: "answer", answer };
}

/** The explanation of a prediction, as HTML in the reader's language. The reason is "" without a connection. */
export async function explain(
  drawing: AnyInk,
  person: PersonFields,
): Promise<{ kind: "drawn"; html: string } | { kind: "failed"; reason: string }> {
  const response = await post("/api/v1/explain", { ...drawing, ...person }, { accept: "text/html" });
  if (response === null) return { kind: "failed", reason: "" };
  if (!response.ok) return { kind: "failed", reason: await reasonOf(response) };
  return { kind: "drawn", html: await response.text() };
}

/** Stores a label on the server; repeating it is safe. */
export async function sendLabel(entry: LabelEntry): Promise<SendResult> {
  const response = await post("/api/v1/samples", entry.body, { "idempotency-key": entry.id });
  if (response === null || isTransient(response)) return retryOf(response);
  if (!response.ok) return { kind: "refused", reason: await reasonOf(response) };
  const sample = await bodyOf<{ id: string }>(response);
  return sample === null ? { kind: "retry" } : { kind: "stored", sampleId: sample.id };
}

/**
 * Corrects a sample on the server; repeating it is safe. A sample that no longer exists cannot be, nor one of somebody else.
 */
export async function sendCorrection(sampleId: string, correction: Correction): Promise<CorrectResult> {
  const response = await send("PATCH", pathOf(sampleId), correction);
  if (response === null || (response.status !== 404 && (await isToRetry(response)))) return retryOf(response);
  return response.ok ? { kind: "corrected" } : { kind: "refused", reason: await reasonOf(response) };
}

/** The meaning of a sample on the server; null when it has been deleted, undefined when the server cannot be reached. */
export async function readSample(sampleId: string): Promise<Meaning | null | undefined> {
  const response = await fetch(pathOf(sampleId)).catch(() => null);
  if (response?.status === 404) return null;
  if (response?.ok !== true) return undefined;
  const sample = await bodyOf<{ label: string | null; state: string }>(response);
  return sample === null ? undefined : meaningOf(sample);
}

/** Deletes a sample; repeating it is safe. */
export async function deleteSample(sampleId: string): Promise<DeleteResult> {
  const response = await fetch(pathOf(sampleId), { method: "DELETE" }).catch(() => null);
  if (response?.ok || response?.status === 404) return { kind: "deleted" };
  if (response === null || (await isToRetry(response))) return retryOf(response);
  return { kind: "refused", reason: await reasonOf(response) };
}

/**
 * Whether a change of a sample may be made later. When it is not allowed although the role is enough for changing drawings,
 * this one is somebody else's, and stays so: waiting for it would hold up all that is allowed.
 */
async function isToRetry(response: Response): Promise<boolean> {
  if (!isNotAllowed(response)) return isTransient(response);
  const me = await fetch("/api/v1/me").catch(() => null);
  if (me?.ok !== true) return true;
  const role = (await bodyOf<{ role?: unknown }>(me))?.role;
  return !isRole(role) || !isAtLeast(role, "labeller");
}

function pathOf(sampleId: string): string {
  return `/api/v1/samples/${encodeURIComponent(sampleId)}`;
}

function post(path: string, body: unknown, headers: Record<string, string>, signal?: AbortSignal) {
  return send("POST", path, body, headers, signal);
}
