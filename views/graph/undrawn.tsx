/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { isTooLarge, MAX_PARTS } from "../../src/graph/pictures.ts";
import { sayingWords } from "../i18n/saying-words.ts";
import type { GraphViewProps } from "./view-props.ts";

/** In place of a picture that is not drawn: why, and a link that draws it where that is possible. */
export function Undrawn({ text, query, picture, problem, links }: GraphViewProps) {
  const { t } = text;
  const parts = picture.elements.length + picture.edges.length;
  if (problem !== null) return <Notice>{sayingWords(text, "failure", problem)}</Notice>;
  if (isTooLarge(picture))
    return <Notice>{t("graph.tooLarge", { n: text.number(parts), max: text.number(MAX_PARTS) })}</Notice>;
  const nodes = picture.elements.filter(({ kind }) => kind === "node" || kind === "namespace").length;
  return (
    <div class="g-undrawn">
      <p class="small">{t("graph.listed", { n: text.number(nodes) })}</p>
      <a class="button" href={links.picture({ ...query, isDrawn: true })} data-go="">
        {t("graph.draw")}
      </a>
    </div>
  );
}

function Notice({ children }: { children?: unknown }) {
  return (
    <div class="g-undrawn">
      <p class="notice small" role="alert">
        {children}
      </p>
    </div>
  );
}
