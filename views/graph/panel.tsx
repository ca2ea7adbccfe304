/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { commandsFor, type SliceCommand } from "../../src/graph/commands.ts";
import type { GraphElement } from "../../src/graph/elements.ts";
import { namespacesOf } from "../../src/graph/namespaces.ts";
import { nodesOf, pictureOf } from "../../src/graph/picture.ts";
import type { PipelineGraph } from "../../src/graph/pipeline-graph.ts";
import { emptyQuery, FILTER_KINDS, type GraphQuery, type Reach, toggled } from "../../src/graph/query.ts";
import type { MessageKey } from "../i18n/en.ts";
import { Command } from "./command.tsx";
import { Sign } from "./element-link.tsx";
import { DatasetFacts, ParameterFacts, PreviewPart } from "./panel-data.tsx";
import { NodeNames } from "./panel-names.tsx";
import { NodeBody } from "./panel-node.tsx";
import type { ElementPanelProps, PanelProps } from "./panel-props.ts";
import { kindWord } from "./words.ts";

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
      <Commands {...props} commands={commandsFor(props.graph, query, element)} />
    </article>
  );
}

/** @returns the selected element; null when there is none, or when it is not in the pipeline. */
export function selectedElement(graph: PipelineGraph, query: GraphQuery): GraphElement | null {
  if (query.selected === null) return null;
  const { pipeline, expanded, selected } = query;
  const all = { ...emptyQuery(pipeline), kinds: FILTER_KINDS };
  const find = (open: readonly string[]) =>
    pictureOf(graph, { ...all, expanded: open }).elements.find(({ key }) => key === selected);
  const everything = namespacesOf(nodesOf(graph, { pipeline, tags: [] }));
  // A namespace is an element only while it is collapsed; its contents only while it is expanded.
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

function Commands({ text, start, commands }: PanelProps & { commands: readonly SliceCommand[] }) {
  if (commands.length === 0) return null;
  return (
    <section>
      <h3>{text.t("graph.commands")}</h3>
      {commands.map((command) => (
        <Command text={text} command={command} canStart={start !== null} />
      ))}
    </section>
  );
}
