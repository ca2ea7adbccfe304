import { fill } from "../../../i18n/fill.ts";
import type { MessageLine } from "../message-line.ts";
import type { ClientTexts } from "../texts.ts";
import { classesFor, classKeys } from "./class-keys.ts";

type TypingTexts = Pick<ClientTexts, "client.typing" | "client.mistyped">;

/** The keys of a class that are typed so far, shown in the message line and on the buttons that they may lead to. */
export class TypedKeys {
  readonly #buttons: HTMLElement[];
  readonly #keys: ReadonlyMap<string, string>;
  readonly #message: MessageLine;
  readonly #texts: TypingTexts;
  #typed = "";

  constructor(root: HTMLElement, classes: readonly string[], message: MessageLine, texts: TypingTexts) {
    this.#buttons = [...root.querySelectorAll<HTMLElement>("[data-label]")];
    this.#keys = classKeys(classes);
    this.#message = message;
    this.#texts = texts;
  }

  get typed(): string {
    return this.#typed;
  }

  /** @param typed "" when none are. */
  set(typed: string): void {
    if (typed === this.#typed) return;
    this.#typed = typed;
    this.#mark();
    if (typed === "") this.#message.forgetHint();
    else this.#message.hint(fill(this.#texts["client.typing"], { typed }));
  }

  /** Says that no class has these keys. */
  refuse(typed: string): void {
    this.set("");
    this.#message.hint(fill(this.#texts["client.mistyped"], { typed }));
  }

  #mark(): void {
    const fit = classesFor(this.#typed, this.#keys);
    for (const button of this.#buttons)
      button.dataset.found = String(fit.includes(button.dataset.label ?? ""));
    const first = this.#buttons.find((button) => button.dataset.found === "true");
    first?.scrollIntoView({ block: "nearest" });
  }
}
