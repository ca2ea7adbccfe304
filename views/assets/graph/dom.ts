import type { GraphEdge } from "../../../src/graph/elements.ts";
import { type Text, textFrom } from "../../i18n/text-from.ts";

/** The first element that matches. @throws when there is none, which only a broken page can cause. */
export function one<T extends Element>(selector: string, within: ParentNode = document): T {
  const found = within.querySelector<T>(selector);
  if (found === null) throw new Error(`The page has no ${selector}`);
  return found;
}

/** All elements that match. */
export function all<T extends Element>(selector: string, within: ParentNode = document): T[] {
  return [...within.querySelectorAll<T>(selector)];
}

/** The current graph view; it is replaced as a whole when filters change. */
export function graphView(): HTMLElement {
  return one<HTMLElement>("#graph-view");
}

/** Texts in the language and time zone of the view. */
export function viewText(): Text {
  const { language, texts = "{}" } = graphView().dataset;
  return textFrom(JSON.parse(texts), language === "ja" ? "ja" : "en");
}

/** The link of an element: in the picture, SVG. */
export type ElementLink = SVGAElement & { dataset: DOMStringMap };

/** The links of all elements of the picture. */
export function elementLinks(): ElementLink[] {
  return all<ElementLink>(".g-el", graphView());
}

/** All edges of the picture, each with its SVG group. */
export function edgeGroups(): { edge: GraphEdge; group: SVGGElement }[] {
  return all<SVGGElement>(".g-edge", graphView()).map((group) => ({
    edge: { from: group.dataset.from ?? "", to: group.dataset.to ?? "" },
    group,
  }));
}

/** Announces a change of the picture to screen readers. */
export function announce(words: string): void {
  const region = document.querySelector("#graph-announce");
  if (region !== null) region.textContent = words;
}
