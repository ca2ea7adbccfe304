import type { Node } from "./node.ts";
import type { NodeFunction } from "./node-spec.ts";

/** The names of a parameter that receives the node's context, and the fields of one that is taken apart. */
const CONTEXT_NAME = /^_*(?:\w*context|ctx)$/i;
const CONTEXT_FIELDS = /^\{(?:\s*(?:signal|progress|log)\b[^,}]*,?)*\s*\}$/;

/** Returns the number of arguments that a node's inputs make: one each for a list, a single one for an object. */
function argumentCount({ spec }: Node): number {
  if (spec.inputs === null || spec.inputs === undefined) return 0;
  return Array.isArray(spec.inputs) ? spec.inputs.length : 1;
}

/**
 * Whether the node's function receives a context after its inputs: it must require one argument more. One that has a
 * default, or collects the rest, does not.
 */
export function takesContext(node: Node): boolean {
  return node.func.length > argumentCount(node);
}

/**
 * Returns why the node's function does not fit its inputs, as a message; null when it does. One required argument more
 * than inputs is the context, if its name says so. Reads the function's source, so a minified function does not pass.
 */
export function arityProblem(node: Node): string | null {
  const count = argumentCount(node);
  const required = node.func.length;
  const source = parametersOf(node.func);
  const most = source === null || source.some(isRest) || hasArguments(node.func) ? Infinity : source.length;
  const hasContext = required === count + 1 && source !== null && isContext(source[count]!);
  if ((required <= count && count <= most) || hasContext) return fieldsProblem(node, source?.[0] ?? "");
  const words = `its function takes ${counted(required <= count ? most : required, "argument")}${source === null || source.length === 0 ? "" : ` (${source.join(", ")})`}, and the node has ${counted(count, "input")}`;
  if (count > most) return `${words}. Remove an input, or add an argument`;
  return `${words}. Add an input for each argument; only one more, called "context", receives the node's context`;
}

/** Returns a message for fields that the function takes out of its inputs and that no input fills; null for none. */
function fieldsProblem({ spec: { inputs } }: Node, parameter: string): string | null {
  if (typeof inputs !== "object" || inputs === null || Array.isArray(inputs)) return null;
  const [, inner] = /^\{(.*)\}$/.exec(parameter) ?? [];
  if (inner === undefined) return null;
  const missing = splitParameters(`${inner})`)
    .filter((field) => !/^(?:\.\.\.|\[)|=/.test(field))
    .map((field) =>
      field
        .split(":")[0]!
        .trim()
        .replaceAll(/^["']|["']$/g, ""),
    )
    .filter((name) => !Object.hasOwn(inputs, name));
  if (missing.length === 0) return null;
  const names = missing.map((name) => `"${name}"`).join(", ");
  return `its function takes ${names} out of its inputs, which are ${Object.keys(inputs).join(", ")}. Add ${missing.length === 1 ? "the input" : "the inputs"}, or correct the name`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

function isContext(parameter: string): boolean {
  return CONTEXT_NAME.test(parameter) || CONTEXT_FIELDS.test(parameter);
}

function isRest(parameter: string): boolean {
  return parameter.startsWith("...");
}

/** Whether an ordinary function reads its arguments by `arguments`. */
function hasArguments(func: NodeFunction): boolean {
  return /\barguments\b/.test(String(func));
}

/** Returns the source of each parameter; null where there is none to read, as of a bound function. */
function parametersOf(func: NodeFunction): string[] | null {
  const source = String(func).replaceAll(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, "");
  if (source.includes("[native code]")) return null;
  const [, single] = /^(?:async\s+)?([\w$]+)\s*=>/.exec(source) ?? [];
  if (single !== undefined) return [single];
  const start = source.indexOf("(");
  return start < 0 ? null : splitParameters(source.slice(start + 1));
}

/** Splits the text after an opening parenthesis at its commas, up to the closing one. */
function splitParameters(text: string): string[] {
  const parts = [""];
  let depth = 0;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`|[\s\S]/g)) {
    if (token === ")" && depth === 0) break;
    if ("([{".includes(token)) depth++;
    if (")]}".includes(token)) depth--;
    if (token === "," && depth === 0) parts.push("");
    else parts[parts.length - 1] += token;
  }
  return parts.map((part) => part.trim().replaceAll(/\s+/g, " ")).filter((part) => part !== "");
}
