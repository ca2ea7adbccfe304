/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { ElementKind } from "../../src/graph/elements.ts";
import { namespacePath } from "../../src/graph/namespaces.ts";
import { kindOf, nodesOf } from "../../src/graph/picture.ts";
import type { GraphNode } from "../../src/graph/pipeline-graph.ts";
import { toggled } from "../../src/graph/query.ts";
import type { RunStanding } from "../../src/graph/standing.ts";
import { DataLink, ElementLink } from "./element-link.tsx";
import { ElementState } from "./element-state.tsx";
import type { GraphViewProps } from "./view-props.ts";

type ListProps = Pick<GraphViewProps, "text" | "graph" | "query" | "links"> & {
  standing: RunStanding | null;
};

/** Nodes up to which the list has no pages. */
const MAX_UNPAGED = 400;
/** Entries of each kind on one page of a long list. */
const PAGE = 200;

/**
 * The graph as nested lists: nodes in order, with their inputs and outputs, then datasets and parameters. The list of a
 * large pipeline has pages, and is searched by the server.
 */
export function GraphList(props: ListProps) {
  const { text, graph, query } = props;
  const { t } = text;
  const nodes = nodesOf(graph, query);
  const isFound = (name: string) => name.toLowerCase().includes(query.search.toLowerCase());
  const foundNodes = nodes.filter(({ name }) => isFound(name));
  const data = [...new Set(nodes.flatMap(({ inputs, outputs }) => [...inputs, ...outputs]))].filter(isFound);
  const datasets = data.filter((name) => kindOf(name) === "dataset");
  const parameters = data.filter((name) => kindOf(name) === "parameter");
  const isPaged = nodes.length > MAX_UNPAGED;
  const length = Math.max(foundNodes.length, datasets.length, parameters.length);
  const start = isPaged && query.listedFrom < length ? query.listedFrom : 0;
  const paged = <T,>(list: readonly T[]) => (isPaged ? list.slice(start, start + PAGE) : list);
  return (
    <div id="graph-list" class="g-lists" data-paged={isPaged ? "" : undefined}>
      {isPaged ? <Pager {...props} start={start} length={length} /> : null}
      <Section
        text={text}
        title={t("graph.nodes")}
        kind="node"
        count={isPaged ? foundNodes.length : nodes.length}
      >
        <NodeTree {...props} nodes={paged(foundNodes)} namespace={null} />
      </Section>
      <DataSection
        {...props}
        title={t("graph.datasets")}
        kind="dataset"
        names={paged(datasets)}
        count={datasets.length}
      />
      <DataSection
        {...props}
        title={t("graph.parameters")}
        kind="parameter"
        names={paged(parameters)}
        count={parameters.length}
      />
      <p class="soft small g-none" hidden={length > 0}>
        {t("graph.nothingFound")}
      </p>
      {isPaged && length > PAGE ? <Pager {...props} start={start} length={length} /> : null}
    </div>
  );
}

/** Links to the pages before and after. */
function Pager({
  text: { t, number },
  query,
  links,
  start,
  length,
}: ListProps & { start: number; length: number }) {
  if (length <= PAGE) return null;
  const last = Math.min(start + PAGE, length);
  const page = (from: number) => links.picture({ ...query, listedFrom: from });
  return (
    <nav class="g-pager small" aria-label={t("graph.pages")}>
      <span class="soft">
        {t("graph.pageOf", { first: number(start + 1), last: number(last), n: number(length) })}
      </span>
      {start === 0 ? null : (
        <a href={page(Math.max(0, start - PAGE))} data-go="" rel="prev">
          {t("graph.pageBefore")}
        </a>
      )}
      {last === length ? null : (
        <a href={page(last)} data-go="" rel="next">
          {t("graph.pageAfter")}
        </a>
      )}
    </nav>
  );
}

function Section(
  props: Pick<ListProps, "text"> & { title: string; kind: ElementKind; count: number; children?: unknown },
) {
  const { text, title, kind, count, children } = props;
  return (
    <section aria-labelledby={`graph-list-${kind}`}>
      <h2 id={`graph-list-${kind}`}>
        {title} <span class="soft">{text.number(count)}</span>
      </h2>
      {children}
    </section>
  );
}

