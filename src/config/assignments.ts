import { nearest } from "../lib/nearest.ts";
import { type Sentence, saying } from "../lib/saying.ts";
import type { Problem } from "./errors.ts";
import { emptyMapping, type Mapping, namesIn, type Tree } from "./tree.ts";

/** One value from outside of the files: of `--params`, or of an environment variable. Its origin names it. */
export interface Assignment {
  path: readonly string[];
  value: Tree;
}

const MAX_HINTS = 20;

/** Whether a name that the files do not have may be set. */
export type MayAdd = (path: readonly string[]) => boolean;

/**
 * Sets the values in a copy of the tree. A mapping is merged into a mapping; every other value is replaced. A number
 * in the path of a list is the index of the element to replace.
 *
 * @param mayAdd   by default every name may be added.
 * @param problems appended to: names that may not be added, with the nearest known one; indices that a list does not
 *   have; parts of a single value. Those values are not set.
 */
export function assign(
  tree: Mapping,
  assignments: readonly Assignment[],
  problems: Problem[],
  mayAdd: MayAdd = () => true,
): Mapping {
  const fail = ({ origin }: Tree, message: string) => void problems.push({ origin, message });
  const failUnknown = ({ origin }: Tree, path: readonly string[]) => {
    const name = path.join(".");
    // A hostile request may have thousands of names: a hint for the first ones is enough.
    const near = problems.length < MAX_HINTS ? nearest(name, namesIn(tree)) : null;
    problems.push({ origin, ...unknownName(name, near) });
  };

  const put = (at: Tree | undefined, path: readonly string[], value: Tree, done: string[]): Tree => {
    const [key, ...rest] = path;
    if (key === undefined)
      return at?.kind === "mapping" && value.kind === "mapping" ? join(at, value, done) : value;
    if (at?.kind === "list") return putItem(at, key, rest, value, done);
    if (at?.kind === "scalar" && at.value !== null) {
      fail(value, `${done.join(".")} is ${JSON.stringify(at.value)}, which has no "${key}"`);
      return at;
    }
    const group = at?.kind === "mapping" ? at : emptyMapping(value.origin.source);
    return putEntry(group, key, rest, value, done);
  };
  const putEntry = (group: Mapping, key: string, rest: readonly string[], value: Tree, done: string[]) => {
    const here = [...done, key];
    const below = group.entries.get(key);
    if (below === undefined && !mayAdd([...here, ...rest])) {
      failUnknown(value, [...here, ...rest]);
      return group;
    }
    return { ...group, entries: new Map([...group.entries, [key, put(below, rest, value, here)]]) };
  };
  const putItem = (
    list: Extract<Tree, { kind: "list" }>,
    key: string,
    rest: readonly string[],
    value: Tree,
    done: string[],
  ) => {
    const count = list.items.length;
    const index = /^\d+$/.test(key) ? Number(key) : count;
    if (index >= count) {
      const indices = count === 0 ? "is empty" : `has the indices 0 to ${count - 1}`;
      fail(
        value,
        `the list ${done.join(".")} ${indices}; it has no "${key}". To change its length, set the complete list`,
      );
      return list;
    }
    const items = list.items.map((item, i) => (i === index ? put(item, rest, value, [...done, key]) : item));
    return { ...list, items };
  };
  const join = (group: Mapping, value: Mapping, done: string[]): Mapping =>
    [...value.entries].reduce<Mapping>((all, [key, inner]) => putEntry(all, key, [], inner, done), group);

  return assignments.reduce<Mapping>((all, { path, value }) => {
    const [key = "", ...rest] = path;
    return putEntry(all, key, rest, value, []);
  }, tree);
}

function unknownName(name: string, near: string | null): Sentence {
  return near === null
    ? {
        message: `unknown parameter "${name}". Add it to parameters.yml to read it in a node`,
        says: saying("param.unknown", { name }),
      }
    : {
        message: `unknown parameter "${name}". Did you mean "${near}"?`,
        says: saying("param.unknownNear", { name, near }),
      };
}
