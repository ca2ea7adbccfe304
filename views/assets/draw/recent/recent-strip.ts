import { IMAGE_COLS, IMAGE_ROWS } from "../../../../src/digits/image-format.ts";
import { fill } from "../../../i18n/fill.ts";
import { paintInk } from "../paint-ink.ts";
import type { ClientTexts } from "../texts.ts";
import { labelIn } from "./meaning.ts";
import { decodePixels, type Recent } from "./recent-drawings.ts";

/** Keys that choose a drawing by its number, from the newest on. */
export const NUMBER_KEYS = "1234567890";

/** The state of a drawing, shown besides its label. */
type Look = "stored" | "waiting" | "trouble" | "refused" | "withdrawn";

/** The strip of recent drawings under the pad, newest first: one tab stop, and arrow keys between them. */
export class RecentStrip {
  readonly #bar: HTMLElement;
  readonly #empty: HTMLElement;
  readonly #texts: ClientTexts;
  #all: readonly Recent[] = [];
  #chosen: string | null = null;
  #isTroubled = false;

  /** @param onChoose receives the id of a drawing that was clicked or tapped. */
  constructor(root: HTMLElement, texts: ClientTexts, onChoose: (id: string) => void) {
    this.#bar = root.querySelector<HTMLElement>("#recent")!;
    this.#empty = root.querySelector<HTMLElement>("#recent-empty")!;
    this.#texts = texts;
    this.#bar.addEventListener("click", (event) => {
      const button =
        event.target instanceof Element ? event.target.closest<HTMLElement>("[data-recent]") : null;
      if (button?.dataset.recent !== undefined) onChoose(button.dataset.recent);
    });
  }

  /** Shows the drawings. @param chosen the id of the one that keys and buttons apply to; null for none. */
  show(all: readonly Recent[], chosen: string | null): void {
    this.#all = all;
    this.#chosen = chosen;
    this.#render();
  }

  /** Whether the server is not responding, so that what waits is in trouble. */
  troubled(isTroubled: boolean): void {
    if (isTroubled === this.#isTroubled) return;
    this.#isTroubled = isTroubled;
    this.#render();
  }

  /** Shows the numbers that choose a drawing. */
  showNumbers(isShown: boolean): void {
    this.#bar.dataset.numbers = String(isShown);
  }

  /** Repaints the drawings, for instance in the colours of the other scheme. */
  repaint(): void {
    for (const [i, recent] of this.#all.entries()) paint(this.#bar.children[i]!, recent);
  }

  #render(): void {
    this.#empty.hidden = this.#all.length > 0;
    const existing = new Map(
      [...this.#bar.children].map((one) => [(one as HTMLElement).dataset.recent, one]),
    );
    const hasFocus = this.#bar.contains(document.activeElement);
    const buttons = this.#all.map(
      (recent) => (existing.get(recent.id) ?? create(recent)) as HTMLButtonElement,
    );
    // Moving an element would take the focus from it.
    if (buttons.some((button, i) => this.#bar.children[i] !== button) || buttons.length !== existing.size) {
      this.#bar.replaceChildren(...buttons);
    }
    const stop = this.#all.findIndex(({ id }) => id === this.#chosen);
    for (const [i, button] of buttons.entries()) {
      this.#update(button, this.#all[i]!, i);
      button.tabIndex = i === Math.max(0, stop) ? 0 : -1;
    }
    if (stop < 0) return;
    buttons[stop]!.scrollIntoView({ block: "nearest", inline: "nearest" });
    if (hasFocus) buttons[stop]!.focus({ preventScroll: true });
  }

  #update(button: HTMLElement, recent: Recent, index: number): void {
    const { id, meaning } = recent;
    const look = this.#lookOf(recent);
    const name = labelIn(meaning);
    const label = name ?? this.#texts["client.none"];
    button.dataset.look = look;
    button.setAttribute("aria-pressed", String(id === this.#chosen));
    const words = fill(this.#texts[`client.recent.look.${look}`], { n: index + 1, label });
    button.setAttribute("aria-label", words);
    button.title = recent.refused ?? words;
    button.querySelector(".recent-label")!.textContent = name ?? "–";
    button.querySelector(".recent-number")!.textContent = NUMBER_KEYS[index] ?? "";
  }

  #lookOf({ isPending, refused, meaning }: Recent): Look {
    if (refused !== null) return "refused";
    if (isPending) return this.#isTroubled ? "trouble" : "waiting";
    return meaning.state === "rejected" ? "withdrawn" : "stored";
  }
}

function create(recent: Recent): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "recent-one";
  button.dataset.recent = recent.id;
  const canvas = document.createElement("canvas");
  canvas.width = IMAGE_COLS;
  canvas.height = IMAGE_ROWS;
  const parts = ["label", "sign", "number"].map((part) => {
    const span = document.createElement("span");
    span.className = `recent-${part}`;
    span.setAttribute("aria-hidden", "true");
    return span;
  });
  button.append(canvas, ...parts);
  requestAnimationFrame(() => paint(button, recent));
  return button;
}

/** Paints in the colour of the element, which is known once it is on the page. */
function paint(button: Element, recent: Recent): void {
  paintInk(button.querySelector("canvas")!, decodePixels(recent.pixels));
}
