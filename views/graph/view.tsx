/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { nodesOf } from "../../src/graph/picture.ts";
import { queryPairs, toggled } from "../../src/graph/query.ts";
import type { RunStanding } from "../../src/graph/standing.ts";
import { Filters, PipelineTabs } from "./filters.tsx";
import { GraphList } from "./list.tsx";
import { GraphPanel } from "./panel.tsx";
import { RunBar } from "./run-bar.tsx";
import { standingOfRun } from "./run-standing.ts";
import { RunStart } from "./run-start.tsx";
import { GraphSvg } from "./svg.tsx";
import { Undrawn } from "./undrawn.tsx";
import type { GraphViewProps } from "./view-props.ts";

/** A pipeline as a list and as a picture, with one element in detail and a run. */
export function GraphView(props: GraphViewProps) {
  const { text, query } = props;
  const standing = standingOfRun(props);
  const classes = [
    "graph",
    query.selected === null ? "" : "has-panel",
    props.layout === null ? "is-listed" : "",
  ];
  return (
    <div
      id="graph-view"
      class={classes.filter((one) => one !== "").join(" ")}
      data-language={text.language}
      data-texts={scriptTexts(text)}
      data-after={props.after}
      data-offline={text.t("graph.client.offline")}
    >
      <header class="graph-head">
        <h1>{text.t("graph.title")}</h1>
        <PipelineTabs {...props} />
        {props.start === null ? null : <RunStart {...props} {...props.start} />}
      </header>
      <Filters {...props} />
      <aside class="g-side" aria-label={text.t("graph.asList")}>
        <Search {...props} />
        {props.layout === null ? <Undrawn {...props} /> : null}
        <GraphList {...props} standing={standing} />
      </aside>
      <Stage {...props} standing={standing} />
      <aside id="graph-panel" class="g-detail" aria-label={text.t("graph.detail")} tabindex={-1}>
        <GraphPanel {...props} />
      </aside>
      <p id="graph-announce" class="unseen" role="status" />
    </div>
  );
}

/** The texts that the page's script shows. */
function scriptTexts({ t, withPrefix }: GraphViewProps["text"]): string {
  const comma = "text.comma";
  return JSON.stringify({ ...withPrefix("graph.client."), ...withPrefix("graph.state."), [comma]: t(comma) });
}

function Search({ text: { t }, query, links }: GraphViewProps) {
  return (
    <search>
      <form class="g-search" method="get" action={links.form}>
        {queryPairs({ ...query, search: "" }).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <input
          id="graph-search"
          type="search"
          name="q"
          value={query.search}
          placeholder={t("graph.search")}
          aria-label={t("graph.search")}
          autocomplete="off"
          spellcheck={false}
          maxlength={100}
        />
        <kbd>/</kbd>
      </form>
    </search>
  );
}

function Stage(props: GraphViewProps & { standing: RunStanding | null }) {
  const { t } = props.text;
  return (
    <section class="g-stage" aria-label={t("graph.asPicture")}>
      <Tools {...props} />
      <Port {...props} />
      <svg id="graph-map" class="g-map" aria-hidden="true" hidden />
      <p id="graph-stale" class="notice g-stale small" hidden>
        {t("graph.client.offline")}
      </p>
      <RunBar {...props} />
    </section>
  );
}

function Port({
  text,
  graph,
  query,
  layout,
  links,
  standing,
}: GraphViewProps & { standing: RunStanding | null }) {
  const { t } = text;
  if (layout === null) return <section id="graph-port" class="g-port" hidden />;
  const counts = { nodes: nodesOf(graph, query).length, pipeline: query.pipeline };
  return (
    <section id="graph-port" class="g-port" tabindex={0} aria-label={t("graph.port")}>
      {layout.elements.length === 0 ? (
        <p class="g-empty soft">{t("graph.nothingLeft")}</p>
      ) : (
        <GraphSvg
          text={text}
          layout={layout}
          selected={query.selected}
          standing={standing}
          hrefOf={(key) => links.picture({ ...query, selected: key })}
          collapseHref={(name) => links.picture({ ...query, expanded: toggled(query.expanded, name) })}
          label={t("graph.label", counts)}
        />
      )}
    </section>
  );
}

/** The buttons above the picture, which the page's script shows. */
function Tools({ text: { t }, query }: GraphViewProps) {
  return (
    <div class="g-zoom" data-ready="false">
      <button type="button" data-zoom="in" aria-label={t("graph.zoomIn")}>
        +
      </button>
      <button type="button" data-zoom="out" aria-label={t("graph.zoomOut")}>
        −
      </button>
      <button type="button" data-zoom="fit" aria-label={t("graph.fit")}>
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d="M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10" />
        </svg>
      </button>
      <button type="button" data-map="" aria-label={t("graph.map")} aria-pressed="true">
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d="M2 3h12v10H2ZM8.5 8.5h4v3h-4Z" />
        </svg>
      </button>
      <button type="button" data-save={`${query.pipeline}.svg`} aria-label={t("graph.save")}>
        SVG
      </button>
      <button type="button" data-save={`${query.pipeline}.png`} aria-label={t("graph.savePng")}>
        PNG
      </button>
    </div>
  );
}
