/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { ElementPanelProps } from "./panel-props.ts";
import { Preview } from "./preview.tsx";

/** Facts about a dataset: its entry in the catalog, and its shape in the last run. */
export function DatasetFacts({ text, graph, facts, links, element: { name } }: ElementPanelProps) {
  const { t } = text;
  const dataset = Object.hasOwn(graph.datasets, name) ? graph.datasets[name]! : null;
  const fact = Object.hasOwn(facts.datasets, name) ? facts.datasets[name]! : null;
  const runHref = fact === null ? null : links.run(fact.runId);
  return (
    <dl class="facts">
      <dt>{t("graph.type")}</dt>
      <dd>{dataset === null ? t("graph.memory") : <code>{dataset.type}</code>}</dd>
      {dataset?.layer == null ? null : (
        <>
          <dt>{t("graph.layer")}</dt>
          <dd>{dataset.layer}</dd>
        </>
      )}
      {dataset?.location == null ? null : (
        <>
          <dt>{t("graph.location")}</dt>
          <dd>
            <code>{dataset.location}</code>
            {dataset.isVersioned ? <span class="soft small"> {t("graph.versioned")}</span> : null}
          </dd>
        </>
      )}
      {fact?.shape == null ? null : (
        <>
          <dt>{t("graph.rows")}</dt>
          <dd>
            <strong>{text.number(fact.shape[0] ?? 1)}</strong>{" "}
            <span class="soft small">
              {fact.shape.length > 1 ? `× ${fact.shape.slice(1).join(" × ")} ` : ""}
              {runHref === null ? t("graph.inLastRun") : <a href={runHref}>{t("graph.inLastRun")}</a>}
            </span>
          </dd>
        </>
      )}
    </dl>
  );
}

/** The value of a parameter, and whether `--params` may change it. */
export function ParameterFacts({ text: { t }, graph, element: { name } }: ElementPanelProps) {
  const parameter = Object.hasOwn(graph.parameters, name) ? graph.parameters[name]! : null;
  return (
    <section>
      <h3>{t("graph.value")}</h3>
      <pre class="command" tabindex={0}>
        <code>{parameter === null ? t("value.none") : JSON.stringify(parameter.value, null, 2)}</code>
      </pre>
      {parameter?.isSettable === true && name.startsWith("params:") ? (
        <p class="small soft">
          {t("graph.setBy")} <code>--params {name.slice("params:".length)}=…</code>
        </p>
      ) : null}
    </section>
  );
}

/** The preview of a dataset, if there is one. */
export function PreviewPart({ text, preview }: ElementPanelProps) {
  return (
    <section>
      <h3>{text.t("graph.preview")}</h3>
      {preview === null ? (
        <p class="soft">{text.t("graph.noPreview")}</p>
      ) : (
        <Preview text={text} preview={preview} />
      )}
    </section>
  );
}
