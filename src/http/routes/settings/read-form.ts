import { fieldOf, isOptional, SETTING_KEYS, type SettingKey } from "../../../domain/settings/fields.ts";
import type { SettingValue } from "../../../domain/settings/settings.ts";

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** The name of a setting's field in the form. */
function formName(key: SettingKey): string {
  return `set.${key}`;
}

/** The keys whose default is wanted. */
export function readResets(fields: Partial<Record<string, string>>): SettingKey[] {
  return SETTING_KEYS.filter((key) => fields[`reset.${key}`] !== undefined);
}

/**
 * The values of the form's fields, by the kinds of their settings, but for those that are reset. What is not of its kind stays a string, which the
 * loader refuses with the reason. Digits that an input method has widened count as digits.
 */
export function readSettings(
  fields: Partial<Record<string, string>>,
): Partial<Record<SettingKey, SettingValue>> {
  return Object.fromEntries(
    SETTING_KEYS.flatMap((key) => {
      const text = fields[formName(key)];
      return text === undefined || fields[`reset.${key}`] !== undefined
        ? []
        : [[key, readSetting(key, text)]];
    }),
  );
}

function readSetting(key: SettingKey, given: string): SettingValue {
  const field = fieldOf(key);
  if (field.kind.type === "text") {
    const lines = given.replaceAll("\r\n", "\n").trim();
    return lines === "" ? null : lines;
  }
  const text = given.normalize("NFKC").trim();
  if (text === "" && isOptional(field)) return null;
  switch (field.kind.type) {
    case "whole":
    case "number":
      return NUMBER.test(text) ? Number(text) : text;
    case "switch":
      return text === "true" ? true : text === "false" ? false : text;
    default:
      return text;
  }
}
