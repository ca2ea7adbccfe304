import type { Person } from "../../domain/person.ts";
import type { Sample } from "../../domain/sample.ts";
import type { AppDeps } from "../deps.ts";

/** The part of a person's memory in an answer. */
export interface SpokenFor {
  used: boolean;
  n: number;
  /** The answer that is shown. */
  label: string;
  changedFrom: string | null;
  /** The remembered drawings that spoke most for it, of this sitting only. */
  drawings: { id: string; label: string; nats: number; pixels: Uint8Array }[];
}

/** Drawings that are shown. */
const MAX_DRAWINGS = 6;

/**
 * Predicts for a person, and finds the drawings that spoke for the answer. A name can be typed by anybody, so drawings are
 * returned only to the sitting in which they were stored.
 *
 * @throws {UnavailableError} as `predictFor`.
 */
export async function spokenFor(
  { predictor, memory, store }: Pick<AppDeps, "predictor" | "memory" | "store">,
  pixels: Uint8Array,
  person: Person,
): Promise<SpokenFor> {
  const { shown, personal } = await predictor.predictFor(pixels, await memory.of(person));
  const { label } = shown;
  if (personal === null) return { used: false, n: 0, label, changedFrom: null, drawings: [] };
  const { used, n, changedFrom, spoke } = personal;
  const nearest = spoke.filter((one) => one.label === label).slice(0, MAX_DRAWINGS);
  const samples = await Promise.all(nearest.map(({ id }) => store.samples.get(id)));
  const drawings = nearest.flatMap((one, i) => {
    const sample = samples[i];
    return isOfSitting(sample, person) ? [{ ...one, pixels: sample.pixels }] : [];
  });
  return { used, n, label, changedFrom, drawings };
}

function isOfSitting(sample: Sample | null | undefined, { sitting }: Person): sample is Sample {
  // A session is shown to everybody, so it proves nothing.
  return sample != null && sitting !== null && sample.sitting === sitting && sample.session !== sitting;
}
