import type { MapPoints } from "./points.ts";

/** Drawings of one page, as of the sheet. */
const PER_PAGE = 120;

/**
 * Loads the cells of drawings, one page at a time, as the contact sheet shows them.
 * @param onLoaded is called with the number of drawings so far.
 * @throws TypeError when a page does not arrive; the signal's reason when it is aborted.
 */
export async function loadCells(
  points: MapPoints,
  places: readonly number[],
  signal: AbortSignal,
  onLoaded: (n: number) => void,
): Promise<Element[]> {
  const pages: Element[] = [];
  for (let from = 0; from < places.length; from += PER_PAGE) {
    const ids = points.address(places.slice(from, from + PER_PAGE));
    const response = await fetch(`/samples/map/cells?ids=${ids}`, { signal });
    if (!response.ok) throw new TypeError("The drawings did not arrive");
    const html = new DOMParser().parseFromString(await response.text(), "text/html");
    pages.push(...html.body.children);
    onLoaded(Math.min(places.length, from + PER_PAGE));
  }
  pages[0]?.querySelector(".cell")?.setAttribute("tabindex", "0");
  return pages;
}
