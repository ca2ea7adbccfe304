/**
 * Returns the classes that match the typed text, best first: the exact class, then those that start with the text,
 * then those that contain it; each group in the order of the classes. Case is ignored, but an exact match in its own
 * case comes first.
 *
 * @param typed "" matches all.
 */
export function matchesOf(typed: string, classes: readonly string[]): string[] {
  const text = typed.trim().normalize("NFC");
  const lower = text.toLowerCase();
  if (lower === "") return [...classes];
  const rankOf = (name: string): number => {
    if (name === text) return 0;
    const own = name.toLowerCase();
    if (own === lower) return 1;
    return own.startsWith(lower) ? 2 : own.includes(lower) ? 3 : 4;
  };
  return classes
    .map((name) => ({ name, rank: rankOf(name) }))
    .filter(({ rank }) => rank < 4)
    .sort((a, b) => a.rank - b.rank)
    .map(({ name }) => name);
}
