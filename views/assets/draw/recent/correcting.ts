import { fill } from "../../../i18n/fill.ts";
import { keyName } from "../keys/keys.ts";
import type { MessageLine } from "../message-line.ts";
import { paintInk } from "../paint-ink.ts";
import type { ClientTexts } from "../texts.ts";
import { labelIn, type Meaning } from "./meaning.ts";
import { decodePixels, type Recent, type RecentDrawings } from "./recent-drawings.ts";
import { NUMBER_KEYS, RecentStrip } from "./recent-strip.ts";

/** The environment of correcting. */
export interface CorrectingParts {
  recent: RecentDrawings;
  message: MessageLine;
  texts: ClientTexts;
  classes: readonly string[];
  /** Gives a drawing its meaning. */
  correct(id: string, meaning: Meaning): void;
  /** Reads what the server has of a drawing. */
  refresh(id: string): void;
}

/**
 * The mode in which the label keys and buttons apply to an earlier drawing instead of the pad. It is shown on the pad, in
 * the strip and in the message line. A label, Enter, Escape or a stroke on the pad ends it.
 */
export class Correcting {
  readonly #root: HTMLElement;
  readonly #parts: CorrectingParts;
  readonly #strip: RecentStrip;
  #chosen: string | null = null;
  /** Waits for the number of a drawing. */
  #isPicking = false;

  constructor(root: HTMLElement, parts: CorrectingParts) {
    this.#root = root;
    this.#parts = parts;
    this.#strip = new RecentStrip(root, parts.texts, (id) => this.#toggle(id));
    this.#show();
  }

  get isOn(): boolean {
    return this.#chosen !== null;
  }

  /** The list has changed, so the chosen drawing may have another label, or be gone. */
  listChanged(): void {
    if (this.#chosen !== null && this.#parts.recent.get(this.#chosen) === null) this.#chosen = null;
    this.#show();
  }

  /** See `RecentStrip.troubled`. */
  troubled(isTroubled: boolean): void {
    this.#strip.troubled(isTroubled);
  }

  /** Repaints the drawings, for instance in the colours of the other scheme. */
  repaint(): void {
    this.#strip.repaint();
    this.#show();
  }

  /** Shows the numbers of the drawings: the next key may be one. */
  pick(): void {
    const { recent, message, texts } = this.#parts;
    this.#isPicking = recent.all.length > 0;
    if (this.#isPicking) this.#show();
    else message.hint(texts["client.recent.none"]);
  }

  /**
   * Handles a key before the page does.
   * @returns whether it was the number of a drawing, an arrow, or Escape.
   */
  key(key: string): boolean {
    const { recent } = this.#parts;
    const wasPicking = this.#isPicking;
    if (key === "Escape" && (wasPicking || this.isOn)) {
      this.leave();
      return true;
    }
    if (key === "ArrowRight" || key === "ArrowLeft") return this.#step(key === "ArrowRight" ? 1 : -1);
    if (!wasPicking) return false;
    this.#isPicking = false;
    const index = NUMBER_KEYS.indexOf(key);
    const picked = index < 0 ? undefined : recent.all[index];
    if (picked === undefined) this.#show();
    else this.#choose(picked.id);
    return index >= 0;
  }

  /** Gives the chosen drawing a label, or marks it as none of the classes (null), and ends the mode. */
  label(label: string | null): void {
    this.#end(label === null ? { state: "negative" } : { state: "labelled", label });
  }

  /** Withdraws the chosen drawing, and ends the mode. */
  withdraw(): void {
    const recent = this.#current();
    if (recent !== null) this.#end({ state: "rejected", label: labelIn(recent.meaning) });
  }

  /** Ends the mode without a change. */
  leave(): void {
    if (!this.isOn && !this.#isPicking) return;
    this.#chosen = null;
    this.#isPicking = false;
    this.#show();
  }

  #end(meaning: Meaning): void {
    const id = this.#chosen;
    this.leave();
    if (id !== null) this.#parts.correct(id, meaning);
  }

  #toggle(id: string): void {
    if (id === this.#chosen) this.leave();
    else this.#choose(id);
  }

  #choose(id: string): void {
    this.#isPicking = false;
    this.#chosen = id;
    this.#show();
    this.#parts.refresh(id);
  }

  #step(by: 1 | -1): boolean {
    const { all } = this.#parts.recent;
    if (all.length === 0) return false;
    const at = all.findIndex(({ id }) => id === this.#chosen);
    const next = at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + by));
    this.#choose(all[next]!.id);
    return true;
  }

  #current(): Recent | null {
    return this.#chosen === null ? null : this.#parts.recent.get(this.#chosen);
  }

  #show(): void {
    const { recent, message, texts, classes } = this.#parts;
    const current = this.#current();
    this.#strip.show(recent.all, this.#chosen);
    this.#strip.showNumbers(this.#isPicking);
    this.#showOnPad(current);
    const leave = { text: texts["client.recent.leave"], press: () => this.leave() };
    if (current !== null) {
      const withdraw = { text: texts["client.recent.withdraw"], press: () => this.withdraw() };
      const isWithdrawn = current.meaning.state === "rejected";
      message.prompt(this.#promptFor(current), isWithdrawn ? [leave] : [withdraw, leave]);
    } else if (this.#isPicking) {
      message.prompt(fill(texts["client.recent.pick"], { key: keyName("r", classes) }), [leave]);
    } else message.prompt(null);
  }

  #promptFor({ meaning, refused }: Recent): string {
    const { texts } = this.#parts;
    const label = labelIn(meaning) ?? texts["client.none"];
    if (refused !== null) return fill(texts["client.recent.promptRefused"], { label, reason: refused });
    const isWithdrawn = meaning.state === "rejected";
    return fill(texts[isWithdrawn ? "client.recent.promptWithdrawn" : "client.recent.prompt"], { label });
  }

  /** The chosen drawing covers the pad, and its label is marked among the buttons. */
  #showOnPad(current: Recent | null): void {
    this.#root.dataset.correcting = String(current !== null);
    const cover = this.#root.querySelector<HTMLElement>(".pad-recent")!;
    cover.hidden = current === null;
    const canvas = cover.querySelector("canvas")!;
    paintInk(canvas, current === null ? null : decodePixels(current.pixels));
    const is = current?.meaning;
    for (const button of this.#root.querySelectorAll<HTMLElement>('[data-do="label"], [data-do="none"]')) {
      const isLabel = is?.state === "labelled" && button.dataset.label === is.label;
      const isNone = is?.state === "negative" && button.dataset.do === "none";
      button.dataset.current = String(isLabel || isNone);
    }
  }
}
