const MAX_LETTERS = 100;

/**
 * Returns the known name that the user probably meant, or null when none is near.
 * Near: ignoring case, at most a third of the longer name's letters (at least one) are inserted, omitted, replaced or
 * swapped with a neighbour, and never more than `maxEdits`. Of equally near names the first wins. Nothing is near a name
 * of more than 100 letters: nobody has mistyped it, and the search takes time with the square of its length.
 */
export function nearest(
  name: string,
  known: Iterable<string>,
  maxEdits = Number.POSITIVE_INFINITY,
): string | null {
  if (name.length > MAX_LETTERS) return null;
  let best: string | null = null;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of known) {
    const third = Math.floor(Math.max(name.length, candidate.length) / 3);
    const limit = Math.min(maxEdits, Math.max(1, third));
    if (Math.abs(name.length - candidate.length) > limit) continue;
    const found = distance(name.toLowerCase(), candidate.toLowerCase());
    if (found <= limit && found < bestDistance) {
      best = candidate;
      bestDistance = found;
    }
  }
  return best;
}

/** Returns `. Did you mean "x"?` to append to an error message, or "" when no known name is near. */
export function didYouMean(name: string, known: Iterable<string>): string {
  const found = nearest(name, known);
  return found === null ? "" : `. Did you mean "${found}"?`;
}

/** Restricted Damerau-Levenshtein distance: no letter is edited twice (optimal string alignment). Keeps three rows. */
function distance(a: string, b: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let value = Math.min(previous[j]! + 1, row[j - 1]! + 1, previous[j - 1]! + cost);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (isSwap) value = Math.min(value, beforePrevious[j - 2]! + 1);
      row.push(value);
    }
    beforePrevious = previous;
    previous = row;
  }
  return previous[b.length]!;
}
