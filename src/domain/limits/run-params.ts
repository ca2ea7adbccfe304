import { type Sentence, saying } from "../../lib/saying.ts";
import { shortened } from "../../lib/shortened.ts";

/** Limits of a run's parameters. The length is that of all of them in the syntax of `--params`, in characters. */
export const RUN_PARAMS_LIMITS = { name: 200, depth: 10, values: 1_000, length: 16_384 } as const;

const SHOWN_CHARACTERS = 60;

/**
 * Checks that the parameters of a run are small enough to be stored, shown and passed on. The work is proportional to
 * the limits, whatever is passed in: nested names multiply when they are written in full (`a.b.c=1`).
 * @returns the first problem; null when there is none.
 */
export function runParamsProblem(params: Readonly<Record<string, unknown>>): Sentence | null {
  return new Measure().visit(params, "", 0);
}

/** Returns the problem of parameters in the syntax of `--params`; null when they may be parsed. */
export function paramsTextProblem(text: string): Sentence | null {
  if (text.length > RUN_PARAMS_LIMITS.length) return tooLong();
  let depth = 0;
  for (const character of text) {
    if ("[{".includes(character)) depth++;
    if ("]}".includes(character)) depth--;
    if (depth > RUN_PARAMS_LIMITS.depth) return tooDeep(text);
  }
  return null;
}

/** Counts the values and the written length of parameters. */
class Measure {
  #values = 0;
  #length = 0;

  /** @param path the name of the value, with dots. */
  visit(value: unknown, path: string, depth: number): Sentence | null {
    const { name, depth: maxDepth, values, length } = RUN_PARAMS_LIMITS;
    if (path.length > name) return longName(path);
    if (depth > maxDepth) return tooDeep(path);
    if (isGroup(value)) {
      for (const [key, part] of Object.entries(value)) {
        const problem = this.visit(part, path === "" ? key : `${path}.${key}`, depth + 1);
        if (problem !== null) return problem;
      }
      return null;
    }
    const problem = this.#count(value, path, depth);
    if (problem !== null) return problem;
    if (this.#values > values) return tooMany();
    this.#length += path.length + 2 + (JSON.stringify(value)?.length ?? 0);
    return this.#length > length ? tooLong() : null;
  }

  /** Counts a value and those in it. */
  #count(value: unknown, path: string, depth: number): Sentence | null {
    this.#values += 1;
    if (this.#values > RUN_PARAMS_LIMITS.values) return tooMany();
    if (typeof value !== "object" || value === null) return null;
    if (depth >= RUN_PARAMS_LIMITS.depth) return tooDeep(path);
    for (const part of Array.isArray(value) ? value : Object.values(value)) {
      const problem = this.#count(part, path, depth + 1);
      if (problem !== null) return problem;
    }
    return null;
  }
}

function isGroup(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function longName(path: string): Sentence {
  const figures = { name: shortened(path, SHOWN_CHARACTERS), max: RUN_PARAMS_LIMITS.name };
  const message = `"${figures.name}" is longer than ${figures.max} characters, the limit of a parameter's name`;
  return { message, says: saying("paramsName", figures) };
}

function tooDeep(path: string): Sentence {
  const figures = { name: shortened(path, SHOWN_CHARACTERS), max: RUN_PARAMS_LIMITS.depth };
  const message = `"${figures.name}" nests deeper than ${figures.max} levels`;
  return { message, says: saying("paramsDepth", figures) };
}

function tooMany(): Sentence {
  const max = RUN_PARAMS_LIMITS.values;
  const message = `There are more than ${max} values. Put larger ones into parameters.yml`;
  return { message, says: saying("paramsValues", { max }) };
}

function tooLong(): Sentence {
  const max = RUN_PARAMS_LIMITS.length;
  const message = `The parameters are longer than ${max} characters. Put larger ones into parameters.yml`;
  return { message, says: saying("paramsLength", { max }) };
}
