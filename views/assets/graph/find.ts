import { all, announce, elementLinks, graphView, one, viewText } from "./dom.ts";

/** Filters the list to names that contain the typed letters, and marks these elements on the picture. */
export function find(typed: string): void {
  const wanted = typed.trim().toLowerCase();
  const isFound = (name: string | undefined) => (name ?? "").toLowerCase().includes(wanted);
  const items = all<HTMLElement>("[data-find]", graphView());
  for (const item of items) item.hidden = !isFound(item.dataset.find);
  for (const part of all<HTMLElement>("#graph-list section, .g-tree", graphView())) {
    part.hidden = part.querySelector("[data-find]:not([hidden])") === null;
  }
  const found = items.filter(({ hidden }) => !hidden).length;
  one<HTMLElement>(".g-none", graphView()).hidden = found > 0;
  for (const link of elementLinks()) {
    link.classList.toggle("is-match", wanted !== "" && isFound(link.dataset.name));
  }
  graphView().classList.toggle("is-searching", wanted !== "");
  if (wanted !== "") announce(viewText().t("graph.client.found", { n: found }));
}

/** The first match on the picture; null when there is none. */
export function firstFound(): SVGAElement | null {
  return graphView().querySelector<SVGAElement>(".g-el.is-match");
}
