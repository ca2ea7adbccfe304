/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { ElementKind } from "../../src/graph/elements.ts";
import { kindOf } from "../../src/graph/picture.ts";
import { GLYPH_BOX, glyphOf } from "./glyphs.ts";
import type { GraphViewProps } from "./view-props.ts";

type LinkProps = Pick<GraphViewProps, "graph" | "query" | "links"> & {
  kind: ElementKind;
  name: string;
  /** A namespace to omit from the name, because the list is below its heading. */
  within?: string | null;
};

/** A link to an element, with its icon and name. */
export function ElementLink({ graph, query, links, kind, name, within = null }: LinkProps) {
  const key = `${kind}:${name}`;
  const type = kind === "dataset" && Object.hasOwn(graph.datasets, name) ? graph.datasets[name]!.type : null;
  return (
    <a class="g-link" href={links.picture({ ...query, selected: key })} data-select={key}>
      <Sign kind={kind} type={type} />
      <code title={name}>
        {within !== null && name.startsWith(`${within}.`) ? name.slice(within.length + 1) : name}
      </code>
    </a>
  );
}

/** A link to a dataset or a parameter. */
export function DataLink(props: Omit<LinkProps, "kind">) {
  return <ElementLink {...props} kind={kindOf(props.name)} />;
}

/** The icon of an element. */
export function Sign({ kind, type }: { kind: ElementKind; type: string | null }) {
  return (
    <svg class={`sign sign-${kind}`} viewBox={`0 0 ${GLYPH_BOX} ${GLYPH_BOX}`} aria-hidden="true">
      <path d={glyphOf({ kind, type })} />
    </svg>
  );
}
