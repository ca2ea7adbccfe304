/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Child } from "hono/jsx";
import { queueKeyName } from "../../assets/queue/keys.ts";
import type { Text } from "../../i18n/text.ts";

/** The buttons that are not labels, each with its key. */
export function QueueActions({ text: { t }, classes }: { text: Text; classes: readonly string[] }) {
  return (
    <div class="queue-actions">
      <Action does="undo" sign={queueKeyName("u", classes)}>
        {t("queue.undo")}
      </Action>
      <Action does="skip" sign="␣">
        {t("queue.skip")}
      </Action>
      <Action does="discard" sign="⌫">
        {t("queue.discard")}
      </Action>
      <Action does="none" sign={queueKeyName("x", classes)}>
        {t("queue.none")}
      </Action>
      <button class="button button-main" type="button" data-do="accept" aria-disabled="true">
        <span class="accept-text">{t("queue.client.acceptNothing")}</span>{" "}
        <span class="key" aria-hidden="true">
          ↵
        </span>
      </button>
      <button class="button" type="button" data-do="help" aria-label={t("queue.help")}>
        ?
      </button>
    </div>
  );
}

function Action({ does, sign, children }: { does: string; sign: string; children: Child }) {
  return (
    <button class="button" type="button" data-do={does}>
      {children}{" "}
      <span class="key" aria-hidden="true">
        {sign}
      </span>
    </button>
  );
}
