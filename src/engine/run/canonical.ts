import { createHash } from "node:crypto";

/**
 * Returns the SHA-256, in lower-case hex, of a value as YAML gives it; the order of an object's keys does not matter.
 * Different values have different hashes, also those that JSON writes alike: NaN, an infinity, null; 0 and -0.
 */
export function hashOf(value: unknown): string {
  return createHash("sha256")
    .update(JSON.stringify(canonical(value)))
    .digest("hex");
}

/** Returns the value as nested lists, each with a mark of its kind, and with the keys of every object sorted. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return ["list", ...value.map(canonical)];
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return ["object", ...entries.map(([key, inner]) => [key, canonical(inner)])];
  }
  if (typeof value === "number" && (!Number.isFinite(value) || Object.is(value, -0)))
    return ["number", Object.is(value, -0) ? "-0" : String(value)];
  return typeof value === "undefined" || typeof value === "bigint" ? [typeof value, String(value)] : value;
}
