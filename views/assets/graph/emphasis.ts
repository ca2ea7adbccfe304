import { lineageOfKey } from "../../../src/graph/lineage.ts";
import { all, edgeGroups, elementLinks, graphView } from "./dom.ts";

const STATES = ["is-selected", "is-linked", "is-faint"];

/** Highlights the lineage of an element; nothing when the key is null or not on the picture. */
export function emphasise(key: string | null): void {
  const links = elementLinks();
  const groups = edgeGroups();
  const elements = links.map(({ dataset }) => ({ id: dataset.id ?? "", key: dataset.key ?? "" }));
  const lineage =
    key === null ? null : lineageOfKey(key, { elements, edges: groups.map(({ edge }) => edge) });
  for (const [i, link] of links.entries()) {
    const { id, key: own } = elements[i]!;
    const isLinked = lineage !== null && (lineage.up.has(id) || lineage.down.has(id));
    mark(link, lineage === null ? null : own === key ? "is-selected" : isLinked ? "is-linked" : "is-faint");
    if (lineage !== null && own === key) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  for (const { edge, group } of groups) {
    const isWithin = (side: ReadonlySet<string> | undefined) => side?.has(edge.from) && side.has(edge.to);
    const isLinked = isWithin(lineage?.up) || isWithin(lineage?.down);
    mark(group, lineage === null ? null : isLinked ? "is-linked" : "is-faint");
  }
  for (const link of all<HTMLElement>(".g-items > li [data-select]", graphView())) {
    if (!link.parentElement?.classList.contains("g-item")) continue;
    const item = link.closest("li");
    item?.classList.toggle("is-selected", key !== null && link.dataset.select === key);
  }
}

function mark(element: Element, state: string | null): void {
  element.classList.remove(...STATES);
  if (state !== null) element.classList.add(state);
}
