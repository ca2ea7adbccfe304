import type { NewSample, Sample, SampleState, Split } from "../sample.ts";

/** The choices for a drawing that is stored with another label: import nothing, or keep one of the two labels. */
export const ON_CONFLICT = ["fail", "keep", "replace"] as const;
/** One of these choices. */
export type OnConflict = (typeof ON_CONFLICT)[number];

/** A sample from a file. Absent properties are assigned as for a new sample. */
export type ImportSample = NewSample &
  Partial<Pick<Sample, "id" | "split" | "state" | "createdAt" | "updatedAt">>;

/** The label of a sample, with its state, because a withdrawn sample keeps its label. */
export interface GivenLabel {
  label: string | null;
  state: SampleState;
}

/** A row that differs from what the store has: the same drawing with another label, or another drawing with its id. */
export interface ImportConflict {
  reason: "label" | "id";
  stored: GivenLabel;
  given: GivenLabel;
}

/** The result of importing one row. `id` is that of the stored sample. */
export type ImportOutcome =
  /** It is new. */
  | { result: "imported"; id: string; split: Split }
  /** The store had the same drawing with the same label. */
  | { result: "known"; id: string }
  /** It has been forgotten, and is not stored again. */
  | { result: "forgotten" }
  /** The store had another label: nothing was stored (`conflict`, `kept`), or the row took its place (`replaced`). */
  | { result: "conflict" | "kept" | "replaced"; id: string; conflict: ImportConflict };

/** Returns the label and state of a row, by the rules of a new sample where the row has no state. */
export function givenLabel({ label, state }: ImportSample): GivenLabel {
  return { label, state: state ?? (label === null ? "negative" : "labelled") };
}

/** Whether two labels agree. A row without a state agrees with a withdrawn sample that has its label. */
export function agrees(stored: GivenLabel, row: ImportSample): boolean {
  return stored.label === row.label && (row.state === undefined || row.state === stored.state);
}

/** Describes a label for people: "7", "7 (withdrawn)", "none of the classes". */
export function describeLabel({ label, state }: GivenLabel): string {
  const name = label ?? "none of the classes";
  return state === "rejected" ? `${name} (withdrawn)` : name;
}
