import { createHash } from "node:crypto";

/** sha256, lower-case hex, of a JSON value; equal for equal values, whatever the order of an object's keys. */
export function hashOf(value: unknown): string {
  return createHash("sha256")
    .update(JSON.stringify(sortedKeys(value)))
    .digest("hex");
}

/** Objects as new ones with their keys in order. */
function sortedKeys(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(sortedKeys);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sortedKeys(inner)]));
}
