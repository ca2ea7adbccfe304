import type { MessageKey } from "../i18n/en.ts";
import { Command } from "./command.tsx";
import { commandsFor, type SliceCommand } from "./commands.ts";
import { DataLink, ElementLink, Sign } from "./element-link.tsx";
import { Highlighted } from "./highlight.tsx";
import { kindOf, nodesOf, pictureOf } from "./picture.ts";
import { Preview } from "./preview.tsx";
import { FILTER_KINDS, type GraphQuery, type Reach, toggled } from "./query.ts";
import type { GraphElement, GraphNode, PipelineGraph } from "./types.ts";
import type { GraphViewProps } from "./view-props.ts";
import { kindWord } from "./words.ts";

export type PanelProps = Pick<GraphViewProps, "text" | "graph" | "query" | "facts" | "preview" | "links">;
type ElementPanelProps = PanelProps & { element: GraphElement };

/** Everything about the selected element. Empty when none is selected, or the pipeline does not have it. */
export function GraphPanel(props: PanelProps) {
  const element = selectedElement(props.graph, props.query);
  if (element === null) return null;
  const { text, query, links } = props;
  const { t } = text;
  return (
    <article class="g-panel" aria-labelledby="graph-panel-title" data-key={element.key}>
      <header>
        <p class="small soft">{kindWord(text, element.kind)}</p>
        <a
          class="g-close"
          href={links.picture({ ...query, selected: null })}
          data-select=""
          aria-label={t("graph.close")}
        >
          ×
        </a>
        <h2 id="graph-panel-title" tabindex={-1}>
          <Sign kind={element.kind} type={element.type} />
          <code>{element.name}</code>
        </h2>
      </header>
      <Actions {...props} element={element} />
      <Body {...props} element={element} />
      <Commands text={text} commands={commandsFor(props.graph, query, element)} />
    </article>
  );
}

/** @returns null when nothing is selected, or what is selected is not in the pipeline. */
export function selectedElement(graph: PipelineGraph, query: GraphQuery): GraphElement | null {
  if (query.selected === null) return null;
  const { pipeline, expanded, selected } = query;
  const all = { pipeline, tags: [], kinds: FILTER_KINDS, hidden: [], focus: null, reach: "both" as const };
  const find = (open: readonly string[]) =>
    pictureOf(graph, { ...all, expanded: open }).elements.find(({ key }) => key === selected);
  const namespaces = nodesOf(graph, { pipeline, tags: [] }).flatMap(({ namespace }) => namespace ?? []);
  const everything = [
    ...new Set(namespaces.flatMap((name) => name.split(".").map((_, i, p) => p.slice(0, i + 1).join(".")))),
  ];
  // A namespace is an element only while it is collapsed; what is inside one only while it is expanded.
  return (
    find(expanded) ??
    find(everything) ??
    find(everything.filter((name) => `namespace:${name}` !== selected)) ??
    null
  );
}

const REACHES: readonly [Reach, MessageKey][] = [
  ["both", "graph.focus.both"],
  ["up", "graph.focus.up"],
  ["down", "graph.focus.down"],
];

function Actions({ text: { t }, query, links, element: { key, kind, name } }: ElementPanelProps) {
  return (
    <nav class="g-actions" aria-label={t("graph.focus")}>
      {REACHES.map(([reach, label]) => {
        const isOn = query.focus === key && query.reach === reach;
        const next = isOn ? { focus: null } : { focus: key, reach };
        return (
          <a
            class={isOn ? "chip is-on" : "chip"}
            href={links.picture({ ...query, ...next })}
            data-go=""
            aria-current={isOn ? "true" : undefined}
          >
            {t(label)}
          </a>
        );
      })}
      {kind === "namespace" ? (
        <a
          class="chip"
          href={links.picture({ ...query, expanded: toggled(query.expanded, name) })}
          data-go=""
        >
          {t(query.expanded.includes(name) ? "graph.collapse" : "graph.expand", { name })}
        </a>
      ) : null}
    </nav>
  );
}

function Body(props: ElementPanelProps) {
  const { graph, query, element } = props;
  const nodes = nodesOf(graph, { pipeline: query.pipeline, tags: [] });
  const { kind, name } = element;
  if (kind === "node") {
    const node = nodes.find((candidate) => candidate.name === name);
    return node === undefined ? null : <NodeBody {...props} node={node} />;
  }
  if (kind === "namespace") return <NodeNames {...props} title="graph.nodes" names={element.nodes} />;
  const makers = nodes.filter(({ outputs }) => outputs.includes(name)).map((node) => node.name);
  const readers = nodes.filter(({ inputs }) => inputs.includes(name)).map((node) => node.name);
  return (
    <>
      {kind === "dataset" ? <DatasetFacts {...props} /> : <ParameterFacts {...props} />}
      <NodeNames {...props} title="graph.madeBy" names={makers} />
      <NodeNames {...props} title="graph.readBy" names={readers} />
      {kind === "dataset" ? <PreviewPart {...props} /> : null}
    </>
  );
}

