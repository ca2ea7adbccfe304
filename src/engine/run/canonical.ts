import { createHash } from "node:crypto";

/** Returns the SHA-256, in lower-case hex, of a JSON value; the order of an object's keys does not matter. */
export function hashOf(value: unknown): string {
  return createHash("sha256")
    .update(JSON.stringify(sortedKeys(value)))
    .digest("hex");
}

/** Returns a copy of the value with the keys of every object sorted. */
function sortedKeys(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(sortedKeys);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sortedKeys(inner)]));
}
