import { fill } from "../../i18n/fill.ts";
import type { GridTexts } from "./grid-cells.ts";
import { gridActionOf } from "./grid-keys.ts";
import type { Decision } from "./marks.ts";

/** Tiles side by side in a sprite. */
const COLUMNS = 12;

/** The question about odd drawings, one at a time. Escape leaves it with what has been decided so far. */
export class Ask {
  readonly #dialog: HTMLDialogElement;
  readonly #texts: GridTexts;
  readonly #classes: readonly string[];
  readonly #label: string;
  #places: readonly number[] = [];
  #at = 0;
  #onDecision: (place: number, decision: Decision) => void = () => {};
  #onEnd: () => void = () => {};

  /** @param label the class that the drawings are not. */
  constructor(dialog: HTMLDialogElement, texts: GridTexts, classes: readonly string[], label: string) {
    this.#dialog = dialog;
    this.#texts = texts;
    this.#classes = classes;
    this.#label = label;
    dialog.addEventListener("click", (event) => this.#click(event));
    dialog.addEventListener("change", (event) => {
      const { value } = event.target as HTMLSelectElement;
      if (value !== "") this.#decide(`label:${value}`);
    });
  }

  get isOpen(): boolean {
    return this.#dialog.open;
  }

  /** Asks about drawings in turn. @param onEnd is called when each has a decision. */
  open(
    places: readonly number[],
    onDecision: (place: number, decision: Decision) => void,
    onEnd: () => void,
  ): void {
    this.#places = places;
    this.#at = 0;
    this.#onDecision = onDecision;
    this.#onEnd = onEnd;
    this.#dialog.showModal();
    this.#show();
  }

  /** The key of a decision; every other one is for the dialog. A key that is held decides about one drawing only. */
  key(event: KeyboardEvent): void {
    if (event.repeat) {
      event.preventDefault();
      return;
    }
    const { key, code, ctrlKey, metaKey, altKey, shiftKey } = event;
    const focus = document.activeElement?.tagName.toLowerCase() ?? "";
    const press = { key, code, ctrlKey, metaKey, altKey, shiftKey, focus };
    const action = gridActionOf(press, this.#classes, false);
    if (action === null) return;
    if (action.kind === "label" && action.label !== this.#label) this.#decide(`label:${action.label}`);
    else if (action.kind === "none" || action.kind === "withdraw") this.#decide(action.kind);
    else return;
    event.preventDefault();
  }

  #click(event: MouseEvent): void {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>("button") : null;
    const { label, do: command } = button?.dataset ?? {};
    if (label !== undefined) this.#decide(`label:${label}`);
    else if (command === "none" || command === "withdraw") this.#decide(command);
    else if (command === "leave") this.#decide("review");
    else if (command === "leave-all") for (const _ of this.#places.slice(this.#at)) this.#decide("review");
    else if (command === "back") this.#dialog.close();
  }

  #decide(decision: Decision): void {
    const place = this.#places[this.#at];
    if (place === undefined) return;
    this.#onDecision(place, decision);
    this.#at += 1;
    if (this.#at < this.#places.length) {
      this.#show();
      return;
    }
    this.#dialog.close();
    this.#onEnd();
  }

  #show(): void {
    const place = this.#places[this.#at] ?? 0;
    const find = (selector: string) => this.#dialog.querySelector<HTMLElement>(selector);
    const tile = find("#grid-ask-tile");
    if (tile !== null) tile.className = `grid-ink x${place % COLUMNS} y${Math.floor(place / COLUMNS)}`;
    const at = find("#grid-ask-at");
    const total = this.#places.length;
    if (at !== null) at.textContent = fill(this.#texts.askAt ?? "", { n: this.#at + 1, total });
    const rest = find("[data-do='leave-all']");
    if (rest !== null) {
      const isLast = total - this.#at < 2;
      // Its room stays, so that nothing moves under the finger.
      rest.style.visibility = isLast ? "hidden" : "visible";
      if (!isLast || this.#at === 0)
        rest.textContent = fill(this.#texts.leaveAll ?? "", { n: total - this.#at });
    }
    const select = this.#dialog.querySelector("select");
    if (select !== null) select.value = "";
    find("[data-do='leave']")?.focus();
  }
}
