import { fill } from "../../i18n/fill.ts";
import type { Decision, Marks } from "./marks.ts";

/** The texts of the page that the script fills in. */
export type GridTexts = Readonly<Record<string, string>>;

/** The drawings of the page: a checkbox each, one of which is in the order of the Tab key. */
export class GridCells {
  readonly #inputs: readonly HTMLInputElement[];
  readonly #texts: GridTexts;
  #current = 0;

  constructor(grid: ParentNode, texts: GridTexts) {
    this.#inputs = [...grid.querySelectorAll<HTMLInputElement>(".grid-cell input")];
    this.#texts = texts;
    for (const [place, input] of this.#inputs.entries()) {
      input.tabIndex = place === 0 ? 0 : -1;
      // A browser that restores a form restores its marks, of which this page knows nothing.
      input.checked = false;
    }
  }

  get size(): number {
    return this.#inputs.length;
  }

  /** The place of the drawing that has the focus, or had it last. */
  get current(): number {
    return this.#current;
  }

  /** The drawing itself; null on a page without any. */
  get currentCell(): HTMLElement | null {
    return this.#inputs[this.#current] ?? null;
  }

  idOf(place: number): string {
    return this.#inputs[place]?.dataset.id ?? "";
  }

  /** The place of a drawing's checkbox; null for any other element. */
  placeOf(target: EventTarget | null): number | null {
    const place = this.#inputs.indexOf(target as HTMLInputElement);
    return place < 0 ? null : place;
  }

  /** Makes a drawing the one that the Tab key reaches. */
  arrive(place: number): void {
    this.#inputs[this.#current]?.setAttribute("tabindex", "-1");
    this.#inputs[place]?.setAttribute("tabindex", "0");
    this.#current = place;
  }

  focus(place: number, isScrolling = true): void {
    this.#inputs[place]?.focus({ preventScroll: !isScrolling });
  }

  /** Drawings side by side. */
  columns(): number {
    const top = this.#inputs[0]?.closest("label")?.offsetTop;
    const next = this.#inputs.findIndex((input) => input.closest("label")?.offsetTop !== top);
    return next < 0 ? Math.max(1, this.size) : next;
  }

  /** Shows the mark of a drawing, with its decision. */
  show(place: number, marks: Marks): void {
    const input = this.#inputs[place];
    const shown = input?.closest("label")?.querySelector<HTMLElement>(".grid-words");
    if (input === undefined || shown === null || shown === undefined) return;
    const decision = marks.decisionOf(place);
    input.checked = marks.has(place);
    const name = input.dataset.name ?? "";
    if (decision === null) {
      // A checkbox says on its own that it is selected.
      delete shown.dataset.decision;
      input.setAttribute("aria-label", name);
      return;
    }
    const words = decisionWords(decision, this.#texts);
    shown.dataset.decision = words;
    input.setAttribute("aria-label", fill(this.#texts.oddAs ?? "", { name, decision: words }));
  }
}

function decisionWords(decision: Decision, texts: GridTexts): string {
  return decision.startsWith("label:") ? decision.slice("label:".length) : (texts[decision] ?? decision);
}
