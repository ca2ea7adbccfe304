/** The fewest known answers that one of them is put to a labeller: with fewer, they would be recognised. */
export const LEAST_KNOWN = 20;

/**
 * Decides whether a question is a check.
 * @param draw a random number in [0, 1). @param shares of the questions, together at most `MOST_CHECKS`.
 * @returns null for a drawing without a label.
 */
export function checkKind(
  draw: number,
  { second, known }: { second: number; known: number },
): "second" | "known" | null {
  if (draw < known) return "known";
  return draw < known + second ? "second" : null;
}

/**
 * Returns where the search for a sample begins: 16 bytes that any drawing's identity, itself a hash, is as likely to
 * follow as any other. The same labeller and draw give the same place on every machine.
 */
export function placeOf(labeller: string, draw: number): Uint8Array {
  return new Bun.CryptoHasher("sha256")
    .update(JSON.stringify([labeller, draw]))
    .digest()
    .subarray(0, 16);
}
