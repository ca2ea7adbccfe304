import { paramsTextProblem, runParamsProblem } from "../../domain/limits/run-params.ts";
import type { Sentence } from "../../lib/saying.ts";

/** Parsed parameters, the part that is not `name=value`, or the limit that they exceed. */
export type ParsedParams =
  | { params: Record<string, unknown> }
  | { invalidPart: string }
  | { excess: Sentence };

const NAME = /^[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)*$/;

/**
 * Parses parameters in the syntax of `--params`: `epochs=3,augmentation.rotate_deg=5,tuning_layer=[dense,predictions]`.
 * Commas inside brackets belong to the value. Numbers, true, false, null and JSON are parsed, a list without quotes
 * becomes a list of strings, and everything else is a string. Names stay dotted.
 */
export function parseParams(text: string): ParsedParams {
  const textProblem = paramsTextProblem(text);
  if (textProblem !== null) return { excess: textProblem };
  const found = new Map<string, unknown>();
  for (const part of splitOutsideBrackets(text)) {
    const equals = part.indexOf("=");
    const name = part.slice(0, Math.max(0, equals)).trim();
    if (!NAME.test(name)) return { invalidPart: part.trim().slice(0, 80) };
    found.set(name, readValue(part.slice(equals + 1).trim()));
  }
  const params = Object.fromEntries(found);
  const excess = runParamsProblem(params);
  return excess === null ? { params } : { excess };
}

function splitOutsideBrackets(text: string): string[] {
  const parts = [""];
  let depth = 0;
  for (const character of text) {
    if ("[{".includes(character)) depth += 1;
    if ("]}".includes(character)) depth -= 1;
    if (character === "," && depth <= 0) parts.push("");
    else parts[parts.length - 1] += character;
  }
  return parts.filter((part) => part.trim() !== "");
}

function readValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const list = /^\[(.*)\]$/.exec(text);
    return list === null ? text : splitOutsideBrackets(list[1]!).map((item) => readValue(item.trim()));
  }
}
