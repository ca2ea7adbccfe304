import { InputError, messageOf, saysOf } from "../../lib/errors.ts";
import { type Saying, type Sentence, saying } from "../../lib/saying.ts";

/** A row that cannot be read. */
export interface RowProblem extends Sentence {
  /** Line (1-based) or index (0-based). */
  at: number;
  /** Names the file and the row, what was expected and what was found. */
  message: string;
}

/** Is told of a row that cannot be read, which is then left out. Without it, such a row ends the reading. */
export type OnProblem = ((problem: RowProblem) => void) | undefined;

/**
 * Reads one row.
 * @returns null for a row that cannot be read, when there is someone to tell. @throws its InputError otherwise.
 */
export async function readRow<T>(
  at: number,
  onProblem: OnProblem,
  read: () => T | Promise<T>,
): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (onProblem === undefined || !(error instanceof InputError)) throw error;
    onProblem({ at, message: error.message, says: error.says });
    return null;
  }
}

/** Part of a message: in English, and as data. A name is the same in every language. */
export interface Words {
  text: string;
  says: Saying | string;
}

/** A part of a message, whose words in other languages are at `failure.import.*`. */
export function words(text: string, key: string, figures: Saying["figures"] = {}): Words {
  return { text, says: saying(`import.${key}`, figures) };
}

/** The message of an error; of one from a library, in English only. */
export function wordsOf(error: unknown): Words {
  const text = messageOf(error);
  return { text, says: saysOf(error) ?? text };
}

/** A line of a file, 1-based. */
export const lineAt = (n: number): Words => words(`line ${n}`, "line", { n });
/** An image of a file, 0-based. */
export const imageAt = (n: number): Words => words(`image ${n}`, "image", { n });
/** A label of a file, 0-based. */
export const labelAt = (n: number): Words => words(`label ${n}`, "label", { n });
/** A task of Label Studio, 0-based. */
export const taskAt = (n: number): Words => words(`task ${n}`, "task", { n });
/** A file within an archive. */
export const nameAt = (name: string): Words => words(name, "name", { name });

/** The error of a row. @param place null for one of the file as a whole. */
export function rowError(file: string, place: Words | null, reason: Words, cause?: unknown): InputError {
  if (place === null) {
    const says = saying("import.ofFile", { file, reason: reason.says });
    return new InputError(`${file}: ${reason.text}`, { cause, says });
  }
  const says = saying("import.row", { file, place: place.says, reason: reason.says });
  return new InputError(`${file}, ${place.text}: ${reason.text}`, { cause, says });
}

/** Like `readRow`, for a row whose errors do not yet name the file and the place. */
export function readNamedRow<T>(
  file: string,
  { at, place }: { at: number; place: Words },
  onProblem: OnProblem,
  read: () => Promise<T>,
): Promise<T | null> {
  return readRow(at, onProblem, () =>
    read().catch((error) => {
      throw rowError(file, place, wordsOf(error), error);
    }),
  );
}

/** The error of a file, or with `place` of a row, that cannot be read at all. */
export function unreadable(file: string, reason: Words, cause?: unknown, place?: Words): InputError {
  if (place === undefined) {
    const says = saying("import.unreadable", { file, reason: reason.says });
    return new InputError(`Cannot read ${file}: ${reason.text}`, { cause, says });
  }
  const says = saying("import.unreadableRow", { file, place: place.says, reason: reason.says });
  return new InputError(`Cannot read ${file}, ${place.text}: ${reason.text}`, { cause, says });
}

/** The error of a value, whose reader adds the file and the place. */
export function valueError(reason: Words, cause?: unknown): InputError {
  const { says } = reason;
  return new InputError(reason.text, { cause, ...(typeof says === "string" ? {} : { says }) });
}
