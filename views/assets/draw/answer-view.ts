import { fill } from "../../i18n/fill.ts";
import { percentText } from "../../i18n/percent.ts";
import { type Answer, isByMemory } from "./api.ts";
import { paintInk } from "./paint-ink.ts";
import type { ClientTexts } from "./texts.ts";

/** The state of the panel. */
export type AnswerState = "empty" | "asking" | "answered" | "failed";

/** The panel next to the pad: predicted class, confidence, the three most likely, and the image that the model sees. */
export class AnswerView {
  readonly #seen: HTMLCanvasElement;
  #pixels: ArrayLike<number> | null = null;
  /** The answer that is shown; null while there is none. */
  #shown: Answer | null = null;
  /** The live version; null while there is none. */
  #live: number | null = null;
  readonly #root: HTMLElement;
  readonly #texts: ClientTexts;
  readonly #language: string;
  readonly #areDigits: boolean;

  constructor(root: HTMLElement, texts: ClientTexts, language: string, areDigits: boolean) {
    this.#root = root;
    this.#texts = texts;
    this.#language = language;
    this.#areDigits = areDigits;
    this.#seen = root.querySelector<HTMLCanvasElement>("#seen")!;
  }

  show(state: AnswerState): void {
    this.#root.dataset.state = state;
    if (state !== "asking") {
      this.#root.dataset.outlier = "false";
      this.#yours(false);
    }
    if (state === "answered" || state === "asking") return;
    this.#shown = null;
    this.#text("#answered-by", this.#liveModel());
    this.#text("#answer-digit", "–");
    this.#text("#answer-sure", "");
    for (const row of this.#rows()) fillRow(row, null, "");
    if (state === "empty") this.drawSeen(null);
  }

  /**
   * Says which version is live now: the one that will answer next. An answer that is shown stays the one of the version
   * that gave it.
   */
  live(version: number | null): void {
    this.#live = version;
    const shown = this.#shown;
    if (shown === null) this.#text("#answered-by", this.#liveModel());
    else if (version === null || shown.model.version === version) {
      this.#text("#answered-by", this.#answeredBy(shown));
    } else {
      const answered = this.#answeredBy(shown);
      this.#text("#answered-by", fill(this.#texts["client.liveNow"], { answered, version }));
    }
  }

  answer(answer: Answer): void {
    this.show("answered");
    this.#shown = answer;
    this.#text("#answer-digit", answer.label);
    this.#root.querySelector<HTMLElement>("#answer-digit")!.dataset.size = sizeOf(answer.label);
    const percent = percentText(answer.confidence, this.#language);
    this.#root.dataset.outlier = String(answer.is_outlier);
    const sure = fill(this.#texts["client.sure"], { percent });
    this.#text("#answer-sure", answer.is_outlier ? outlierText(this.#texts, this.#areDigits) : sure);
    this.#text("#answered-by", this.#answeredBy(answer));
    // There is no network whose layers could be shown.
    this.#root.querySelector<HTMLElement>('[data-do="explain"]')!.hidden = isByMemory(answer);
    this.#yours(answer.personal.used && !answer.is_outlier);
    this.#rows().forEach((row, i) => {
      const entry = answer.probabilities[i];
      fillRow(row, entry ?? null, entry === undefined ? "" : percentText(entry.p, this.#language));
    });
    this.drawSeen(answer.image.pixels);
  }

  /** @param pixels [784], ink 255 on 0; null for none. Ink is painted in the text's colour. */
  drawSeen(pixels: ArrayLike<number> | null): void {
    this.#pixels = pixels;
    paintInk(this.#seen, pixels);
  }

  /** Repaints the image, for instance in the colours of the other scheme. */
  repaint(): void {
    this.drawSeen(this.#pixels);
  }

  #liveModel(): string {
    if (this.#live === null) return this.#texts["client.notLoaded"];
    return fill(this.#texts["client.answeredBy"], { version: this.#live });
  }

  #answeredBy(answer: Answer): string {
    const { version } = answer.model;
    const { used, changed_from: label } = answer.personal;
    if (isByMemory(answer)) return this.#texts["client.answeredByMemory"];
    if (label !== null) return fill(this.#texts["client.changedFrom"], { version, label });
    return fill(this.#texts[used ? "client.answeredByYours" : "client.answeredBy"], { version });
  }

  #yours(isShown: boolean): void {
    this.#root.querySelector<HTMLElement>("#answer-yours")!.hidden = !isShown;
  }

  #rows(): HTMLElement[] {
    return [...this.#root.querySelectorAll<HTMLElement>(".odds li")];
  }

  #text(selector: string, text: string): void {
    this.#root.querySelector(selector)!.textContent = text;
  }
}

function fillRow(row: HTMLElement, entry: { label: string; p: number } | null, share: string): void {
  row.querySelector(".odds-digit")!.textContent = entry?.label ?? "";
  row.querySelector(".odds-share")!.textContent = share;
  row.querySelector<HTMLElement>(".bar span")!.style.transform = `scaleX(${entry?.p ?? 0})`;
}

/** The size class of a label, by its number of characters. */
export function sizeOf(label: string): string {
  const length = [...label].length;
  return length === 1 ? "1" : length === 2 ? "2" : length <= 5 ? "5" : "20";
}

/** The text for a drawing that looks like none of the classes. */
export function outlierText(texts: ClientTexts, areDigits: boolean): string {
  return texts[areDigits ? "client.outlier" : "client.outlierOf"];
}
