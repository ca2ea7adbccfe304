import * as v from "valibot";
import type { Saying } from "../lib/saying.ts";
import { OptionalSaying } from "./saying.ts";

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
  says?: Saying | undefined;
}

/** A decision as stored. Fields of a check that an older release did not record get defaults. */
export const GateSchema = v.object({
  passed: v.boolean(),
  checks: v.array(
    v.object({
      name: v.fallback(v.string(), ""),
      passed: v.fallback(v.boolean(), false),
      detail: v.fallback(v.string(), ""),
      says: OptionalSaying,
    }),
  ),
});

/** Reads a decision. @returns null when the value is not a decision. */
export function decodeGate(value: unknown): GateRecord | null {
  const result = v.safeParse(GateSchema, value);
  return result.success ? result.output : null;
}
