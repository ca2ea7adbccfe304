import type { GraphEdge } from "../../../src/graph/elements.ts";
import { type Text, textIn } from "../../i18n/text.ts";

/** The one of this selector within. @throws when the page lacks it, which only a broken page does. */
export function one<T extends Element>(selector: string, within: ParentNode = document): T {
  const found = within.querySelector<T>(selector);
  if (found === null) throw new Error(`The page has no ${selector}`);
  return found;
}

export function all<T extends Element>(selector: string, within: ParentNode = document): T[] {
  return [...within.querySelectorAll<T>(selector)];
}

/** The graph as it is on the page now: it is replaced whole when filters change. */
export function graphView(): HTMLElement {
  return one<HTMLElement>("#graph-view");
}

export function viewText(): Text {
  return textIn(graphView().dataset.language === "ja" ? "ja" : "en");
}

export type ElementLink = SVGAElement & { dataset: DOMStringMap };

export function elementLinks(): ElementLink[] {
  return all<ElementLink>(".g-el", graphView());
}

export function edgeGroups(): { edge: GraphEdge; group: SVGGElement }[] {
  return all<SVGGElement>(".g-edge", graphView()).map((group) => ({
    edge: { from: group.dataset.from ?? "", to: group.dataset.to ?? "" },
    group,
  }));
}

/** Tells people who do not see the picture what happened on it. */
export function announce(words: string): void {
  const region = document.querySelector("#graph-announce");
  if (region !== null) region.textContent = words;
}
