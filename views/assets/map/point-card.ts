import { type MapPoints, NO_LABEL } from "./points.ts";

/** A quick pointer passes over points whose drawings nobody looks at, in milliseconds. */
const REST_MS = 60;

/** The drawing of one point, enlarged, with its label and the model's prediction. */
export class PointCard {
  readonly #card: HTMLElement;
  readonly #texts: Readonly<Record<string, string>>;
  #timer = 0;

  constructor(card: HTMLElement, texts: Readonly<Record<string, string>>) {
    this.#card = card;
    this.#texts = texts;
  }

  /** Shows a drawing, or the hint for null. The last one stays until there is another, so that its link can be reached. */
  show(points: MapPoints, i: number): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#fill(points, i), REST_MS);
  }

  /** In words, also for the line that is read aloud. */
  words(points: MapPoints, i: number): string {
    const label = points.label(i);
    const [key, shown] = [
      points.isWrong(i) ? "cardWrong" : "card",
      points.labels[label] ?? this.#texts.none ?? "",
    ];
    return (this.#texts[label === NO_LABEL ? "cardNone" : key] ?? "")
      .replace("{label}", shown)
      .replace("{predicted}", points.labels[points.predicted(i)] ?? "")
      .replace("{percent}", String(points.confidence(i)));
  }

  #fill(points: MapPoints, i: number): void {
    const { dataset } = this.#card;
    const picture = this.#card.querySelector<HTMLElement>(".map-picture");
    const source = `/samples/sprite.png?v=${dataset.preprocessing}&ids=${points.address([i])}`;
    picture?.style.setProperty("--sprite", `url("${source}")`);
    const words = this.#card.querySelector<HTMLElement>(".map-words");
    if (words !== null) words.textContent = this.words(points, i);
    const link = this.#card.querySelector<HTMLAnchorElement>("a");
    if (link !== null) link.href = `/samples/${points.id(i)}`;
    this.#card.classList.add("is-filled");
    if (link !== null) link.hidden = false;
  }
}
