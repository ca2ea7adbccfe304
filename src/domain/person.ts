/** Who draws: a name, or one sitting of somebody without a name. Neither is known of most programs. */
export interface Person {
  writer: string | null;
  /**
   * A random id that a browser keeps for as long as one person draws in it. It is also what shows that a request is from
   * the browser that stored a drawing, so it never leaves the server.
   */
  sitting: string | null;
}

/** Nobody in particular: no memory has a part in the answer. */
export const NOBODY: Person = { writer: null, sitting: null };

/** Time without a label or a prediction after which the memory of a sitting without a name has ended. */
export const SITTING_MS = 30 * 60_000;

/**
 * Returns what identifies the memory of a person: the name, or without one the sitting; null when neither is known. Names
 * and sittings never coincide.
 */
export function personKey({ writer, sitting }: Person): string | null {
  if (writer !== null) return `writer:${writer}`;
  return sitting === null ? null : `sitting:${sitting}`;
}
