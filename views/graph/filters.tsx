/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { commandForPicture } from "../../src/graph/commands.ts";
import { namespacesOf } from "../../src/graph/namespaces.ts";
import { nodesOf } from "../../src/graph/picture.ts";
import {
  DEFAULT_KINDS,
  emptyQuery,
  FILTER_KINDS,
  type FilterKind,
  formatQuery,
  toggled,
} from "../../src/graph/query.ts";
import type { MessageKey } from "../i18n/en.ts";
import { Command } from "./command.tsx";
import type { GraphViewProps } from "./view-props.ts";

const KIND_WORDS: Readonly<Record<FilterKind, MessageKey>> = {
  node: "graph.nodes",
  dataset: "graph.datasets",
  parameter: "graph.parameters",
};

/** Tabs of the pipelines. */
export function PipelineTabs({ text, graph, query, links }: GraphViewProps) {
  return (
    <nav class="g-tabs" aria-label={text.t("graph.pipelines")}>
      {graph.pipelines.map(({ name }) => (
        <a
          href={links.picture({
            ...emptyQuery(name),
            kinds: query.kinds,
            hasLayers: query.hasLayers,
            orientation: query.orientation,
          })}
          data-go=""
          aria-current={name === query.pipeline ? "true" : undefined}
        >
          <code>{name}</code>
        </a>
      ))}
    </nav>
  );
}

/** The filters of the picture: kinds, tags, namespaces; each is a link that toggles one. */
export function Filters(props: GraphViewProps) {
  const { text, graph, query, links } = props;
  const { t } = text;
  const nodes = nodesOf(graph, { pipeline: query.pipeline, tags: [] });
  const tags = [...new Set(nodes.flatMap((node) => node.tags))].sort();
  const namespaces = namespacesOf(nodes);
  const command = commandForPicture(graph, query, props.picture);
  const isPlain =
    formatQuery({ ...query, selected: null, run: null, at: null, search: "" }) ===
    formatQuery(emptyQuery(query.pipeline));
  const isExpanded = namespaces.every((name) => query.expanded.includes(name));
  return (
    <div class="g-filters">
      <Group label={t("graph.kinds")}>
        {FILTER_KINDS.map((kind) => {
          const isOn = query.kinds.includes(kind);
          const kinds = toggled(query.kinds, kind);
          const next = kinds.length === 0 ? DEFAULT_KINDS : kinds;
          return (
            <Chip href={links.picture({ ...query, kinds: next })} isOn={isOn} label={t(KIND_WORDS[kind])} />
          );
        })}
        {hasLayers(props) ? (
          <Chip
            href={links.picture({ ...query, hasLayers: !query.hasLayers })}
            isOn={query.hasLayers}
            label={t("graph.layers")}
          />
        ) : null}
        {props.layout === null ? null : (
          <Chip
            href={links.picture({ ...query, orientation: query.orientation === "down" ? "right" : "down" })}
            isOn={query.orientation === "right"}
            label={t("graph.leftToRight")}
          />
        )}
      </Group>
      {tags.length === 0 ? null : (
        <Group label={t("graph.tags")}>
          {tags.map((tag) => (
            <Chip
              href={links.picture({ ...query, tags: toggled(query.tags, tag) })}
              isOn={query.tags.includes(tag)}
              label={`#${tag}`}
            />
          ))}
        </Group>
      )}
      {namespaces.length === 0 ? null : (
        <Group label={t("graph.namespaces")}>
          <Chip
            href={links.picture({ ...query, expanded: isExpanded ? [] : namespaces })}
            isOn={isExpanded}
            label={t("graph.expandAll")}
          />
        </Group>
      )}
      {query.focus === null ? null : (
        <Group label={t("graph.focus")}>
          <Chip
            href={links.picture({ ...query, focus: null })}
            isOn
            label={`${query.focus.replace(/^\w+:/, "")} ×`}
          />
        </Group>
      )}
      {query.hidden.length === 0 ? null : (
        <Chip
          href={links.picture({ ...query, hidden: [] })}
          isOn={false}
          label={t("graph.showHidden", { n: query.hidden.length })}
        />
      )}
      {isPlain ? null : (
        <a
          class="g-reset small"
          href={links.picture({ ...emptyQuery(query.pipeline), run: query.run })}
          data-go=""
        >
          {t("graph.reset")}
        </a>
      )}
      {command === null ? null : (
        <details class="g-slice">
          <summary class="chip">{t("graph.command")}</summary>
          <Command text={text} command={command} canStart={props.start !== null} />
        </details>
      )}
    </div>
  );
}

/** Whether an element of the picture has a layer; otherwise there is nothing to toggle. */
function hasLayers({ picture }: GraphViewProps): boolean {
  return picture.elements.some(({ layer }) => layer !== null);
}

function Group({ label, children }: { label: string; children?: unknown }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: links, not fields
    <div class="g-filter" role="group" aria-label={label}>
      {children}
    </div>
  );
}

function Chip({ href, isOn, label }: { href: string; isOn: boolean; label: string }) {
  return (
    <a class={isOn ? "chip is-on" : "chip"} href={href} data-go="" aria-current={isOn ? "true" : undefined}>
      {label}
    </a>
  );
}
