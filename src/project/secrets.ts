/** A shorter value of credentials is a flag or a number rather than a secret. */
const MIN_SECRET = 4;

/** Returns every string in the credentials, at any depth, the longest first: a shorter one may be part of it. */
export function secretsOf(value: unknown): string[] {
  if (typeof value === "string") return value.length < MIN_SECRET ? [] : [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value)
    .flatMap(secretsOf)
    .sort((a, b) => b.length - a.length);
}
