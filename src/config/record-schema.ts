import * as v from "valibot";

/**
 * The schema of a mapping whose keys a user chooses. Unlike `v.record`, which silently drops them, it keeps the keys
 * `constructor`, `prototype` and `__proto__`.
 */
export function recordOf<const T extends v.GenericSchema>(value: T, message: string) {
  return v.pipe(
    v.custom<Readonly<Record<string, unknown>>>(isMapping, message),
    v.transform((entries) => new Map(Object.entries(entries))),
    v.map(v.string(), value),
    v.transform((entries): Record<string, v.InferOutput<T>> => Object.fromEntries(entries)),
  );
}

function isMapping(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
