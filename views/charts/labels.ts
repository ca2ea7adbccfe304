/** Characters of a label that fit next to a chart; its title has the rest. */
const MAX_LABEL = 18;
/** Width of one character at the charts' size; about half that of a CJK character. */
const CHARACTER_PX = 6.5;

/** Shortens a label to the characters that fit. */
export function shortLabel(label: string): string {
  const characters = [...label];
  return characters.length > MAX_LABEL ? `${characters.slice(0, MAX_LABEL - 1).join("")}…` : label;
}

/** Width of the longest of these labels, shortened, in pixels. */
export function labelWidth(labels: readonly string[]): number {
  return Math.max(14, ...labels.map((label) => widthOf(shortLabel(label)))) + 8;
}

function widthOf(label: string): number {
  const wide = [...label].filter((character) => character > "\u2e80").length;
  return CHARACTER_PX * ([...label].length + wide);
}
