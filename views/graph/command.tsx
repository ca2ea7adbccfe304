/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { SliceCommand } from "../../src/graph/commands.ts";
import { formatSlice } from "../../src/graph/slices.ts";
import type { MessageKey } from "../i18n/en.ts";
import type { Text } from "../i18n/text.ts";

/** Kinds of commands in words. */
export const COMMAND_WORDS: Readonly<Record<SliceCommand["kind"], MessageKey>> = {
  only: "graph.command.only",
  from: "graph.command.from",
  to: "graph.command.to",
  shown: "graph.command.shown",
  all: "graph.command.all",
};

/** A command line and a description, with buttons that start it and, with script, copy it. */
export function Command(props: { text: Text; command: SliceCommand; canStart: boolean }) {
  const {
    text: { t },
    command,
    canStart,
  } = props;
  return (
    <div class="g-command">
      <p class="small soft">{t(COMMAND_WORDS[command.kind])}</p>
      <pre class="command" tabindex={0}>
        <code>{command.command}</code>
      </pre>
      <span class="g-command-actions">
        {canStart ? (
          <button
            class="g-small"
            type="button"
            popovertarget="graph-start"
            data-slice={formatSlice(command.slice)}
            aria-label={`${t("graph.start")} ${command.command}`}
          >
            {t("graph.start")}
          </button>
        ) : null}
        <button
          class="g-small"
          type="button"
          data-copy={command.command}
          data-done={t("graph.copied")}
          hidden
        >
          {t("graph.copy")}
        </button>
      </span>
    </div>
  );
}
