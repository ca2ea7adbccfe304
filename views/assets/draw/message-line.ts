/** The line under the pad: the result of the last action, with the offer to undo a label. */
export class MessageLine {
  readonly #line: HTMLElement;
  readonly #text: HTMLElement;
  readonly #button: HTMLButtonElement;
  readonly #announcer: HTMLElement;

  constructor(root: HTMLElement, onTakeBack: () => void) {
    this.#line = root.querySelector<HTMLElement>("#message")!;
    this.#text = this.#line.querySelector("span")!;
    this.#button = this.#line.querySelector("button")!;
    this.#announcer = root.querySelector<HTMLElement>("#announce")!;
    this.#button.addEventListener("click", onTakeBack);
  }

  /** Shows and announces. @param takeBack the button's text, or null for no button. */
  say(text: string, takeBack: string | null = null): void {
    this.show(text, takeBack);
    this.announce(text);
  }

  /** Shows without announcing to screen readers. */
  show(text: string, takeBack: string | null = null): void {
    this.#text.textContent = text;
    this.#button.hidden = takeBack === null;
    if (takeBack !== null) this.#button.textContent = takeBack;
  }

  /** Announces to screen readers only. */
  announce(text: string): void {
    this.#announcer.textContent = text;
  }
}
