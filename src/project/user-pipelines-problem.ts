import { readdir, readFile } from "node:fs/promises";
import { basename, dirname, join, relative, sep } from "node:path";
import { messageOf } from "../lib/errors.ts";
import { didYouMean } from "../lib/nearest.ts";
import * as projectApi from "../project-api/tegaki.ts";

interface Place {
  /** Absolute. */
  file: string;
  line: number | null;
  column: number | null;
}

/**
 * What is wrong with a file of the project, in one line: `src/pipelines/x/pipeline.ts:3:42: reason`.
 *
 * @param error whatever loading the file, or calling what it exports, has thrown.
 * @param file  the `pipeline.ts` that was loaded, absolute: named when the error itself names no place in the project.
 * @param root  the project directory, absolute and without symbolic links.
 * @param word  what to look for in the file when nothing else says where; null when nothing in it is to blame.
 */
export async function problemOf(
  error: unknown,
  file: string,
  root: string,
  word: string | null,
): Promise<string> {
  const first = firstOf(error);
  const place = positionOf(first) ??
    frameOf(first, root) ??
    (await placeOfWord(unresolvedOf(first) ?? word, file)) ?? { file };
  const { line, column } = { line: null, column: null, ...place };
  const where = [relative(root, place.file).split(sep).join("/"), line, column].filter(
    (part) => part !== null,
  );
  return `${where.join(":")}: ${reasonOf(first).replaceAll(`${root}${sep}`, "")}`;
}

/** The compiler reports all its errors at once; those after the first often only follow from it. */
function firstOf(error: unknown): unknown {
  return error instanceof AggregateError && error.errors.length > 0 ? error.errors[0] : error;
}

/** What the compiler says of a file that it cannot read. */
function positionOf(error: unknown): Place | null {
  const position = (error as { position?: unknown } | null)?.position as Partial<Place> | null | undefined;
  if (typeof position?.file !== "string" || position.file === "") return null;
  return { file: position.file, line: position.line ?? null, column: position.column ?? null };
}

/** The innermost call that is in the project: our own, which it may have led to, say nothing to its author. */
function frameOf(error: unknown, root: string): Place | null {
  if (!(error instanceof Error)) return null;
  for (const [, file, line, column] of (error.stack ?? "").matchAll(
    /(?:\(|at )([^()\n]+):(\d+):(\d+)\)?$/gm,
  )) {
    if (file!.startsWith(root + sep)) return { file: file!, line: Number(line), column: Number(column) };
  }
  return null;
}

/** An import that cannot be resolved comes without a place, but with its name. */
function unresolvedOf(error: unknown): string | undefined {
  return /^(?:Cannot find (?:module|package)|Export named) '([^']+)'/.exec(messageOf(error))?.[1];
}

/** Where a word first stands in the file, or in one beside it. */
async function placeOfWord(word: string | null, file: string): Promise<Place | null> {
  if (word === null) return null;
  const folder = dirname(file);
  const others = (await readdir(folder)).filter((name) => name.endsWith(".ts") && name !== basename(file));
  for (const name of [basename(file), ...others.sort()]) {
    const lines = (await readFile(join(folder, name), "utf8").catch(() => "")).split("\n");
    const index = lines.findIndex((line) => line.includes(word));
    if (index >= 0) {
      return { file: join(folder, name), line: index + 1, column: lines[index]!.indexOf(word) + 1 };
    }
  }
  return null;
}

function reasonOf(error: unknown): string {
  const message = messageOf(error) || "it threw an error without a message";
  const unknown = /^Export named '(.+)' not found in module 'tegaki'/.exec(message)?.[1];
  if (unknown !== undefined) {
    // Functions, in small letters, before the classes that are named like them.
    const known = Object.keys(projectApi).sort().reverse();
    return `"tegaki" has no "${unknown}"${didYouMean(unknown, known)}`;
  }
  const isUnexpected = error instanceof Error && /^(Type|Reference|Range)Error$/.test(error.name);
  return isUnexpected ? `${error.name}: ${message}` : message;
}
