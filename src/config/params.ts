import type { Problem } from "./errors.ts";
import { emptyMapping, type Mapping, merge, nest } from "./tree.ts";
import { parseYaml } from "./yaml.ts";

const OPENING = "[{";
const CLOSING = "]}";
const QUOTES = "\"'";

/**
 * Reads `--params a.b=1,c=[1,2]`: dotted keys, and values in one-line YAML, which includes JSON. Commas within
 * brackets and quotes belong to the value.
 * @param problems appended to: a part without "=", an empty key or value, a key given twice, a malformed value.
 */
export function readParams(text: string, problems: Problem[]): Mapping {
  let params = emptyMapping();
  const seen = new Set<string>();
  const fail = (source: string, message: string) =>
    problems.push({ origin: { source, position: null }, message });
  for (const part of splitAtCommas(text)) {
    const equals = part.indexOf("=");
    const key = part.slice(0, equals).trim();
    const source = `--params ${key}`;
    const valueText = part.slice(equals + 1).trim();
    if (equals < 0) fail("--params", `expected key=value, found "${part.trim()}"`);
    else if (key.split(".").includes(""))
      fail("--params", `expected a key before "=", found "${part.trim()}"`);
    else if (valueText === "") fail(source, "has no value after =; use null for no value");
    else if (seen.has(key)) fail(source, "is given twice");
    else {
      const value = parseYaml(source, valueText, problems, false);
      if (value !== null) params = merge(params, nest(key.split("."), value));
    }
    seen.add(key);
  }
  return params;
}

/** Formats parameters so that `readParams` returns the same values. */
export function formatParams(params: Readonly<Record<string, unknown>>): string {
  const pairs = (value: unknown, path: string): string[] => {
    const isGroup = typeof value === "object" && value !== null && !Array.isArray(value);
    if (!isGroup) return [`${path}=${JSON.stringify(value)}`];
    return Object.entries(value).flatMap(([key, inner]) =>
      pairs(inner, path === "" ? key : `${path}.${key}`),
    );
  };
  return pairs(params, "").join(",");
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
  return /[=,[{:]\s*$/.test(text.slice(0, at));
}
