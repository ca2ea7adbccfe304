import { explain } from "./api.ts";
import type { PersonFields } from "./person/who-draws.ts";
import type { AnyInk } from "./picture/any-ink.ts";

/** The dialog that explains a prediction; the server renders its content. */
export class ExplainPanel {
  readonly #content: HTMLElement;
  readonly #dialog: HTMLDialogElement;

  constructor(dialog: HTMLDialogElement) {
    this.#dialog = dialog;
    this.#content = dialog.querySelector<HTMLElement>("[data-content]")!;
  }

  get isOpen(): boolean {
    return this.#dialog.open;
  }

  /** Shows an explanation. @returns null on success, otherwise the reason; "" when the server cannot be reached. */
  async show(drawing: AnyInk, person: PersonFields): Promise<string | null> {
    const result = await explain(drawing, person);
    if (result.kind === "failed") return result.reason;
    this.#content.innerHTML = result.html;
    if (!this.#dialog.open) this.#dialog.showModal();
    this.#dialog.scrollTop = 0;
    return null;
  }
}
