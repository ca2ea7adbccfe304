import { neighbours } from "../../../src/graph/lineage.ts";
import type { Orientation } from "../../../src/graph/query.ts";
import { type ElementLink, edgeGroups, elementLinks } from "./dom.ts";

/** Elements of one row differ in height; their middles do not. */
const SAME_ROW_PX = 8;

/** Against the flow of data or with it, or to the element before or after in the same row. */
type Direction = "against" | "along" | "before" | "after";

const KEYS: Readonly<Record<Orientation, Readonly<Record<string, Direction>>>> = {
  down: { ArrowUp: "against", ArrowDown: "along", ArrowLeft: "before", ArrowRight: "after" },
  right: { ArrowLeft: "against", ArrowRight: "along", ArrowUp: "before", ArrowDown: "after" },
};

/** Puts one element of the picture into the tab order; the arrow keys move from there. */
export function startWalk(selected: string | null): void {
  const links = elementLinks();
  const first = links.find(({ dataset }) => dataset.key === selected) ?? links[0];
  for (const link of links) link.setAttribute("tabindex", link === first ? "0" : "-1");
}

/**
 * The element that an arrow key leads to: against the flow of data to one that the element depends on, along it to one
 * that depends on it, of several to the nearest row; across the flow within the row.
 * @returns null when the key is not an arrow, or there is no such element.
 */
export function walk(from: ElementLink, key: string): ElementLink | null {
  const orientation = orientationOf(from);
  const direction = KEYS[orientation][key];
  if (direction === undefined) return null;
  const links = elementLinks();
  const place = (link: ElementLink) => {
    const { x, y } = middle(link);
    return orientation === "down" ? { along: y, across: x } : { along: x, across: y };
  };
  const here = place(from);
  const rowPx = SAME_ROW_PX * scaleOf(from);
  const away = (link: ElementLink) => {
    const { along, across } = place(link);
    return { rows: Math.round(Math.abs(along - here.along) / rowPx), across: Math.abs(across - here.across) };
  };
  const near = (candidates: ElementLink[]) =>
    candidates
      .map((link) => ({ link, ...away(link) }))
      .toSorted((a, b) => a.rows - b.rows || a.across - b.across)[0]?.link ?? null;
  if (direction === "before" || direction === "after") {
    const sign = direction === "before" ? -1 : 1;
    const row = links.filter((link) => Math.abs(place(link).along - here.along) < rowPx);
    return near(row.filter((link) => (place(link).across - here.across) * sign > 0));
  }
  const edges = edgeGroups().map(({ edge }) => edge);
  const next = direction === "along" ? neighbours(edges, "from", "to") : neighbours(edges, "to", "from");
  const ids = new Set(next.get(from.dataset.id ?? ""));
  return near(links.filter(({ dataset }) => ids.has(dataset.id ?? "")));
}

/** Moves the focus, and the tab stop, to an element. */
export function moveTo(link: ElementLink): void {
  for (const other of elementLinks()) other.setAttribute("tabindex", other === link ? "0" : "-1");
  link.focus({ preventScroll: true });
}

function middle(link: ElementLink): { x: number; y: number } {
  const box = (link.querySelector(".g-shape:last-of-type") ?? link).getBoundingClientRect();
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

function orientationOf(link: ElementLink): Orientation {
  return link.ownerSVGElement?.dataset.orientation === "right" ? "right" : "down";
}

function scaleOf(link: ElementLink): number {
  return link.getScreenCTM()?.a ?? 1;
}
