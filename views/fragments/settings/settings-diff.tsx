/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { fieldOf, type SettingEffect, type SettingKey } from "../../../src/domain/settings/fields.ts";
import type { DiffLine, SettingsChange } from "../../../src/domain/settings/settings.ts";
import type { Text } from "../../i18n/text.ts";

const SIGNS = { same: " ", added: "+", removed: "−", gap: "⋯" } as const;

/** The properties of the comparison. */
export interface SettingsDiffProps {
  text: Text;
  change: SettingsChange;
  /** The fields that the form has sent, by the names of its fields. */
  entered: Partial<Record<string, string>>;
  /** Number of drawings that the change deletes at once; null when it is about others. */
  deleted: number | null;
}

/** The file before and after a change that is not written yet, with the button that writes it. */
export function SettingsDiff({ text, change, entered, deleted }: SettingsDiffProps) {
  const { t } = text;
  const { changed, reset, diff, state } = change;
  return (
    <section class="sheet settings-diff" aria-labelledby="settings-diff">
      <h2 id="settings-diff">{t("settings.diff", { file: state.file })}</h2>
      <p>{t("settings.diffLead")}</p>
      <pre class="diff">
        {diff.map((line) => (
          <Line text={text} line={line} />
        ))}
      </pre>
      {(["now", "restart"] as const).map((effect) => (
        <Effect text={text} effect={effect} keys={changed} />
      ))}
      {deleted === null ? null : <p class="alert">{t("settings.deletes", { n: text.number(deleted) })}</p>}
      <form method="post" action="/settings">
        <input type="hidden" name="hash" value={state.hash} />
        {changed.map((key) =>
          reset.includes(key) ? (
            <input type="hidden" name={`reset.${key}`} value="default" />
          ) : (
            <input type="hidden" name={`set.${key}`} value={entered[`set.${key}`] ?? ""} />
          ),
        )}
        <button class="button button-main" type="submit">
          {t("settings.save")}
        </button>
      </form>
    </section>
  );
}

function Line({ text, line: { kind, text: content } }: { text: Text; line: DiffLine }) {
  return (
    <span class={`diff-${kind}`}>
      <span aria-hidden="true">{SIGNS[kind]} </span>
      {kind === "added" || kind === "removed" ? (
        <span class="unseen">{text.t(`settings.diff.${kind}`)} </span>
      ) : null}
      {content}
      {"\n"}
    </span>
  );
}

function Effect({ text, effect, keys }: { text: Text; effect: SettingEffect; keys: readonly SettingKey[] }) {
  const { t } = text;
  const own = keys.filter((key) => fieldOf(key).effect === effect);
  if (own.length === 0) return null;
  const names = own.map((key) => t(`settings.name.${key}`)).join(t("text.comma"));
  return <p class="small">{t(`settings.effect.${effect}`, { keys: names })}</p>;
}
