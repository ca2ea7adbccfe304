/** The fields of the filter, as the address of the page has them. Confidence is in percent, dates are days. */
export const FILTER_FIELDS = [
  ...(["q", "label", "predicted", "correct", "min", "max", "state", "split"] as const),
  ...(["writer", "model", "source", "from", "to", "personal"] as const),
] as const;

/** The filter as it is in the address: nothing is an empty string. */
export type FilterFields = Partial<Record<(typeof FILTER_FIELDS)[number], string>>;

/** Drawings of one page of the sheet. 4, 5, 6, 8, 10, 12 and 15 columns fill its last row, so pages join without a gap. */
export const PER_PAGE = 120;
/** Tiles side by side in a sprite; `samples.css` positions them. */
export const SPRITE_COLUMNS = 12;

/** Returns the address of the sheet with a filter. */
export function sheetPath(fields: FilterFields, more: Readonly<Record<string, string>> = {}): string {
  const query = new URLSearchParams({ ...fields, ...more });
  return query.size === 0 ? "/samples" : `/samples?${query}`;
}
