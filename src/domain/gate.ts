import * as v from "valibot";

/** The gate's decision about a candidate: whether it may replace the champion, and why. */
export interface GateRecord {
  passed: boolean;
  checks: GateCheck[];
}

/** One rule of the gate, and whether the candidate passed it. */
export interface GateCheck {
  name: string;
  passed: boolean;
  /** One sentence in English, with its figures. */
  detail: string;
  /** The same sentence as data, for pages in other languages; absent from older records. */
  says?: GateSaying | undefined;
}

/** The key of a sentence and the values to fill in: shares 0..1, counts, and names of classes. */
export interface GateSaying {
  key: string;
  figures: Readonly<Record<string, number | string>>;
}

const SayingSchema = v.object({
  key: v.string(),
  figures: v.record(v.string(), v.union([v.number(), v.string()])),
});

/** A decision as stored. Fields of a check that an older release did not record get defaults. */
export const GateSchema = v.object({
  passed: v.boolean(),
  checks: v.array(
    v.object({
      name: v.fallback(v.string(), ""),
      passed: v.fallback(v.boolean(), false),
      detail: v.fallback(v.string(), ""),
      says: v.optional(v.fallback(v.optional(SayingSchema), undefined)),
    }),
  ),
});

/** Reads a decision. @returns null when the value is not a decision. */
export function decodeGate(value: unknown): GateRecord | null {
  const result = v.safeParse(GateSchema, value);
  return result.success ? result.output : null;
}
