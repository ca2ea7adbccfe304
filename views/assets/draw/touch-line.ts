import type { MessageLine } from "./message-line.ts";
import type { ClientTexts } from "./texts.ts";

/** The line that says that touches are ignored because a pen is in use, with the button that allows them again. */
export class TouchLine {
  readonly #line: HTMLElement;
  readonly #message: MessageLine;
  readonly #texts: ClientTexts;

  constructor(root: HTMLElement, message: MessageLine, texts: ClientTexts, onAllow: () => void) {
    this.#line = root.querySelector<HTMLElement>(".touch-line")!;
    this.#message = message;
    this.#texts = texts;
    this.#line.querySelector("button")!.addEventListener("click", () => {
      this.#line.hidden = true;
      onAllow();
    });
  }

  show(): void {
    this.#line.hidden = false;
    this.#message.announce(this.#texts["client.penOnly"]);
  }
}
