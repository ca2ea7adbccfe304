import { type Document, isScalar, LineCounter, type Node, parseDocument, type Scalar, visit } from "yaml";

/** A part of a YAML text with its line and column, both from 1. */
interface YamlPlace {
  line: number;
  column: number;
}

/** A plain scalar, such as `no` or `010`, with its value in each of the two YAMLs. */
export interface TwoReadings {
  offset: number;
  /** As written. */
  source: string;
  /** In YAML 1.2, which is used. */
  value: unknown;
  /** In YAML 1.1. */
  value11: unknown;
}

const MERGE = "tag:yaml.org,2002:merge";

/** A YAML text that has been read, with everything that is wrong with it. */
export interface YamlText {
  document: Document<Node>;
  faults: { offset: number; message: string }[];
  /** Scalars that YAML 1.1 reads differently; none in a file that declares its version to be 1.1. */
  twoReadings: TwoReadings[];
  placeOf(offset: number): YamlPlace;
}

/** Types of YAML 1.1 that no config value has. Kedro's loader keeps dates as text, too. */
const LEFT_OUT = ["timestamp", "binary", "omap", "pairs", "set"].map((name) => `tag:yaml.org,2002:${name}`);

/**
 * Reads one YAML document: by YAML 1.2 (core schema), or by YAML 1.1 when it begins with `%YAML 1.1`. Keys are strings
 * in both. Whole numbers beyond ±(2^53 - 1) are a fault, because they would be rounded; so are duplicate keys, keys
 * that are not scalars, tags other than those of the schema, and a second document.
 *
 * @param merge whether the document itself applies merge keys (`<<`); otherwise they are keys like any other.
 */
export function readYamlText(text: string, { merge = false }: { merge?: boolean } = {}): YamlText {
  const lineCounter = new LineCounter();
  const document = parse(text, { lineCounter, merge });
  const faults = [...document.errors, ...document.warnings].map(({ pos, message }) => ({
    offset: pos[0],
    message: sentence(message),
  }));
  faults.push(...repeatedKeys(document, merge), ...toNumbers(document));
  const is11 = document.directives?.yaml.explicit === true && document.directives.yaml.version === "1.1";
  return {
    document,
    faults,
    twoReadings: is11 || faults.length > 0 ? [] : compare(document, parse(text, { version: "1.1" })),
    placeOf(offset) {
      const { line, col } = lineCounter.linePos(offset);
      return { line, column: col };
    },
  };
}

function parse(
  text: string,
  options: { lineCounter?: LineCounter; version?: "1.1"; merge?: boolean },
): Document<Node> {
  return parseDocument<Node>(text, {
    merge: false,
    ...options,
    prettyErrors: false,
    // The library's own check compares each key with all others.
    uniqueKeys: false,
    stringKeys: true,
    intAsBigInt: true,
    resolveKnownTags: false,
    customTags: (tags) =>
      tags.filter(
        (tag) =>
          typeof tag === "string" || !(LEFT_OUT.includes(tag.tag) || (tag.tag === MERGE && !options.merge)),
      ),
  });
}

/** Returns a fault for each key that its mapping has already; merge keys that are applied may be repeated. */
function repeatedKeys(document: Document, merge: boolean): YamlText["faults"] {
  const faults: YamlText["faults"] = [];
  visit(document, {
    Map(_, { items }) {
      const keys = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key) || (merge && key.value === "<<")) continue;
        if (keys.has(key.value)) {
          faults.push({ offset: key.range?.[0] ?? 0, message: "map keys must be unique" });
        }
        keys.add(key.value);
      }
    },
  });
  return faults;
}

/** Calls `use` with every scalar that is a value, not a key. */
function eachValue(document: Document, use: (scalar: Scalar) => void): void {
  visit(document, { Scalar: (key, scalar) => void (key !== "key" && use(scalar)) });
}

/** Replaces the document's big integers by numbers. @returns a fault for each that a number cannot hold. */
function toNumbers(document: Document): YamlText["faults"] {
  const faults: YamlText["faults"] = [];
  eachValue(document, (scalar) => {
    if (typeof scalar.value !== "bigint") return;
    const value = Number(scalar.value);
    if (!Number.isSafeInteger(value)) {
      const message = `${scalar.source} is beyond 2^53 - 1, the largest exact whole number. Put it in quotes to use it as text`;
      faults.push({ offset: scalar.range?.[0] ?? 0, message });
    }
    scalar.value = value;
  });
  return faults;
}

function compare(document: Document, document11: Document): TwoReadings[] {
  const found: TwoReadings[] = [];
  const values11 = new Map<number, unknown>();
  toNumbers(document11);
  eachValue(document11, ({ range, value }) => void values11.set(range?.[0] ?? 0, value));
  eachValue(document, ({ range, source = "", value }) => {
    const offset = range?.[0] ?? 0;
    const value11 = values11.get(offset);
    if (values11.has(offset) && !Object.is(value, value11)) found.push({ offset, source, value, value11 });
  });
  return found;
}

/** Puts the message on one line, with a lower-case first letter, to follow "file:line:column: ". */
function sentence(message: string): string {
  const text = message.replaceAll(/\s*\n\s*/g, " ").trim();
  return text.charAt(0).toLowerCase() + text.slice(1);
}
