import { inkPath } from "../../fragments/review/ink-path.ts";
import { paintInk } from "../draw/paint-ink.ts";
import { keyOf, type Question } from "./question.ts";

const SVG = "http://www.w3.org/2000/svg";

/**
 * The drawings of the questions that the page holds, each built as soon as it arrives: showing the next one only unhides
 * it. Ink is in the text's colour.
 */
export class Pictures {
  readonly #box: HTMLElement;
  readonly #pictures = new Map<string, Element>();

  constructor(box: HTMLElement) {
    this.#box = box;
  }

  /** Builds what is new, removes what is gone, and shows that of the first question, if any. */
  hold(questions: readonly Question[]): void {
    const keys = new Set(questions.map(keyOf));
    for (const [key, picture] of this.#pictures) {
      if (keys.has(key)) continue;
      picture.remove();
      this.#pictures.delete(key);
    }
    for (const [i, question] of questions.entries()) {
      const picture = this.#pictures.get(keyOf(question)) ?? this.#build(question);
      picture.toggleAttribute("hidden", i > 0);
    }
  }

  /** Paints the images again, for instance in the colours of the other scheme. */
  repaint(questions: readonly Question[]): void {
    for (const question of questions) {
      const picture = this.#pictures.get(keyOf(question));
      if (picture instanceof HTMLCanvasElement) paintInk(picture, question.image.pixels);
    }
  }

  #build(question: Question): Element {
    const { strokes, width, height, image } = question;
    const hasInk = strokes !== null && width !== null && height !== null;
    const picture = hasInk ? inkOf({ strokes, width, height }) : imageOf(image);
    this.#pictures.set(keyOf(question), picture);
    this.#box.append(picture);
    if (picture instanceof HTMLCanvasElement) paintInk(picture, image.pixels);
    return picture;
  }
}

function inkOf(drawing: Parameters<typeof inkPath>[0]): SVGElement {
  const { view, path, width } = inkPath(drawing);
  const picture = document.createElementNS(SVG, "svg");
  picture.setAttribute("viewBox", view);
  const ink = document.createElementNS(SVG, "path");
  ink.setAttribute("d", path);
  ink.setAttribute("stroke-width", String(width));
  picture.append(ink);
  return picture;
}

function imageOf({ rows, cols }: Question["image"]): HTMLCanvasElement {
  const picture = document.createElement("canvas");
  picture.width = cols;
  picture.height = rows;
  return picture;
}
