// biome-ignore-all lint/suspicious/noTemplateCurlyInString: messages show interpolations as they are written
import { didYouMean } from "../../lib/nearest.ts";
import type { Origin, Problem } from "../errors.ts";
import { type Mapping, namesIn, type Tree } from "../tree.ts";
import { readValue } from "../value-text.ts";
import { hasInterpolation, type Interpolation, type Part, partsOf } from "./interpolation-text.ts";

/** Returns the value of a name, or the message why there is none; a default can only replace a missing one. */
export type Resolver = (name: string) => Tree | { missing: string } | { refused: string };

/** The values that the interpolations of a file may refer to. */
export interface Scope {
  /** The values of `${name}`. Those without a line, from flags and variables, are not interpolated themselves. */
  root: Mapping;
  /** The values of `${resolver:name}`. */
  resolvers: Readonly<Record<string, Resolver>>;
  /** Resolvers that exist, but not in this file, with the reason. */
  elsewhere?: Readonly<Record<string, string>>;
  /** Whether messages must not show the file's content. */
  isSecret?: boolean;
  /** Called with each name of `${name}` that is looked up, with dots from the root. */
  onNamed?(name: string): void;
}

/** Interpolations within each other; more is a mistake. */
const MAX_DEPTH = 100;
/** Values and characters that interpolations may insert in total; each may double what the one before it inserted. */
const MAX_INSERTED = 1_000_000;

/**
 * Replaces the interpolations of OmegaConf in the values of a file: `${a.b}` and `${list[0]}` are values of the scope,
 * `${.a}` is one next to it; `${resolver:name}` is what the resolver returns, and `${resolver:name, default}` has a
 * default. On its own an interpolation keeps the value's type; within a string it is inserted as text. `\${` is a
 * literal `${`.
 *
 * @param problems appended to: everything that looks like an interpolation and cannot be resolved, also in a key.
 */
export function interpolate<T extends Tree>(tree: T, scope: Scope, problems: Problem[]): T {
  return new Interpolator(scope, problems).resolve(tree, []) as T;
}

class Interpolator {
  readonly #scope: Scope;
  readonly #problems: Problem[];
  /** The paths of the values that are being resolved, each in JSON. */
  readonly #active: string[] = [];
  readonly #done = new Map<string, Tree>();
  #inserted = 0;

  constructor(scope: Scope, problems: Problem[]) {
    this.#scope = scope;
    this.#problems = problems;
  }

  resolve(tree: Tree, path: readonly string[]): Tree {
    switch (tree.kind) {
      case "mapping": {
        const entries = [...tree.entries].map(([key, value]) => {
          if (hasInterpolation(key)) this.#fail(value.origin, `"${key}": keys are not interpolated`);
          return [key, this.resolve(value, [...path, key])] as const;
        });
        return { ...tree, entries: new Map(entries) };
      }
      case "list":
        return { ...tree, items: tree.items.map((item, i) => this.resolve(item, [...path, String(i)])) };
      case "scalar":
        return isInterpolated(tree) ? this.#within(tree, path) : tree;
    }
  }

