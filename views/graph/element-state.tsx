/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { NodeStanding } from "../../src/graph/standing.ts";
import type { Text } from "../i18n/text.ts";
import { GLYPH_BOX, STATE_GLYPHS } from "./glyphs.ts";
import { STATE_WORDS } from "./words.ts";

/** The state of a listed node in the displayed run; the page's script keeps it up to date. */
export function ElementState(props: { text: Text; name: string; standing: NodeStanding | null }) {
  const { text, name, standing } = props;
  const state = standing?.state ?? null;
  return (
    <span class={state === null ? "g-state" : `g-state state-${state}`} data-state-of={name}>
      <svg viewBox={`0 0 ${GLYPH_BOX} ${GLYPH_BOX}`} aria-hidden="true">
        <path d={state === null ? "" : STATE_GLYPHS[state]} />
      </svg>
      <span class="unseen">{state === null ? "" : text.t(STATE_WORDS[state])}</span>
    </span>
  );
}