function NodeBody(props: ElementPanelProps & { node: GraphNode }) {
  const { text, facts, links, graph, node } = props;
  const { t } = text;
  const fact = Object.hasOwn(facts.nodes, node.name) ? facts.nodes[node.name]! : null;
  const parameters = node.inputs.filter((name) => kindOf(name) === "parameter");
  const runHref = fact === null ? null : links.run(fact.runId);
  return (
    <>
      <dl class="facts">
        <dt>{t("graph.lastRun")}</dt>
        <dd>
          {fact === null ? (
            t("graph.neverRun")
          ) : (
            <>
              <strong>{text.duration(fact.durationMs)}</strong>{" "}
              <span class="soft small">
                {runHref === null ? text.dateTime(fact.at) : <a href={runHref}>{text.dateTime(fact.at)}</a>}
              </span>
            </>
          )}
        </dd>
        {node.tags.length === 0 ? null : (
          <>
            <dt>{t("graph.tags")}</dt>
            <dd>{node.tags.join(", ")}</dd>
          </>
        )}
      </dl>
      <DataNames
        {...props}
        title="graph.inputs"
        names={node.inputs.filter((name) => kindOf(name) === "dataset")}
      />
      <DataNames {...props} title="graph.outputs" names={node.outputs} />
      {parameters.length === 0 ? null : (
        <section>
          <h3>{t("graph.parameters")}</h3>
          <dl class="facts g-values">
            {parameters.map((name) => (
              <>
                <dt>
                  <DataLink {...props} name={name} />
                </dt>
                <dd>
                  <code>{inlineValue(graph, name)}</code>
                </dd>
              </>
            ))}
          </dl>
        </section>
      )}
      <Code {...props} />
    </>
  );
}

function Code({ text: { t }, node: { source } }: { text: PanelProps["text"]; node: GraphNode }) {
  return (
    <section>
      <h3>{t("graph.code")}</h3>
      {source === null ? (
        <p class="soft">{t("graph.noCode")}</p>
      ) : (
        <>
          <p class="small soft g-file">
            {source.file}
            {source.line === null ? "" : `:${source.line}`}
          </p>
          <pre class="command g-code" tabindex={0}>
            <Highlighted code={source.code} />
          </pre>
        </>
      )}
    </section>
  );
}

function DatasetFacts({ text, graph, facts, links, element: { name } }: ElementPanelProps) {
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

function ParameterFacts({ text: { t }, graph, element: { name } }: ElementPanelProps) {
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

function PreviewPart({ text, preview }: PanelProps) {
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

function DataNames(props: ElementPanelProps & { title: MessageKey; names: readonly string[] }) {
  return (
    <Names {...props}>
      {props.names.map((name) => (
        <li>
          <DataLink {...props} name={name} />
        </li>
      ))}
    </Names>
  );
}

function NodeNames(props: ElementPanelProps & { title: MessageKey; names: readonly string[] }) {
  return (
    <Names {...props}>
      {props.names.map((name) => (
        <li>
          <ElementLink {...props} kind="node" name={name} />
        </li>
      ))}
    </Names>
  );
}

function Names(props: {
  text: PanelProps["text"];
  title: MessageKey;
  names: readonly string[];
  children?: unknown;
}) {
  if (props.names.length === 0) return null;
  return (
    <section>
      <h3>{props.text.t(props.title)}</h3>
      <ul class="g-names">{props.children}</ul>
    </section>
  );
}

function Commands({ text, commands }: { text: PanelProps["text"]; commands: readonly SliceCommand[] }) {
  if (commands.length === 0) return null;
  return (
    <section>
      <h3>{text.t("graph.commands")}</h3>
      {commands.map((command) => (
        <Command text={text} command={command} />
      ))}
    </section>
  );
}

function inlineValue(graph: PipelineGraph, name: string): string {
  const value = Object.hasOwn(graph.parameters, name) ? JSON.stringify(graph.parameters[name]!.value) : "–";
  return value.length > 120 ? `${value.slice(0, 119)}…` : value;
}
