/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { Ask } from "../fragments/ask.tsx";
import { HelpDialog } from "../fragments/help-dialog.tsx";
import type { Text } from "../i18n/text.ts";

/** Classes of the examples. */
const DIGITS = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

/** Buttons in each state that they have; those for focus and hover appear by doing it. */
export function Buttons({ text: { t } }: { text: Text }) {
  return (
    <p class="chips">
      <button class="button button-main" type="button">
        {t("draw.accept")} <span class="key">{t("help.key.enter")}</span>
      </button>
      <button class="button" type="button">
        {t("help.close")}
      </button>
      <button class="button button-grave" type="button">
        {t("run.cancel")}
      </button>
      <button class="button button-main" type="button" disabled>
        {t("styleguide.disabled")}
      </button>
      <button class="button" type="button" aria-disabled="true">
        {t("styleguide.disabled")}
      </button>
    </p>
  );
}

/** A button that asks, and the form that confirms. */
export function AskExample({ text }: { text: Text }) {
  const { t } = text;
  const ask = {
    action: "/styleguide",
    title: t("run.cancel"),
    opener: t("run.cancel"),
    confirm: t("run.cancel"),
  };
  return (
    <p>
      <Ask text={text} id="styleguide-ask" {...ask} isGrave>
        <p>{t("styleguide.askNote")}</p>
      </Ask>
    </p>
  );
}

/** The list of keys, opened by its button. */
export function KeysExample({ text }: { text: Text }) {
  return (
    <>
      <p>
        <button class="button" type="button" command="show-modal" commandfor="help">
          {text.t("help.title")}
        </button>
      </p>
      <HelpDialog text={text} classes={DIGITS} />
    </>
  );
}

/** Tabs, one of them current. */
export function TabsExample({ text: { t } }: { text: Text }) {
  return (
    <nav class="tabs" aria-label={t("sample.side")}>
      {(["train", "holdout"] as const).map((side) => (
        <a class="button" href="#tabs" aria-current={side === "train" ? "page" : undefined}>
          {t(`side.${side}`)}
        </a>
      ))}
    </nav>
  );
}

/** A filter that can be removed, and links to the pages before and after. */
export function ChipsExample({ text: { t } }: { text: Text }) {
  return (
    <div class="stack">
      <ul class="chips">
        {["writer: Ann", "label: 7"].map((name) => (
          <li class="chip">
            <code>{name}</code>
            <button class="chip-remove" type="button" aria-label={t("styleguide.remove", { name })}>
              ×
            </button>
          </li>
        ))}
        <li>
          <a class="chip is-on" href="#chips" aria-current="true">
            {t("graph.nodes")}
          </a>
        </li>
      </ul>
      <a class="back" href="#chips">
        ← {t("nav.runs")}
      </a>
      <p class="pager">
        <a class="button" href="#chips">
          {t("samples.older")}
        </a>
      </p>
    </div>
  );
}
