/**
 * The classes that fit what was typed, the best first: the very one, then those that begin so, then those that have it
 * somewhere; each in the order of the classes. Upper and lower case are alike, but the very one in its own case wins.
 *
 * @param typed nothing finds all.
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
