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
    const cell = input?.closest("label");
    if (input === undefined || cell === null || cell === undefined) return;
    const decision = marks.decisionOf(place);
    input.checked = marks.has(place);
    if (decision === null) delete cell.dataset.decision;
    else cell.dataset.decision = decisionWords(decision, this.#texts);
    const name = input.dataset.name ?? "";
    const words =
      decision === null
        ? (this.#texts.odd ?? "")
        : fill(this.#texts.oddAs ?? "", { decision: decisionWords(decision, this.#texts) });
    // A checkbox without a decision says by itself that it is selected.
    input.setAttribute("aria-label", marks.has(place) && decision !== null ? `${name}, ${words}` : name);
  }
}

function decisionWords(decision: Decision, texts: GridTexts): string {
  return decision.startsWith("label:") ? decision.slice("label:".length) : (texts[decision] ?? decision);
}
