/** The drawings of the sheet that are loaded, in their order; pages of it arrive as one scrolls. */
export class Cells {
  readonly #sheet: HTMLElement;
  readonly #cells: HTMLElement[] = [];
  readonly #places = new Map<string, number>();

  /** @param onMore is called when a page has arrived, with the place of its first drawing. */
  constructor(sheet: HTMLElement, onMore: (from: number) => void) {
    this.#sheet = sheet;
    this.#adopt([...sheet.children]);
    new MutationObserver((records) => {
      const from = this.#cells.length;
      this.#adopt(records.flatMap(({ addedNodes }) => [...addedNodes]));
      if (this.#cells.length > from) onMore(from);
    }).observe(sheet, { childList: true });
  }

  get size(): number {
    return this.#cells.length;
  }

  at(place: number): HTMLElement | undefined {
    return this.#cells[place];
  }

  /** The place of the drawing that an element is in; null outside of the sheet. */
  placeOf(target: EventTarget | null): number | null {
    const cell = target instanceof Element ? target.closest<HTMLElement>(".cell") : null;
    return cell === null ? null : (this.#places.get(cell.dataset.id ?? "") ?? null);
  }

  /** Drawings side by side. */
  columns(): number {
    const page = this.#sheet.querySelector(".cells-page");
    const columns = page === null ? 1 : Number(getComputedStyle(page).getPropertyValue("--columns"));
    return Number.isInteger(columns) && columns > 0 ? columns : 1;
  }

  /** Lines "ID STATE LABEL", as the server reads them. */
  linesOf(places: readonly number[]): string {
    return places
      .flatMap((place) => {
        const { id, state, label } = this.#cells[place]?.dataset ?? {};
        return id === undefined ? [] : [`${id} ${state} ${label}`];
      })
      .join("\n");
  }

  /** Shows other pages instead of all that are loaded. */
  reset(pages: readonly Element[]): void {
    this.#cells.length = 0;
    this.#places.clear();
    this.#sheet.replaceChildren(...pages);
  }

  /** Whether any drawing is loaded that is not among these. */
  hasOther(ids: ReadonlySet<string>): boolean {
    return this.#cells.some(({ dataset }) => !ids.has(dataset.id ?? ""));
  }

  /** Shows a drawing as the server has rendered it again; its picture and place stay. */
  update(changed: HTMLElement): void {
    const cell = this.#cells[this.#places.get(changed.dataset.id ?? "") ?? -1];
    if (cell === undefined) return;
    Object.assign(cell.dataset, changed.dataset);
    cell.setAttribute("aria-label", changed.getAttribute("aria-label") ?? "");
    cell.replaceChildren(...changed.cloneNode(true).childNodes);
  }

  #adopt(nodes: readonly Node[]): void {
    for (const page of nodes) {
      if (!(page instanceof HTMLElement)) continue;
      // The policy of the page allows no style in HTML; the object model is ours.
      page.style.setProperty("--sprite", `url("${page.dataset.sprite ?? ""}")`);
      for (const cell of page.querySelectorAll<HTMLElement>(".cell")) {
        this.#places.set(cell.dataset.id ?? "", this.#cells.length);
        this.#cells.push(cell);
      }
    }
  }
}
