import fc from "fast-check";

/** Text that programs have fallen for. */
const HOSTILE = [
  "",
  " ",
  "\u0000",
  "a\u0000b",
  "\ud800",
  "\udfff\ud800",
  "../../etc/passwd",
  "..%2f..%2fetc%2fpasswd",
  "'; DROP TABLE samples; --",
  "<script>alert(1)</script>",
  "{{7*7}}",
  "%",
  "%zz",
  "%ff%fe",
  "__proto__",
  "constructor",
  "toString",
  "NaN",
  "Infinity",
  "-0",
  "1e999",
  "9007199254740993",
  "99999999999999999999",
  "-1",
  "0x10",
  "2026-02-31T00:00:00Z",
  "2026-13-01",
  "9999-12-31T23:59:59.999999999-23:59",
  "0000-01-01T00:00:00Z",
  "a\r\nset-cookie: x=1",
  "🖋".repeat(60),
  "\u202e\u0301\ufeff",
  "x".repeat(5_000),
] as const;

/** Any text, hostile text most of the time. */
export const text: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...HOSTILE) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 60 }) },
);

/** JSON values as text, among them what `JSON.stringify` never writes. */
const valueText = fc.oneof(
  fc.jsonValue().map((value) => JSON.stringify(value)),
  text.map((value) => JSON.stringify(value)),
  fc.double().map(String),
  fc.constantFrom(
    "1e308",
    "-1e308",
    "1e999",
    "5e-324",
    "-0",
    "NaN",
    "9007199254740993",
    "1".repeat(400),
    "[]",
    "{}",
  ),
  fc.constantFrom('{"__proto__": {"x": 1}}', '{"constructor": 1}', "[[[[]]]]", '"\\ud800"', "null"),
  fc.integer({ min: 30, max: 20_000 }).map((depth) => "[".repeat(depth) + "]".repeat(depth)),
);

/** A part of a JSON schema of the document. */
export interface Schema {
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  properties?: Record<string, Schema>;
  items?: Schema;
  anyOf?: Schema[];
  minItems?: number;
}

/** Text of a value that the schema describes, at least roughly: what is refused at once tests nothing behind the door. */
function likely(schema: Schema, depth = 0): fc.Arbitrary<string> {
  if (schema.const !== undefined) return fc.constant(JSON.stringify(schema.const));
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum.map((value) => JSON.stringify(value)));
  const choices = schema.anyOf?.filter((one) => one.type !== undefined) ?? [];
  if (choices.length > 0) return fc.oneof(...choices.map((one) => likely(one, depth)));
  switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
    case "object":
      return depth > 4 ? fc.constant("{}") : objectText(schema.properties ?? {}, depth + 1);
    case "array":
      return fc
        .array(likely(schema.items ?? {}, depth + 1), {
          minLength: Math.min(schema.minItems ?? 0, 784),
          maxLength: schema.minItems ?? 3,
        })
        .map((items) => `[${items.join()}]`);
    case "number":
    case "integer":
      return fc.oneof(fc.integer({ min: 0, max: 300 }).map(String), fc.constantFrom("0.5", "1", "100"));
    case "boolean":
      return fc.constantFrom("true", "false");
    case "null":
      return fc.constant("null");
    default:
      return fc.constantFrom('"1"', '"Ann"', '"x"').map(String);
  }
}

/** An object with some of these keys, most values as described, and sometimes a key that nobody knows. */
function objectText(properties: Record<string, Schema>, depth = 0): fc.Arbitrary<string> {
  const entries = Object.entries(properties).map(([key, schema]) =>
    fc
      .oneof({ weight: 5, arbitrary: likely(schema, depth) }, { weight: 1, arbitrary: valueText })
      .map((value) => `${JSON.stringify(key)}:${value}`),
  );
  const stray = fc
    .tuple(fc.constantFrom("__proto__", "constructor", "x", "\ud800", "a.b"), valueText)
    .map(([key, value]) => `${JSON.stringify(key)}:${value}`);
  const present = entries.map((entry) => fc.option(entry, { nil: null, freq: 4 }));
  return fc
    .tuple(fc.tuple(...present), fc.option(stray, { nil: null, freq: 12 }))
    .map(([known, more]) => `{${[...known, more].filter((one) => one !== null).join()}}`);
}

/** Bodies for an operation with a JSON schema; for any route without one. */
export function bodyText(schema: Schema | undefined): fc.Arbitrary<string> {
  const raw = fc.oneof(
    valueText,
    fc.string({ unit: "binary", maxLength: 200 }),
    fc.nat({ max: 10_000 }).map((depth) => '{"params":'.repeat(depth)),
    fc.nat({ max: 70_000 }).map((length) => `{"pixels":[${"0,".repeat(length / 2)}0]}`),
    fc.constantFrom("", "[]", "{}", "null", '"text"', "[1,2]", "{", "\ufeff{}"),
  );
  return schema === undefined
    ? raw
    : fc.oneof({ weight: 4, arbitrary: objectText(schema.properties ?? {}) }, { weight: 1, arbitrary: raw });
}
