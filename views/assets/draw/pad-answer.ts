import { fill } from "../../i18n/fill.ts";
import { percentText } from "../../i18n/percent.ts";
import { type AnswerView, outlierText } from "./answer-view.ts";
import { type Answer, isByMemory, predict } from "./api.ts";
import type { MessageLine } from "./message-line.ts";
import type { WhoDraws } from "./person/who-draws.ts";
import { type AnyInk, imageOf } from "./picture/any-ink.ts";
import type { ClientTexts } from "./texts.ts";

/** The model's answer to the ink on the pad as it is now. An answer to earlier ink never shows. */
export class PadAnswer {
  readonly #root: HTMLElement;
  readonly #view: AnswerView;
  readonly #message: MessageLine;
  readonly #texts: ClientTexts;
  readonly #areDigits: boolean;
  readonly #who: WhoDraws;
  #request = new AbortController();
  #isPending = false;
  #current: Answer | null = null;
  #isSeen = false;

  /** @param areDigits whether every class is a digit, which decides the words for "none of them". */
  constructor(
    root: HTMLElement,
    view: AnswerView,
    message: MessageLine,
    texts: ClientTexts,
    areDigits: boolean,
    who: WhoDraws,
  ) {
    this.#root = root;
    this.#view = view;
    this.#message = message;
    this.#texts = texts;
    this.#areDigits = areDigits;
    this.#who = who;
  }

  /** Null while there is none. */
  get current(): Answer | null {
    return this.#current;
  }

  /** Whether the answer is on the screen, so that it can be accepted. */
  get isSeen(): boolean {
    return this.#isSeen;
  }

  /** Whether the answer is still to come. */
  get isPending(): boolean {
    return this.#isPending;
  }

  /** False while the project has neither a model nor enough labelled drawings to answer; the learning strip shows it. */
  get isAnswering(): boolean {
    return this.#root.querySelector('#learning [data-model="none"]') === null;
  }

  /** Drops the answer, and the request for one: the ink has changed. */
  forget(): void {
    this.#request.abort();
    this.#request = new AbortController();
    this.#isPending = false;
    this.#set(null);
  }

  /** Requests the answer to a drawing, and shows it. When nothing can answer, only the image is shown. */
  ask(drawing: AnyInk): void {
    this.#view.show(this.isAnswering ? "asking" : "empty");
    this.#view.drawSeen(imageOf(drawing));
    this.#isPending = this.isAnswering;
    if (this.#isPending) void this.#predict(drawing);
  }

  async #predict(drawing: AnyInk): Promise<void> {
    const { signal } = this.#request;
    const result = await predict(drawing, this.#who.fields(), signal);
    if (signal.aborted) return;
    this.#isPending = false;
    if (result.kind === "failed") {
      const { reason } = result;
      this.#view.show("failed");
      if (reason === null) this.#message.offline(this.#texts["client.offline"]);
      else this.#message.hint(fill(this.#texts["client.predictFailed"], { reason }), "failure");
      return;
    }
    this.#message.forgetHint();
    this.#set(result.answer);
    this.#view.answer(result.answer);
    this.#who.remember(isByMemory(result.answer) ? null : result.answer.personal.n);
    this.#message.announce(this.#announcement(result.answer));
  }

  /** Marks the button of the answer, too. */
  #set(answer: Answer | null): void {
    this.#current = answer;
    this.#seen(false);
    // It is on the screen after the next frame but one begins.
    const seen = () => this.#seen(this.#current === answer && answer !== null);
    if (answer !== null) requestAnimationFrame(() => requestAnimationFrame(seen));
    for (const button of this.#root.querySelectorAll<HTMLElement>("[data-label]")) {
      button.dataset.answer = String(answer?.is_outlier === false && button.dataset.label === answer.label);
    }
    const none = this.#root.querySelector<HTMLElement>('[data-do="none"]')!;
    none.dataset.answer = String(answer?.is_outlier === true);
  }

  /** Accept acts on what is seen, and never on what is flagged. */
  #seen(isSeen: boolean): void {
    this.#isSeen = isSeen;
    const isAcceptable = isSeen && this.#current?.is_outlier === false;
    const accept = this.#root.querySelector<HTMLElement>('[data-do="accept"]')!;
    accept.setAttribute("aria-disabled", String(!isAcceptable));
  }

  #announcement(answer: Answer): string {
    const { label, confidence, model, is_outlier, personal } = answer;
    if (is_outlier) return outlierText(this.#texts, this.#areDigits);
    const percent = percentText(confidence, document.documentElement.lang);
    if (isByMemory(answer)) return fill(this.#texts["client.answerByMemory"], { label, percent });
    const words = this.#texts[personal.used ? "client.answerYours" : "client.answer"];
    return fill(words, { label, percent, version: model.version });
  }
}
