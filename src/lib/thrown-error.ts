/** A call in a file of a project. */
export interface UserFrame {
  /** The name of the function; "" at the top level of a file, and for one without a name. */
  call: string;
  /** Relative to the project directory, with "/". */
  file: string;
  /** From 1, in the author's source. */
  line: number;
  /** From 1. Null for the line where the function begins: the place within it is not known. */
  column: number | null;
}

/** Something that a node threw, as its author can use it. */
export interface ThrownError {
  /** "TypeError"; for a value that is not an error, its type: "string". */
  name: string;
  message: string;
  /** The part of the stack that is in the project's files, the innermost call first. */
  frames: readonly UserFrame[];
}

/** Returns the place of a frame: `src/pipelines/ink/nodes.ts:8:12`. */
function placeOf({ file, line, column }: UserFrame): string {
  return column === null ? `${file}:${line}` : `${file}:${line}:${column}`;
}

/**
 * Returns an error and its causes as lines, each frame on a line of its own.
 * @param causedBy introduces a cause, in the reader's language.
 */
export function thrownLines(
  thrown: readonly ThrownError[],
  causedBy = (error: string) => `Caused by ${error}`,
): string[] {
  return thrown.flatMap(({ name, message, frames }, i) => [
    i === 0 ? `${name}: ${message}` : causedBy(`${name}: ${message}`),
    ...frames.map(
      (frame) => `  at ${frame.call === "" ? placeOf(frame) : `${frame.call} (${placeOf(frame)})`}`,
    ),
  ]);
}