/** The nodes of a namespace, then its inner namespaces, each with theirs. */
function NodeTree(props: ListProps & { nodes: readonly GraphNode[]; namespace: string | null }) {
  const { nodes, namespace } = props;
  const depth = namespacePath(namespace).length;
  const inner = [...new Set(nodes.flatMap((node) => namespacePath(node.namespace)[depth] ?? []))];
  return (
    <ol class="g-items">
      {nodes
        .filter((node) => node.namespace === namespace)
        .map((node) => (
          <NodeItem {...props} node={node} />
        ))}
      {inner.map((name) => (
        <li class="g-tree">
          <NamespaceRow {...props} name={name} />
          <NodeTree
            {...props}
            nodes={nodes.filter((node) => namespacePath(node.namespace).includes(name))}
            namespace={name}
          />
        </li>
      ))}
    </ol>
  );
}

function NamespaceRow(props: ListProps & { name: string }) {
  const { text, query, links, name } = props;
  const isOpen = query.expanded.includes(name);
  return (
    <div class="g-item">
      <ElementLink {...props} kind="namespace" within={namespacePath(name).at(-2)} />
      <a
        class="g-eye"
        href={links.picture({ ...query, expanded: toggled(query.expanded, name) })}
        data-go=""
        aria-label={text.t(isOpen ? "graph.collapse" : "graph.expand", { name })}
      >
        {isOpen ? "−" : "+"}
      </a>
    </div>
  );
}

function NodeItem(props: ListProps & { node: GraphNode }) {
  const { text, standing, query, node } = props;
  const { name, inputs, outputs } = node;
  const reads = inputs.filter((input) => kindOf(input) === "dataset");
  return (
    <li class={itemClass(props, "node", name)} data-find={name}>
      <div class="g-item">
        <ElementLink {...props} kind="node" name={name} within={node.namespace} />
        <ElementState text={text} name={name} standing={standing?.nodes.get(name) ?? null} />
        <Eye {...props} kind="node" name={name} isHidden={query.hidden.includes(`node:${name}`)} />
      </div>
      <p class="g-flow">
        <span class="unseen">{text.t("graph.reads")} </span>
        {reads.length === 0 ? "–" : reads.map((input) => <DataLink {...props} name={input} />)}
        <span class="g-arrow">
          <span aria-hidden="true">→</span>
          <span class="unseen">{text.t("graph.makes")}</span>
        </span>
        {outputs.length === 0 ? "–" : outputs.map((output) => <DataLink {...props} name={output} />)}
      </p>
    </li>
  );
}

function DataSection(
  props: ListProps & {
    title: string;
    kind: "dataset" | "parameter";
    names: readonly string[];
    count: number;
  },
) {
  const { title, kind, names, count, query } = props;
  if (names.length === 0) return null;
  return (
    <Section text={props.text} title={title} kind={kind} count={count}>
      <ul class="g-items">
        {names.map((name) => (
          <li class={itemClass(props, kind, name)} data-find={name}>
            <div class="g-item">
              <ElementLink {...props} kind={kind} name={name} />
              <Eye {...props} kind={kind} name={name} isHidden={query.hidden.includes(`${kind}:${name}`)} />
            </div>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function itemClass({ query }: ListProps, kind: ElementKind, name: string): string | undefined {
  return query.selected === `${kind}:${name}` ? "is-selected" : undefined;
}

/** Hides the element on the picture, or shows it again. */
function Eye(props: ListProps & { kind: ElementKind; name: string; isHidden: boolean }) {
  const { text, query, links, kind, name, isHidden } = props;
  return (
    <a
      class={isHidden ? "g-eye is-off" : "g-eye"}
      href={links.picture({ ...query, hidden: toggled(query.hidden, `${kind}:${name}`) })}
      data-go=""
    >
      <span class="unseen">{text.t(isHidden ? "graph.show" : "graph.hide", { name })}</span>
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d="M1.5 8S4 3.8 8 3.8 14.5 8 14.5 8 12 12.2 8 12.2 1.5 8 1.5 8Z" />
        {isHidden ? <path d="M3 13.5 13 2.5" /> : <circle cx="8" cy="8" r="1.9" />}
      </svg>
    </a>
  );
}
