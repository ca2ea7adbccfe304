import type { MessageKey } from "../i18n/en.ts";
import type { Text } from "../i18n/text.ts";
import type { SliceCommand } from "./commands.ts";

const COMMAND_WORDS: Readonly<Record<SliceCommand["kind"], MessageKey>> = {
  only: "graph.command.only",
  from: "graph.command.from",
  to: "graph.command.to",
  shown: "graph.command.shown",
  all: "graph.command.all",
};

/** A command line, and what it runs, with a button that copies it where there is script. */
export function Command({ text: { t }, command }: { text: Text; command: SliceCommand }) {
  return (
    <div class="g-command">
      <p class="small soft">{t(COMMAND_WORDS[command.kind])}</p>
      <pre class="command" tabindex={0}>
        <code>{command.command}</code>
      </pre>
      <button class="g-copy" type="button" data-copy={command.command} data-done={t("graph.copied")} hidden>
        {t("graph.copy")}
      </button>
    </div>
  );
}
