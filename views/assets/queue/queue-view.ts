import { sizeOf } from "../draw/answer-view.ts";
import { RATE_OVER, type Tally } from "./decisions.ts";
import { Pictures } from "./picture.ts";
import { type Answer, keyOf, labelOf, type Question } from "./question.ts";
import type { QueueSession } from "./queue-session.ts";
import type { QueueWords } from "./queue-texts.ts";
import type { NoQuestion } from "./supply.ts";

/** The part of the page about the drawing: its picture, the prediction, the reason, and the numbers. */
export class QueueView {
  readonly #root: HTMLElement;
  readonly #words: QueueWords;
  readonly #pictures: Pictures;
  readonly #announce: (text: string) => void;
  /** The question on the screen, and whether a frame has shown it. */
  #shown: { key: string; isPainted: boolean } | null = null;

  /** @param announce to screen readers. */
  constructor(root: HTMLElement, words: QueueWords, announce: (text: string) => void) {
    this.#root = root;
    this.#words = words;
    this.#announce = announce;
    this.#pictures = new Pictures(this.drawing);
  }

  /** The place of the drawing, which has the focus where no field or button has. */
  get drawing(): HTMLElement {
    return this.#find(".queue-drawing");
  }

  /** Whether the question has been on the screen for a frame: before, no key is about it. */
  isSeen(question: Question): boolean {
    return this.#shown?.key === keyOf(question) && this.#shown.isPainted;
  }

  /** Shows the session as it is now. @returns whether another question is on the screen. */
  show(session: QueueSession): boolean {
    const { current, questions, none, left, tally, refused, canUndo } = session;
    this.#pictures.hold(questions);
    this.#root.dataset.state = current === null ? none.kind : "asking";
    if (left !== null) this.#left(left.unlabelled);
    this.#tally(tally);
    const n = this.#words.number(refused);
    this.#text("#queue-refusals", refused === 0 ? "" : this.#words.t("queue.client.refusals", { n }));
    this.#find('[data-do="undo"]').setAttribute("aria-disabled", String(!canUndo));
    const isOther = current !== null && this.#shown?.key !== keyOf(current);
    if (current === null) this.#none(none);
    else if (isOther) this.#question(current, session.was(current.id));
    return isOther;
  }

  repaint(session: QueueSession): void {
    this.#pictures.repaint(session.questions);
  }

  #question(question: Question, was: Answer | null): void {
    const shown = { key: keyOf(question), isPainted: false };
    this.#shown = shown;
    requestAnimationFrame(() => {
      shown.isPainted = true;
    });
    const { prediction } = question;
    const canAccept = prediction !== null && !prediction.is_none;
    this.#predicted(prediction);
    this.#text("#queue-reason", this.#words.reason(question));
    this.#find('[data-do="accept"]').setAttribute("aria-disabled", String(!canAccept));
    this.#text(
      '[data-do="accept"] .accept-text',
      canAccept
        ? this.#words.t("queue.client.accept", { label: prediction.label })
        : this.#words.t("queue.client.acceptNothing"),
    );
    const wasLabel = was === null ? null : labelOf(was);
    for (const button of this.#root.querySelectorAll<HTMLElement>(".digits [data-label]")) {
      button.dataset.answer = String(canAccept && button.dataset.label === prediction.label);
      button.dataset.was = String(wasLabel !== null && button.dataset.label === wasLabel);
    }
    if (was === null) this.#announce(this.#spoken(question));
  }

  #predicted(prediction: Question["prediction"]): void {
    this.#find(".queue-prediction").dataset.none = String(prediction?.is_none ?? true);
    this.#text("#queue-label", prediction?.label ?? "–");
    this.#find("#queue-label").dataset.size = prediction === null ? "1" : sizeOf(prediction.label);
    this.#text("#queue-sure", this.#sureText(prediction));
    this.#text("#queue-second", this.#otherText(prediction));
  }

  /** The second label; of a drawing that looks like none of them, the nearest one. */
  #otherText(prediction: Question["prediction"]): string {
    if (prediction === null) return "";
    const { label, confidence, second, is_none } = prediction;
    if (is_none) {
      const percent = this.#words.percent(confidence);
      return this.#words.t("queue.client.nearest", { label, percent });
    }
    if (second === null) return "";
    const percent = this.#words.percent(second.p);
    return this.#words.t("queue.client.second", { label: second.label, percent });
  }

  #sureText(prediction: Question["prediction"]): string {
    if (prediction === null) return this.#words.t("queue.client.noPrediction");
    if (prediction.is_none) return this.#words.t("queue.client.isNone");
    return this.#words.percent(prediction.confidence);
  }

  #spoken({ prediction }: Question): string {
    if (prediction === null) return this.#words.t("queue.client.spokenPlain");
    const percent = this.#sureText(prediction);
    return this.#words.t("queue.client.spoken", { label: prediction.label, percent });
  }

  #none(none: NoQuestion): void {
    this.#shown = null;
    this.#text("#queue-refused", none.kind === "refused" ? none.reason : "");
    for (const button of this.#root.querySelectorAll<HTMLElement>("[data-answer]")) {
      button.dataset.answer = "false";
      button.dataset.was = "false";
    }
  }

  /** The number is also on the tab of the page. */
  #left(n: number): void {
    const shown = this.#words.number(n);
    this.#text("#queue-left", this.#words.t("queue.client.left", { n: shown }));
    const tab = document.querySelector("#tab-unlabelled");
    if (tab !== null) tab.textContent = n === 0 ? "" : shown;
  }

  #tally({ labelled, discarded, undone, perMinute }: Tally): void {
    const words = this.#words;
    const counts = {
      labelled: words.number(labelled),
      discarded: words.number(discarded),
      undone: words.number(undone),
    };
    this.#text("#queue-tally", words.t("queue.client.tally", counts));
    const rate = perMinute === null ? null : words.number(Math.floor(perMinute));
    this.#text("#queue-rate", rate === null ? "" : words.t("queue.client.rate", { rate, n: RATE_OVER }));
  }

  #find(selector: string): HTMLElement {
    return this.#root.querySelector<HTMLElement>(selector)!;
  }

  #text(selector: string, text: string): void {
    this.#find(selector).textContent = text;
  }
}