  /** Resolves a string, unless it is already being resolved. */
  #within(tree: Tree & { value: string }, path: readonly string[]): Tree {
    const key = JSON.stringify(path);
    const done = this.#done.get(key);
    if (done !== undefined) return done;
    const from = this.#active.indexOf(key);
    if (from >= 0) {
      const names = [...this.#active.slice(from), key].map((one) => (JSON.parse(one) as string[]).join("."));
      return this.#fail(tree.origin, `refers to itself: ${names.join(" -> ")}`);
    }
    if (this.#active.length >= MAX_DEPTH) return this.#fail(tree.origin, "interpolations nest too deeply");
    this.#active.push(key);
    const parts = partsOf(tree.value);
    const found =
      parts === null
        ? this.#fail(tree.origin, `"${tree.value}" has a \${ without its }. For a literal \${ write \\\${`)
        : this.#joined(parts, tree.origin, path);
    this.#active.pop();
    this.#done.set(key, found);
    return found;
  }

  /** The value of an interpolation alone, the text of several parts. */
  #joined(parts: readonly Part[], origin: Origin, path: readonly string[]): Tree {
    const [only] = parts;
    if (parts.length === 1 && typeof only === "object") return { ...this.#value(only, origin, path), origin };
    const texts = parts.map((part) => (typeof part === "string" ? part : this.#text(part, origin, path)));
    return { kind: "scalar", origin, value: texts.join("") };
  }

  #text(part: Interpolation, origin: Origin, path: readonly string[]): string {
    const found = this.#value(part, origin, path);
    if (found.kind === "scalar") return String(found.value);
    this.#fail(origin, `"${part.text}" is a ${found.kind} and cannot be part of a string`);
    return "";
  }

  #value(part: Interpolation, origin: Origin, path: readonly string[]): Tree {
    const head = String((this.#joined(part.head, origin, path) as { value?: unknown }).value ?? "").trim();
    const [, resolver, name = ""] = /^([\w.]+)\s*:\s*(.*)$/s.exec(head) ?? [];
    const found = resolver === undefined ? this.#named(head, part, path) : this.#resolved(resolver, name);
    if ("kind" in found) return this.#counted(found, origin);
    if ("refused" in found) return this.#fail(origin, found.refused);
    if (part.fallback !== null && resolver !== undefined) return this.#fallback(part.fallback, origin, path);
    return this.#fail(origin, found.missing, resolver !== undefined);
  }

  #fallback(parts: readonly Part[], origin: Origin, path: readonly string[]): Tree {
    const trimmed = parts.filter((part) => typeof part !== "string" || part.trim() !== "");
    const [only] = trimmed;
    if (only === undefined) return { kind: "scalar", origin, value: null };
    if (trimmed.length === 1 && typeof only === "object") return this.#value(only, origin, path);
    const text = String((this.#joined(parts, origin, path) as { value?: unknown }).value).trim();
    const found: Problem[] = [];
    const value = readValue(origin, text, found, []);
    return value ?? this.#fail(origin, `the default ${text} ${found[0]?.message}`);
  }

  #resolved(resolver: string, name: string): ReturnType<Resolver> {
    const { resolvers, elsewhere = {} } = this.#scope;
    if (Object.hasOwn(resolvers, resolver)) return resolvers[resolver]!(name);
    if (Object.hasOwn(elsewhere, resolver)) return { refused: elsewhere[resolver]! };
    const known = [...Object.keys(resolvers).map((one) => `\${${one}:name}`), "${name}"].join(", ");
    const hint =
      didYouMean(resolver, Object.keys(resolvers)) || `. Known here: ${known}; for a literal \${ write \\\${`;
    return { refused: `there is no resolver "${resolver}"${hint}` };
  }

  #named(name: string, { text }: Interpolation, path: readonly string[]): ReturnType<Resolver> {
    const found = this.#lookUp(name, path);
    if (found !== undefined) return found;
    const names = namesIn(this.#scope.root).map((known) => `\${${known}}`);
    return { missing: `"${text}" does not exist${didYouMean(text, names)}` };
  }

  /** The value of `a.b`, `a[0]`, or with full stops in front, relative to the value at `path`. */
  #lookUp(name: string, path: readonly string[]): Tree | undefined {
    const dots = /^\.*/.exec(name)![0].length;
    const keys = name
      .slice(dots)
      .replaceAll(/\[([^[\]]*)\]/g, ".$1")
      .split(".");
    const whole = dots === 0 ? keys : [...path.slice(0, -dots), ...keys];
    this.#scope.onNamed?.(whole.join("."));
    let at: Tree | undefined = this.#scope.root;
    for (const [i, key] of whole.entries()) {
      if (at?.kind === "mapping") at = at.entries.get(key);
      else if (at?.kind === "list" && /^\d+$/.test(key)) at = at.items[Number(key)];
      else return undefined;
      // What it refers to may itself be a reference to a group.
      if (at !== undefined && isInterpolated(at)) at = this.#within(at, whole.slice(0, i + 1));
    }
    return at === undefined ? undefined : this.resolve(at, whole);
  }

  #counted(tree: Tree, origin: Origin): Tree {
    this.#inserted += sizeOf(tree, MAX_INSERTED);
    return this.#inserted > MAX_INSERTED ? this.#fail(origin, "the interpolations insert too much") : tree;
  }

  /** @param isShown whether the message may be shown although the file is secret. */
  #fail(origin: Origin, message: string, isShown = false): Tree {
    const safe = `an interpolation cannot be resolved (the content is not shown). Known here: \${oc.env:NAME}, \${oc.env:NAME,default}, \${name}; for a literal \${ write \\\${`;
    this.#problems.push({ origin, message: this.#scope.isSecret === true && !isShown ? safe : message });
    return { kind: "scalar", origin, value: null };
  }
}

function isInterpolated(tree: Tree): tree is Tree & { kind: "scalar"; value: string } {
  return (
    tree.kind === "scalar" &&
    typeof tree.value === "string" &&
    tree.origin.position !== null &&
    hasInterpolation(tree.value)
  );
}

/** The number of values and characters, up to about `limit`. */
function sizeOf(tree: Tree, limit: number): number {
  if (tree.kind === "scalar") return 1 + (typeof tree.value === "string" ? tree.value.length : 0);
  let size = 1;
  for (const inner of tree.kind === "list" ? tree.items : tree.entries.values()) {
    if (size > limit) break;
    size += sizeOf(inner, limit - size);
  }
  return size;
}
