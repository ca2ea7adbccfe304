/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { MessageKey } from "../i18n/en.ts";
import { DataLink, ElementLink } from "./element-link.tsx";
import type { ElementPanelProps } from "./panel-props.ts";

/** A titled list of links to datasets and parameters. */
export function DataNames(props: ElementPanelProps & { title: MessageKey; names: readonly string[] }) {
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

/** A titled list of links to nodes. */
export function NodeNames(props: ElementPanelProps & { title: MessageKey; names: readonly string[] }) {
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
  text: ElementPanelProps["text"];
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
