import { type MapPoints, NO_LABEL } from "./points.ts";

/** The buttons of the labels: which are shown, how many there are, and in which colour. */
export class Legend {
  readonly #buttons = [...document.querySelectorAll<HTMLElement>('[data-map="label"]')];

  /** Hides the points of the labels that are turned off. */
  apply(points: MapPoints): void {
    for (const button of this.#buttons) points.toggle(labelOf(button), isPressed(button));
  }

  showCounts(points: MapPoints): void {
    for (const button of this.#buttons)
      button.querySelector(".map-count")?.replaceChildren(numberWords(points.count(labelOf(button))));
  }

  /** Each label's colour as the browser computes it; the last one is of drawings of none of the classes. */
  colours(points: MapPoints): string[] {
    const byLabel = new Map(
      this.#buttons.map((button) => [labelOf(button), getComputedStyle(button.querySelector("b")!).color]),
    );
    return [...points.labels.keys(), NO_LABEL].map((label) => byLabel.get(label) ?? "");
  }
}

/** The label of a button of the legend. */
export function labelOf({ dataset }: HTMLElement): number {
  return Number(dataset.label);
}

function isPressed(button: HTMLElement): boolean {
  return button.getAttribute("aria-pressed") === "true";
}

/** Presses a button that stays down, or releases it. @returns whether it is down now. */
export function press(button: HTMLElement): boolean {
  const isDown = !isPressed(button);
  button.setAttribute("aria-pressed", String(isDown));
  return isDown;
}

/** A number in the page's language. */
export function numberWords(n: number): string {
  return new Intl.NumberFormat(document.documentElement.lang).format(n);
}
