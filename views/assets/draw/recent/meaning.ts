/** The meaning of a stored drawing: a class, none of the classes, or nothing, because it was withdrawn. */
export type Meaning =
  | { state: "labelled"; label: string }
  | { state: "negative" }
  /** `label`: the one that it had; null when it was of none of the classes. */
  | { state: "rejected"; label: string | null };

/** The body of PATCH /api/v1/samples/{id}. */
export type Correction = { label: string; state: "labelled" } | { state: "negative" | "rejected" };

/** The correction that gives a sample a meaning, whatever it had before. */
export function correctionTo(meaning: Meaning): Correction {
  return meaning.state === "rejected" ? { state: "rejected" } : meaning;
}

/** The meaning of a sample as the API sends it. */
export function meaningOf({ label, state }: { label: string | null; state: string }): Meaning {
  if (state === "rejected") return { state, label };
  return label === null ? { state: "negative" } : { state: "labelled", label };
}

/** The label that it has or had; null for none of the classes. */
export function labelIn(meaning: Meaning): string | null {
  return meaning.state === "negative" ? null : meaning.label;
}

/** Whether both are the same. */
export function isSameMeaning(a: Meaning, b: Meaning): boolean {
  return a.state === b.state && labelIn(a) === labelIn(b);
}
