import { type NodeStanding, type RunStanding, standingOf } from "../../../src/graph/standing.ts";
import { STATE_GLYPHS } from "../../graph/glyphs.ts";
import { accessibleName, noteWords, STATE_WORDS } from "../../graph/words.ts";
import type { Text } from "../../i18n/text.ts";
import { all, edgeGroups, elementLinks, graphView, one } from "./dom.ts";

/** Shows the state of every node, on the picture and in the list; null shows the graph without a run. */
export function showStanding(standing: RunStanding | null, text: Text): void {
  const running = new Set<string>();
  for (const link of elementLinks()) {
    const names = link.dataset.nodes?.split(" ") ?? [];
    if (names.length === 0) continue;
    const one = standing === null ? null : standingOf(names, standing);
    if (one?.state === "running") running.add(link.dataset.id ?? "");
    showElement(link, one, text);
  }
  for (const { edge, group } of edgeGroups()) group.classList.toggle("is-flowing", running.has(edge.to));
  for (const mark of all<HTMLElement>("[data-state-of]", graphView())) {
    showMark(mark, standing?.nodes.get(mark.dataset.stateOf ?? "") ?? null, text);
  }
}

function showElement(link: SVGAElement, standing: NodeStanding | null, text: Text): void {
  setState(link, standing);
  link.classList.toggle("has-state", standing !== null);
  const { label = "", more = "" } = link.dataset;
  link.setAttribute("aria-label", accessibleName(text, { label, more }, standing));
  const glyph = one<SVGPathElement>(".g-glyph", link);
  glyph.setAttribute("d", standing === null ? (glyph.dataset.glyph ?? "") : STATE_GLYPHS[standing.state]);
  one(".g-note", link).textContent = noteWords(text, standing);
  const bar = one<SVGRectElement>(".g-progress", link);
  bar.setAttribute("width", String(Number(bar.dataset.full) * (standing?.progress ?? 0)));
}

function showMark(mark: HTMLElement, standing: NodeStanding | null, text: Text): void {
  setState(mark, standing);
  one(".unseen", mark).textContent = standing === null ? "" : text.t(STATE_WORDS[standing.state]);
  one("path", mark).setAttribute("d", standing === null ? "" : STATE_GLYPHS[standing.state]);
}

function setState(element: Element, standing: NodeStanding | null): void {
  const old = [...element.classList].filter((name) => name.startsWith("state-"));
  if (standing !== null && old.length === 1 && old[0] === `state-${standing.state}`) return;
  element.classList.remove(...old);
  if (standing !== null) element.classList.add(`state-${standing.state}`);
}
