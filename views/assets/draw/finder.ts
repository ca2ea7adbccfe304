import { matchesOf } from "./finder-matches.ts";

/** The field that finds a label by its first characters, for classes without a key. */
export class Finder {
  readonly #field: HTMLInputElement;
  readonly #buttons: HTMLElement[];
  readonly #classes: readonly string[];

  /**
   * @param onChosen receives the class that Enter chooses: the highlighted one.
   * @param onNone called when Enter finds none.
   */
  constructor(
    root: HTMLElement,
    classes: readonly string[],
    onChosen: (label: string) => void,
    onNone: () => void,
  ) {
    this.#classes = classes;
    this.#field = root.querySelector<HTMLInputElement>("#finder")!;
    this.#buttons = [...root.querySelectorAll<HTMLElement>("[data-label]")];
    this.#field.addEventListener("input", () => this.#show());
    this.#field.addEventListener("keydown", (event) => {
      // Enter of an input method chooses its own candidate.
      if (event.isComposing) return;
      if (event.key === "Escape") this.close();
      if (event.key !== "Enter") return;
      event.preventDefault();
      const [best] = this.#field.value.trim() === "" ? [] : matchesOf(this.#field.value, this.#classes);
      if (best === undefined) return onNone();
      this.close();
      onChosen(best);
    });
  }

  /** Focuses the field. @param text what was already typed. */
  open(text: string): void {
    this.#field.value = text;
    this.#show();
    this.#field.focus();
  }

  /** Empties the field and returns to the page. */
  close(): void {
    this.#field.value = "";
    this.#show();
    this.#field.blur();
  }

  #show(): void {
    const found = matchesOf(this.#field.value, this.#classes);
    const best = this.#field.value.trim() === "" ? null : (found[0] ?? null);
    for (const button of this.#buttons) {
      const label = button.dataset.label ?? "";
      button.hidden = !found.includes(label);
      button.dataset.found = String(label === best);
    }
  }
}
