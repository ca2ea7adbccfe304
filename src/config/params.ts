import { paramsTextProblem } from "../domain/limits/run-params.ts";
import type { Assignment } from "./assignments.ts";
import type { Origin, Problem } from "./errors.ts";
import { readValue } from "./value-text.ts";

const OPENING = "[{";
const CLOSING = "]}";
const QUOTES = "\"'";

/** A part of `--params`, as written. */
interface Pair {
  /** Empty when there is no "=". */
  key: string;
  value: string;
  text: string;
}

/**
 * Reads `--params a.b=1,c=[1,2]`: dotted keys, and values by the rules of `readValue`. Commas within brackets and
 * quotes belong to the value.
 *
 * @param problems appended to: a value beyond the limits (alone), a part without "=", an empty key or value, a key given twice, a malformed value.
 * @param warnings appended to: values that YAML 1.1 reads differently.
 */
export function readParams(text: string, problems: Problem[], warnings: Problem[] = []): Assignment[] {
  const excess = paramsTextProblem(text);
  if (excess !== null) {
    problems.push({ origin: { source: "--params", position: null }, ...excess });
    return [];
  }
  const assignments: Assignment[] = [];
  const seen = new Set<string>();
  for (const { key, value, text: part } of pairsOf(text)) {
    const origin: Origin = { source: `--params ${key}`, position: null, key };
    const fail = (message: string) => void problems.push({ origin, message });
    const failPart = (expected: string) =>
      void problems.push({
        origin: { source: "--params", position: null },
        message: `expected ${expected}, found "${part}"`,
      });
    if (!part.includes("=")) failPart("key=value");
    else if (key.split(".").includes("")) failPart('a key before "="');
    else if (value === "") fail("has no value after =; use null for no value");
    else if (seen.has(key)) fail("is given twice");
    else {
      const tree = readValue(origin, value, problems, warnings);
      if (tree !== null) assignments.push({ path: key.split("."), value: tree });
    }
    seen.add(key);
  }
  return assignments;
}

/** Adds another `--params` to those before it, in which it replaces the keys that it repeats. */
export function addParams(text: string, previous: string | undefined): string {
  const keys = new Set(pairsOf(text).map(({ key }) => key));
  const kept = pairsOf(previous ?? "").filter(({ key }) => !keys.has(key));
  return [...kept.map((pair) => pair.text), text].join(",");
}

/** Formats parameters so that `readParams` returns the same values. */
export function formatParams(params: Readonly<Record<string, unknown>>): string {
  const pairs = (value: unknown, path: string): string[] => {
    if (!isGroup(value, path)) return [`${path}=${JSON.stringify(value)}`];
    return Object.entries(value).flatMap(([key, inner]) =>
      pairs(inner, path === "" ? key : `${path}.${key}`),
    );
  };
  return pairs(params, "").join(",");
}

/** Whether the value is written key by key: a key with a full stop or a comma would be read as several. */
function isGroup(value: unknown, path: string): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const keys = Object.keys(value);
  return path === "" || (keys.length > 0 && keys.every((key) => /^[\w-]+$/.test(key)));
}

function pairsOf(text: string): Pair[] {
  return splitAtCommas(text).map((part) => {
    const equals = part.indexOf("=");
    return {
      key: part.slice(0, Math.max(0, equals)).trim(),
      value: part.slice(equals + 1).trim(),
      text: part.trim(),
    };
  });
}

function splitAtCommas(text: string): string[] {
  if (text.trim() === "") return [];
  const parts: string[] = [];
  let depth = 0;
  let quote = "";
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!;
    if (quote !== "") {
      if (char === "\\" && quote === '"') i++;
      else if (char === quote) quote = "";
    } else if (QUOTES.includes(char) && opensValue(text, i)) quote = char;
    else if (OPENING.includes(char)) depth++;
    else if (CLOSING.includes(char)) depth--;
    else if (char === "," && depth === 0) {
      parts.push(text.slice(start, i));
      start = i + 1;
    }
  }
  return [...parts, text.slice(start)];
}

/** Whether a quote starts a quoted value; within a word (`it's`) it is an ordinary character. */
function opensValue(text: string, at: number): boolean {
  let before = at - 1;
  while (before >= 0 && /\s/.test(text[before]!)) before--;
  return before >= 0 && "=,[{:".includes(text[before]!);
}
