/** Characters of a label that fit next to a chart; its title has the rest. */
const MAX_LABEL = 18;
/** Width of one character in sizes of the text; about half that of a CJK character. */
const CHARACTER_EM = 0.56;
/** Size of the text of charts in pixels, for those whose parts have a fixed size. */
const TEXT_PX = 12;

/** Shortens a label to the characters that fit. */
export function shortLabel(label: string): string {
  const characters = [...label];
  return characters.length > MAX_LABEL ? `${characters.slice(0, MAX_LABEL - 1).join("")}…` : label;
}

/** Width of the longest of these labels, shortened, in pixels. */
export function labelWidth(labels: readonly string[]): number {
  return Math.max(14, ...labels.map((label) => TEXT_PX * widthOf(shortLabel(label)))) + 8;
}

/** Width of a label in sizes of its text. */
export function widthOf(label: string): number {
  const characters = [...label];
  const wide = characters.filter((character) => character > "\u2e80").length;
  return CHARACTER_EM * (characters.length + 0.8 * wide);
}
