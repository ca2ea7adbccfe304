import { focusNoPressed } from "../press-focus.ts";
import { type ReviewAction, reviewActionOf } from "./keys.ts";

/** The keyboard of the label queue: each key presses a button of the page, so it does nothing that a button does not. */
export class LabelPage {
  readonly #help: HTMLDialogElement | null = document.querySelector("#help");
  /** Whether a decision is on its way: the next key is about a drawing that is not on the page yet. */
  #isBusy = false;

  constructor() {
    document.addEventListener("keydown", (event) => this.#key(event));
    focusNoPressed(document, "#queue :is(button, [data-do])", heading);
    document.addEventListener("click", (event) => {
      if (event.target instanceof Element && event.target.closest("[data-do='help']"))
        this.#help?.showModal();
    });
    document.addEventListener("htmx:before:request", () => {
      this.#isBusy = true;
    });
    document.addEventListener("htmx:finally:request", () => {
      this.#isBusy = false;
      this.#swapped();
    });
    this.#swapped();
  }

  /** The button of the help needs the script. Focus stays in the queue, so that a screen reader reads the next label. */
  #swapped(): void {
    for (const button of document.querySelectorAll<HTMLElement>("[data-do='help']")) button.hidden = false;
    const { activeElement } = document;
    // A button that has decided: Enter and Space on it would be about a label that its reader has not seen.
    const isLost = activeElement === null || activeElement === document.body;
    if (isLost || activeElement.matches("#queue :is(button, [data-do])"))
      heading()?.focus({ preventScroll: true });
  }

  #key(event: KeyboardEvent): void {
    if (this.#closesHelp(event)) return;
    const isElsewhere = this.#help?.open === true || document.querySelector(":popover-open") !== null;
    if (event.repeat || isElsewhere) return;
    const { key, code, ctrlKey, metaKey, altKey } = event;
    const focus = document.activeElement?.tagName.toLowerCase() ?? "";
    const action = reviewActionOf({ key, code, ctrlKey, metaKey, altKey, focus }, this.#classes());
    const button = action === null ? null : buttonOf(action);
    if (button === null) return;
    event.preventDefault();
    if (!this.#isBusy) button.click();
  }

  /** The key that opens the help closes it, too. @returns whether it was that key. */
  #closesHelp(event: KeyboardEvent): boolean {
    const { key, code, ctrlKey, metaKey, altKey, repeat } = event;
    const press = { key, code, ctrlKey, metaKey, altKey, focus: "dialog" };
    if (this.#help?.open !== true || repeat || reviewActionOf(press, this.#classes())?.kind !== "help")
      return false;
    event.preventDefault();
    this.#help.close();
    return true;
  }

  #classes(): readonly string[] {
    return JSON.parse(document.querySelector<HTMLElement>("#queue")?.dataset.classes ?? "[]") as string[];
  }
}

/** The heading of the label to decide about; null when there is none. */
function heading(): HTMLElement | null {
  return document.querySelector<HTMLElement>("#review-said");
}

function buttonOf(action: ReviewAction): HTMLElement | null {
  const queue = document.querySelector("#queue");
  if (action.kind === "label") {
    return queue?.querySelector<HTMLElement>(`[data-label="${CSS.escape(action.label)}"]`) ?? null;
  }
  return queue?.querySelector<HTMLElement>(`[data-do="${action.kind}"]`) ?? null;
}
