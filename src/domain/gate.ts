import * as v from "valibot";

/** The gate's decision about a candidate: whether it may replace the champion, and why. */
export interface GateRecord {
  passed: boolean;
  checks: GateCheck[];
}

/** One reason of a decision. */
export interface GateCheck {
  name: string;
  passed: boolean;
  /** One line in words, with its figures. */
  detail: string;
  /** The same as data, for pages in other languages; older records have none. */
  says?: GateSaying | undefined;
}

/** Which sentence, and what is filled in: shares 0..1, counts, and names of classes. */
export interface GateSaying {
  key: string;
  figures: Readonly<Record<string, number | string>>;
}

const SayingSchema = v.object({
  key: v.string(),
  figures: v.record(v.string(), v.union([v.number(), v.string()])),
});

/** A decision as the store holds it. Of a check, what an older release did not record is mended. */
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

/** Reads a decision. @returns null when the value is none. */
export function decodeGate(value: unknown): GateRecord | null {
  const result = v.safeParse(GateSchema, value);
  return result.success ? result.output : null;
}
