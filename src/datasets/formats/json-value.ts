import { DatasetError } from "../../engine/errors.ts";

/**
 * Checks that JSON can hold a value: JSON.stringify writes NaN as null and a Map as `{}` silently. A property that
 * is undefined is left out, as usual; an object with `toJSON` decides for itself.
 * @throws DatasetError naming the place, as in `rows[3].price`, what was found, and the remedy.
 */
export function requireJson(value: unknown): void {
  visit(value, "", []);
}

function visit(value: unknown, at: string, within: readonly unknown[]): void {
  const fail = (found: string, remedy: string) => {
    throw new DatasetError(`${at === "" ? "the value" : at}: ${found} cannot be written as JSON. ${remedy}`);
  };
  if (typeof value === "number" && !Number.isFinite(value))
    fail(String(value), "Save null or a string instead");
  // Its digits would be read back as another number.
  if (Number.isInteger(value) && !Number.isSafeInteger(value) && /^-?\d+$/.test(String(value))) {
    fail(`${value}, a whole number beyond 2^53,`, "Save it as a string");
  }
  if (typeof value === "bigint") fail("a bigint", "Save it as a string");
  if (typeof value === "function" || typeof value === "symbol") fail(`a ${typeof value}`, "Leave it out");
  if (typeof value !== "object" || value === null) return;
  if (within.includes(value)) fail("an object within itself", "Leave it out");
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer || value instanceof Set) {
    fail(nameOf(value), "Save an array: Array.from(…)");
  }
  if (value instanceof Map) fail("a Map", "Save an object: Object.fromEntries(…)");
  if ("toJSON" in value && typeof value.toJSON === "function") return;
  const inner = [...within, value];
  if (Array.isArray(value)) {
    value.forEach((item: unknown, i) => {
      const place = `${at}[${i}]`;
      if (item === undefined)
        throw new DatasetError(`${place}: undefined cannot be written as JSON. Save null`);
      visit(item, place, inner);
    });
    return;
  }
  for (const [key, item] of Object.entries(value)) visit(item, at === "" ? key : `${at}.${key}`, inner);
}

function nameOf(value: object): string {
  const name = value.constructor.name;
  return `${/^[AEIOU]/.test(name) && !name.startsWith("Uint") ? "an" : "a"} ${name}`;
}
