/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { px } from "../../src/graph/layout/edge-path.ts";
import type { GraphLayout } from "../../src/graph/layout/layout.ts";
import { type Lineage, lineageOfKey } from "../../src/graph/lineage.ts";
import { type RunStanding, standingOf } from "../../src/graph/standing.ts";
import type { Text } from "../i18n/text.ts";
import { Element } from "./element.tsx";

/** A picture, its layout and its links. */
export interface GraphSvgProps {
  text: Text;
  layout: GraphLayout;
  /** The key of an element. */
  selected: string | null;
  standing: RunStanding | null;
  /** Address that selects an element, by key. */
  hrefOf(key: string): string;
  /** Address that collapses a namespace. */
  collapseHref(namespace: string): string;
  label: string;
}

/** The whole picture at its natural size. Only presentation attributes and classes: no inline styles. */
export function GraphSvg(props: GraphSvgProps) {
  const { text, layout, selected, standing, hrefOf, label } = props;
  const lineage = selected === null ? null : lineageOfKey(selected, layout);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a picture of links has no element of its own
    <svg
      id="graph-svg"
      class="g-svg"
      data-orientation={layout.orientation}
      role="group"
      aria-label={label}
      width={px(layout.width)}
      height={px(layout.height)}
      viewBox={`0 0 ${px(layout.width)} ${px(layout.height)}`}
    >
      <g id="graph-scene">
        <Bands layout={layout} />
        <Groups {...props} />
        <g class="g-edges">
          {layout.edges.map(({ from, to, path }) => (
            <g class={`g-edge${edgeEmphasis(from, to, lineage)}`} data-from={from} data-to={to}>
              {path === null ? null : (
                <>
                  <path class="g-line" d={path.line} />
                  <path class="g-head" d={path.head} />
                </>
              )}
            </g>
          ))}
        </g>
        <g class="g-elements">
          {layout.elements.map((element) => (
            <Element
              text={text}
              element={element}
              href={hrefOf(element.key)}
              standing={standing === null ? null : standingOf(element.nodes, standing)}
              emphasis={emphasisOf(element, selected, lineage)}
            />
          ))}
        </g>
      </g>
    </svg>
  );
}

/** Extension of the bands beyond the picture on every side, for a larger window. */
const BEYOND_PX = 10_000;

/** Where the name of a layer is in its band. */
const LAYER_X_PX = 20;
const LAYER_Y_PX = 27;

function Bands({ layout: { bands, orientation, width, height } }: { layout: GraphLayout }) {
  const last = bands.length - 1;
  const isDown = orientation === "down";
  return (
    <g class="g-bands">
      {bands.map(({ layer, x, y, width: w, height: h }, i) => {
        // The first and the last one extend along the flow, all of them across it.
        const [before, after] = [i === 0 ? BEYOND_PX : 0, i === last ? BEYOND_PX : 0];
        const [left, right] = isDown ? [BEYOND_PX, BEYOND_PX] : [before, after];
        const [above, below] = isDown ? [before, after] : [BEYOND_PX, BEYOND_PX];
        const rule = isDown
          ? `M${-BEYOND_PX} ${px(y)}H${px(width + BEYOND_PX)}`
          : `M${px(x)} ${-BEYOND_PX}V${px(height + BEYOND_PX)}`;
        return (
          <>
            <rect
              class={i % 2 === 0 ? "g-band" : "g-band g-band-other"}
              x={px(x - left)}
              y={px(y - above)}
              width={px(w + left + right)}
              height={px(h + above + below)}
            />
            {i === 0 ? null : <path class="g-rule" d={rule} />}
            <text
              class="g-layer"
              x={px(x + LAYER_X_PX)}
              y={px(y + LAYER_Y_PX)}
              data-x={px(x + LAYER_X_PX)}
              data-y={px(y + LAYER_Y_PX)}
            >
              {layer}
            </text>
          </>
        );
      })}
    </g>
  );
}

function Groups({ layout, text, collapseHref }: GraphSvgProps) {
  return (
    <g class="g-groups">
      {layout.groups.map(({ name, x, y, width, height }) => (
        <>
          <rect class="g-group" x={px(x)} y={px(y)} width={px(width)} height={px(height)} rx="10" />
          <a
            class="g-collapse"
            href={collapseHref(name)}
            data-go=""
            aria-label={text.t("graph.collapse", { name })}
            transform={`translate(${px(x + 10)} ${px(y + 6)})`}
          >
            <rect class="g-hit" x="-6" y="-4" width={name.length * 7.3 + 30} height="24" rx="4" />
            <path class="g-minus" d="M1 8h10" />
            <text x="18" y="12" font-size="12">
              {name}
            </text>
          </a>
        </>
      ))}
    </g>
  );
}

function emphasisOf(
  { id, key }: { id: string; key: string },
  selected: string | null,
  lineage: Lineage | null,
) {
  if (lineage === null) return null;
  if (key === selected) return "selected";
  return lineage.up.has(id) || lineage.down.has(id) ? "linked" : "faint";
}

function edgeEmphasis(from: string, to: string, lineage: Lineage | null): string {
  if (lineage === null) return "";
  const isLinked =
    (lineage.up.has(from) && lineage.up.has(to)) || (lineage.down.has(from) && lineage.down.has(to));
  return isLinked ? " is-linked" : " is-faint";
}
