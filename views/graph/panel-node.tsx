/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { kindOf } from "../../src/graph/picture.ts";
import type { GraphNode, PipelineGraph } from "../../src/graph/pipeline-graph.ts";
import { type NodeStanding, standingAfter } from "../../src/graph/standing.ts";
import { sentenceWords } from "../i18n/saying-words.ts";
import type { Text } from "../i18n/text.ts";
import { DataLink } from "./element-link.tsx";
import { Highlighted } from "./highlight.tsx";
import { DataNames } from "./panel-names.tsx";
import type { ElementPanelProps } from "./panel-props.ts";
import { STATE_WORDS, skipWords } from "./words.ts";

/** A node's last run, tags, inputs and outputs, parameters and code. */
export function NodeBody(props: ElementPanelProps & { node: GraphNode }) {
  const { text, facts, links, graph, node } = props;
  const { t } = text;
  const fact = Object.hasOwn(facts.nodes, node.name) ? facts.nodes[node.name]! : null;
  const parameters = node.inputs.filter((name) => kindOf(name) === "parameter");
  const runHref = fact === null ? null : links.run(fact.runId);
  return (
    <>
      <Standing {...props} />
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
            <dd>{node.tags.join(t("text.comma"))}</dd>
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

/** The node's state at the displayed moment of the run, if it has a reason to show. */
function Standing({ text, query, shown, node }: ElementPanelProps & { node: GraphNode }) {
  const standing = standingAfter(shown?.frames ?? [], [], query.at).nodes.get(node.name);
  if (standing === undefined || standing.state === "running") return null;
  const reason = reasonWords(text, standing, shown);
  if (reason === "") return null;
  return (
    <p class={standing.state === "failed" ? "alert" : "notice"}>
      <strong>{text.t(STATE_WORDS[standing.state])}</strong>
      {text.t("text.colon")}
      {reason}
    </p>
  );
}

/** Why a node failed or was skipped. A run whose process was killed in a node has the reason of the run. */
function reasonWords(text: Text, standing: NodeStanding, shown: ElementPanelProps["shown"]): string {
  if (standing.state !== "failed") return skipWords(text, standing);
  const { error, says } = standing.note === "" ? { ...shown } : { error: standing.note, says: standing.says };
  return sentenceWords(text, "failure", { message: error ?? "", says });
}

function Code({ text: { t }, node: { source } }: { text: ElementPanelProps["text"]; node: GraphNode }) {
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

function inlineValue(graph: PipelineGraph, name: string): string {
  const value = Object.hasOwn(graph.parameters, name) ? JSON.stringify(graph.parameters[name]!.value) : "–";
  return value.length > 120 ? `${value.slice(0, 119)}…` : value;
}
