import { readdir, readFile } from "node:fs/promises";
import { basename, dirname, join, relative, sep } from "node:path";
import { PipelineError } from "../engine/errors.ts";
import { messageOf } from "../lib/errors.ts";
import { didYouMean } from "../lib/nearest.ts";
import * as projectApi from "../project-api/tegaki.ts";
import { userFrames } from "./user-frames.ts";

interface Place {
  /** Absolute. */
  file: string;
  line: number | null;
  column: number | null;
}

/**
 * Describes the problem of a file of the project in one line: `src/pipelines/x/pipeline.ts:3:42: reason`.
 *
 * @param error the error from loading the file or calling its export.
 * @param file  the absolute path of the `pipeline.ts`, reported when the error has no place in the project.
 * @param root  the project directory, absolute and without symbolic links.
 * @param word  the word whose place is reported when the error has none; null when the file's content is not the cause.
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

/** Returns the first of the compiler's errors; the others often only follow from it. */
function firstOf(error: unknown): unknown {
  return error instanceof AggregateError && error.errors.length > 0 ? error.errors[0] : error;
}

/** Returns the place of a compiler error. */
function positionOf(error: unknown): Place | null {
  const position = (error as { position?: unknown } | null)?.position as Partial<Place> | null | undefined;
  if (typeof position?.file !== "string" || position.file === "") return null;
  return { file: position.file, line: position.line ?? null, column: position.column ?? null };
}

/** Returns the innermost call in the project; calls within tegaki would not help the pipeline's author. */
function frameOf(error: unknown, root: string): Place | null {
  const [innermost] = userFrames(error, root);
  return innermost === undefined ? null : { ...innermost, file: join(root, innermost.file) };
}

/** Returns the name of an unresolved import, whose error has no place. */
function unresolvedOf(error: unknown): string | undefined {
  return /^(?:Cannot find (?:module|package)|Export named) '([^']+)'/.exec(messageOf(error))?.[1];
}

/** Finds the first occurrence of a word in the file, or in the other files of its folder. */
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
  // Our own errors have one line for each problem.
  const lines = error instanceof PipelineError ? error.message.replaceAll("\n", "; ") : error;
  const message = messageOf(lines) || "it threw an error without a message";
  const unknown = /^Export named '(.+)' not found in module 'tegaki'/.exec(message)?.[1];
  if (unknown !== undefined) {
    // Functions, in lower case, before classes with similar names.
    const known = Object.keys(projectApi).sort().reverse();
    return `"tegaki" has no "${unknown}"${didYouMean(unknown, known)}`;
  }
  const isUnexpected = error instanceof Error && /^(Type|Reference|Range)Error$/.test(error.name);
  return isUnexpected ? `${error.name}: ${message}` : message;
}
