import {
  type Document,
  isCollection,
  isMap,
  isPair,
  isScalar,
  LineCounter,
  type Node,
  parseDocument,
  type Scalar,
  type YAMLMap,
} from "yaml";
import { kedroValue } from "./kedro-words.ts";

/** In collections; far more than any file needs. */
const MAX_DEPTH = 100;

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
  /** In YAML 1.1, as Kedro's loader reads it. */
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
 * Reads one YAML document: by YAML 1.2 (core schema), or by YAML 1.1, as Kedro's loader reads it, when it begins with `%YAML 1.1`. Keys are strings
 * in both. Whole numbers beyond ±(2^53 - 1) are a fault, because they would be rounded; so are duplicate keys, keys
 * that are not scalars, collections nested deeper than 100 levels, tags other than those of the schema, and a second
 * document.
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
  const parts = partsOf(document);
  const is11 = document.directives?.yaml.explicit === true && document.directives.yaml.version === "1.1";
  if (is11) readAsKedro(parts.values);
  faults.push(...nesting(parts), ...repeatedKeys(parts, merge), ...toNumbers(parts.values));
  faults.sort((x, y) => x.offset - y.offset);
  return {
    document,
    faults,
    twoReadings: is11 || faults.length > 0 ? [] : compare(parts.values, parse(text, { version: "1.1" })),
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

function nesting({ tooDeep }: Parts): YamlText["faults"] {
  if (tooDeep === null) return [];
  return [{ offset: tooDeep.range?.[0] ?? 0, message: `is nested deeper than ${MAX_DEPTH} levels` }];
}

/** Returns a fault for each key that its mapping has already; merge keys that are applied may be repeated. */
function repeatedKeys({ maps }: Parts, merge: boolean): YamlText["faults"] {
  const faults: YamlText["faults"] = [];
  for (const { items } of maps) {
    const keys = new Set<unknown>();
    for (const { key } of items) {
      if (!isScalar(key) || (merge && key.value === "<<")) continue;
      if (keys.has(key.value)) {
        faults.push({ offset: key.range?.[0] ?? 0, message: "map keys must be unique" });
      }
      keys.add(key.value);
    }
  }
  return faults;
}

/** The mappings of a document, and its scalars that are values, not keys. */
interface Parts {
  maps: YAMLMap[];
  values: Scalar[];
  /** A node below the limit of nesting; null when there is none. */
  tooDeep: Node | null;
}

/** Finds the parts of a document, in no particular order. The library's own `visit` takes time with the square of the depth. */
function partsOf({ contents }: Document): Parts {
  const parts: Parts = { maps: [], values: [], tooDeep: null };
  const left: { node: unknown; depth: number }[] = [{ node: contents, depth: 0 }];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const { node } = next;
    const depth = next.depth + 1;
    if (isScalar(node)) parts.values.push(node);
    else if (isCollection(node)) {
      if (depth > MAX_DEPTH) return { ...parts, tooDeep: node };
      if (isMap(node)) parts.maps.push(node);
      for (const item of node.items) left.push({ node: isPair(item) ? item.value : item, depth });
    }
  }
  return parts;
}

/** Gives each plain scalar of a YAML 1.1 document the value that Kedro's loader gives it. */
function readAsKedro(values: readonly Scalar[]): void {
  for (const scalar of values) {
    if (scalar.type === "PLAIN" && scalar.source !== undefined) {
      scalar.value = kedroValue(scalar.source, scalar.value);
    }
  }
}

/** Replaces big integers by numbers. @returns a fault for each that a number cannot hold. */
function toNumbers(values: readonly Scalar[]): YamlText["faults"] {
  const faults: YamlText["faults"] = [];
  for (const scalar of values) {
    if (typeof scalar.value !== "bigint") continue;
    const value = Number(scalar.value);
    if (!Number.isSafeInteger(value)) {
      const message = `${scalar.source} is beyond 2^53 - 1, the largest exact whole number. Put it in quotes to use it as text`;
      faults.push({ offset: scalar.range?.[0] ?? 0, message });
    }
    scalar.value = value;
  }
  return faults;
}

function compare(values: readonly Scalar[], document11: Document): TwoReadings[] {
  const found: TwoReadings[] = [];
  const other = partsOf(document11).values;
  readAsKedro(other);
  toNumbers(other);
  const values11 = new Map(other.map(({ range, value }) => [range?.[0] ?? 0, value]));
  for (const { range, source = "", value } of values) {
    const offset = range?.[0] ?? 0;
    const value11 = values11.get(offset);
    if (values11.has(offset) && !Object.is(value, value11)) found.push({ offset, source, value, value11 });
  }
  return found.sort((x, y) => x.offset - y.offset);
}

/** Puts the message on one line, with a lower-case first letter, to follow "file:line:column: ". */
function sentence(message: string): string {
  const text = message.replaceAll(/\s*\n\s*/g, " ").trim();
  return text.charAt(0).toLowerCase() + text.slice(1);
}
