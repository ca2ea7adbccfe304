/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Box } from "../../src/graph/layout/box.ts";
import { px } from "../../src/graph/layout/edge-path.ts";
import type { DrawnElement } from "../../src/graph/layout/near-readers.ts";
import { SHAPES } from "../../src/graph/sizes.ts";
import type { NodeStanding } from "../../src/graph/standing.ts";
import type { Text } from "../i18n/text.ts";
import { GLYPH_BOX, glyphOf, STATE_GLYPHS } from "./glyphs.ts";
import { accessibleName, elementWords, noteWords } from "./words.ts";

/** An element with its position and state. */
export interface ElementProps {
  text: Text;
  element: DrawnElement & Box;
  /** Address that selects it. */
  href: string;
  standing: NodeStanding | null;
  /** Its relation to the selected element. */
  emphasis: "selected" | "linked" | "faint" | null;
}

/** Width of the seal at the left of a node. */
const SEAL_PX = 40;
const FOLD_PX = 9;

/** One element as a link: its kind is its shape, its state an icon in its seal and a word in its label. */
export function Element({ text, element, href, standing, emphasis }: ElementProps) {
  const { id, key, kind, name, label, nodes, type, x, y, height } = element;
  const { fontPx, leadPx } = SHAPES[kind];
  const isWork = kind === "node" || kind === "namespace";
  const own = elementWords(text, element);
  const words =
    element.repeats === undefined ? own : { ...own, label: text.t("graph.repeated", { label: own.label }) };
  const classes = [
    "g-el",
    `g-${kind}`,
    kind === "dataset" && (type === null || type === "memory") ? "g-memory" : "",
    element.repeats === undefined ? "" : "g-repeated",
    standing === null ? "" : `has-state state-${standing.state}`,
    emphasis === null ? "" : `is-${emphasis}`,
  ];
  return (
    <a
      class={classes.filter((one) => one !== "").join(" ")}
      href={href}
      transform={`translate(${px(x)} ${px(y)})`}
      data-id={id}
      data-key={key}
      data-name={name}
      data-nodes={isWork ? nodes.join(" ") : undefined}
      data-label={words.label}
      data-more={words.more === "" ? undefined : words.more}
      aria-label={accessibleName(text, words, standing)}
      aria-current={emphasis === "selected" ? "true" : undefined}
    >
      <title>{name}</title>
      <Outline element={element} />
      <path
        class="g-glyph"
        d={isWork && standing !== null ? STATE_GLYPHS[standing.state] : glyphOf(element)}
        data-glyph={isWork ? glyphOf(element) : undefined}
        transform={`translate(${isWork ? (SEAL_PX - GLYPH_BOX) / 2 : 9} ${(height - GLYPH_BOX) / 2})`}
      />
      <text class="g-name" x={leadPx} y={height / 2} dy="0.35em" font-size={fontPx}>
        {label}
      </text>{" "}
      {isWork ? <Progress text={text} element={element} standing={standing} /> : null}
    </a>
  );
}

function Progress({ text, element, standing }: Pick<ElementProps, "text" | "element" | "standing">) {
  const { leadPx, trailPx } = SHAPES[element.kind];
  const full = element.width - leadPx - trailPx;
  return (
    <>
      <text class="g-note" x={leadPx} y={element.height / 2 + 14} font-size="10.5">
        {noteWords(text, standing)}
      </text>
      <rect class="g-track" x={leadPx} y={element.height - 6} width={full} height="2.5" rx="1.25" />
      <rect
        class="g-progress"
        x={leadPx}
        y={element.height - 6}
        width={px(full * (standing?.progress ?? 0))}
        height="2.5"
        rx="1.25"
        data-full={full}
      />
    </>
  );
}

function Outline({ element: { kind, width: w, height: h } }: { element: DrawnElement & Box }) {
  switch (kind) {
    case "node":
    case "namespace":
      return (
        <>
          {kind === "namespace" ? (
            <>
              <rect class="g-shape g-behind" x="8" y="8" width={w} height={h} rx="6" />
              <rect class="g-shape g-behind" x="4" y="4" width={w} height={h} rx="6" />
            </>
          ) : null}
          <rect class="g-shape" width={w} height={h} rx="6" />
          <path class="g-seal" d={`M6 0H${SEAL_PX}V${h}H6a6 6 0 0 1-6-6V6a6 6 0 0 1 6-6Z`} />
        </>
      );
    case "dataset":
      return (
        <>
          <path
            class="g-shape"
            d={`M3 0H${w - FOLD_PX}L${w} ${FOLD_PX}V${h - 3}a3 3 0 0 1-3 3H3a3 3 0 0 1-3-3V3a3 3 0 0 1 3-3Z`}
          />
          <path class="g-fold" d={`M${w - FOLD_PX} 0V${FOLD_PX}H${w}`} />
        </>
      );
    case "parameter":
      return <rect class="g-shape" width={w} height={h} rx={h / 2} />;
  }
}
