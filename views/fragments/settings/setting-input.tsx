/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { fieldOf, isOptional, type SettingKind } from "../../../src/domain/settings/fields.ts";
import type { Setting, SettingValue } from "../../../src/domain/settings/settings.ts";
import type { Text } from "../../i18n/text.ts";

/** An example of quiet hours. */
export const HOURS = "22:00-07:00";

/** The properties of one setting. */
export interface SettingInputProps {
  text: Text;
  setting: Setting;
  /** The last entry, if it is not stored. */
  entered: string | undefined;
  /** Why that was refused. */
  problem: string | null;
  canChange: boolean;
}

/** One setting: its name, its field, what it means, its bounds and default, the way back to it, and what has locked it. */
export function SettingInput({ text, setting, entered, problem, canChange }: SettingInputProps) {
  const { t } = text;
  const { key, value, inUse, fallback, isSet, lock } = setting;
  const field = fieldOf(key);
  const id = `set-${key.replaceAll(".", "-")}`;
  const isLocked = lock !== null || !canChange;
  const facts = [
    t(`settings.help.${key}`, { hours: HOURS }),
    rangeWords(text, field.kind),
    isOptional(field) ? t("settings.off") : null,
    t("settings.default", { value: valueWords(text, fallback) }),
  ].filter((fact) => fact !== null);
  const attributes = {
    id,
    name: `set.${key}`,
    disabled: isLocked,
    "aria-describedby": `${id}-help`,
    ...(problem === null ? {} : { "aria-invalid": "true" as const }),
  };
  return (
    <div class="field setting" data-setting={key}>
      <label for={id}>{t(`settings.name.${key}`)}</label>
      <Field text={text} kind={field.kind} value={entered ?? rawText(value)} attributes={attributes} />
      <div id={`${id}-help`} class="setting-help">
        {problem === null ? null : <p class="field-error">{problem}</p>}
        <p>{facts.join(text.language === "ja" ? "" : " ")}</p>
        <p>
          <code>{key}</code>
        </p>
        {lock === null ? null : (
          <p class="setting-lock">{t(`settings.lock.${lock.by}`, { name: lock.name })}</p>
        )}
        {inUse === value ? null : (
          <p class="setting-lock">
            {t("settings.inUse", { value: valueWords(text, inUse) })} {t(`settings.inUse.${field.effect}`)}
          </p>
        )}
      </div>
      {isSet && !isLocked ? (
        <button
          class="button setting-reset"
          type="submit"
          name={`reset.${key}`}
          value="default"
          aria-label={t("settings.resetOf", { name: t(`settings.name.${key}`) })}
        >
          {t("settings.reset")}
        </button>
      ) : null}
    </div>
  );
}

function Field(props: {
  text: Text;
  kind: SettingKind;
  value: string;
  attributes: { id: string; name: string; disabled: boolean };
}) {
  const { text, kind, value, attributes } = props;
  if (kind.type === "choice" || kind.type === "switch") {
    const options = kind.type === "choice" ? kind.values : (["true", "false"] as const);
    const wordOf = (option: string) =>
      kind.type === "switch" ? text.t(`settings.switch.${option as "true" | "false"}`) : option;
    return (
      <select {...attributes}>
        {options.map((option) => (
          <option value={option} selected={option === value}>
            {wordOf(option)}
          </option>
        ))}
      </select>
    );
  }
  if (kind.type === "text") {
    return (
      <textarea rows={4} maxlength={kind.maxLength} {...attributes}>
        {value}
      </textarea>
    );
  }
  const isNumber = kind.type === "whole" || kind.type === "number";
  const mode = isNumber ? (kind.type === "whole" ? "numeric" : "decimal") : "text";
  return <input type="text" inputmode={mode} spellcheck={false} value={value} {...attributes} />;
}

function rangeWords(text: Text, kind: SettingKind): string | null {
  if (kind.type !== "whole" && kind.type !== "number") return null;
  const [min, max] = [plain(text, kind.min), plain(text, kind.max)];
  return text.t(kind.isAbove === true ? "settings.rangeAbove" : "settings.range", { min, max });
}

/** The value as the form sends it. */
function rawText(value: SettingValue): string {
  return value === null ? "" : String(value);
}

function valueWords(text: Text, value: SettingValue): string {
  if (value === null) return text.t("settings.value.off");
  if (typeof value === "boolean") return text.t(value ? "settings.value.on" : "settings.value.off");
  return typeof value === "number" ? plain(text, value) : value;
}

/** A number with all its digits; large ones are grouped. */
function plain(text: Text, value: number): string {
  return Number.isInteger(value) ? text.number(value) : String(value);
}
