import { InputError } from "../../lib/errors.ts";

/** A row that cannot be read. */
export interface RowProblem {
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
    onProblem({ at, message: error.message });
    return null;
  }
}
