import type { Cells } from "./cells.ts";

/** htmx, which the page loads before this script. */
interface Htmx {
  process(element: Element): void;
}

/**
 * Brings the count up to date after an import or an undo, and the drawings where others match than before: an import that
 * is undone deletes some, and a withdrawal brings some back. Otherwise the sheet stays where the reader has scrolled it to.
 *
 * @returns whether the sheet starts again from its first page. @throws TypeError when the server does not respond.
 */
export async function refreshSheet(sheet: HTMLElement | null, cells: Cells | null): Promise<boolean> {
  if (sheet === null || cells === null) {
    // The page had no drawings, and so no sheet to put any into.
    location.reload();
    return false;
  }
  const response = await fetch(location.href);
  if (!response.ok) throw new TypeError("The page did not arrive");
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  for (const part of [".sheet-head > b", "#sheet-bar [data-do='all']"]) {
    const shown = document.querySelector(part);
    const now = page.querySelector(part);
    if (shown !== null && now !== null) shown.textContent = now.textContent;
  }
  const all = page.querySelector<HTMLElement>("#sheet-selected")?.dataset.all;
  const output = document.querySelector<HTMLElement>("#sheet-selected");
  if (output !== null && all !== undefined) output.dataset.all = all;
  const now = page.querySelector<HTMLElement>("#sheet");
  const total = now?.dataset.total ?? "0";
  const first = new Set(
    [...page.querySelectorAll<HTMLElement>("#sheet .cell")].map(({ dataset }) => dataset.id ?? ""),
  );
  const isSame = total === sheet.dataset.total && (cells.size > first.size || !cells.hasOther(first));
  sheet.dataset.total = total;
  if (isSame) return false;
  cells.reset([...(now?.children ?? [])]);
  (globalThis as unknown as { htmx?: Htmx }).htmx?.process(sheet);
  return true;
}
