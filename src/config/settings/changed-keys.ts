import type { SettingKey } from "../../domain/settings/fields.ts";
import {
  InvalidSettings,
  type Setting,
  type SettingsRequest,
  type SettingsState,
} from "../../domain/settings/settings.ts";

/** The keys that a request changes, in the order of the page. */
export interface ChangedKeys {
  /** Those that get another value. */
  edited: readonly SettingKey[];
  /** Those that the file has, and loses. */
  reset: readonly SettingKey[];
  /** All of them. */
  changed: readonly SettingKey[];
}

/**
 * Finds what a request changes. @param state as the file is now.
 * @throws InvalidSettings when a key is to be set and removed at once.
 */
export function changedKeys({ values, reset }: SettingsRequest, { settings }: SettingsState): ChangedKeys {
  const both = reset.filter((key) => Object.hasOwn(values, key));
  if (both.length > 0) {
    const message = "is in both `values` and `reset`. Name it in one of them";
    throw new InvalidSettings(both.map((key) => ({ key, message })));
  }
  const isEdited = ({ key, value }: Setting) => Object.hasOwn(values, key) && values[key] !== value;
  const isReset = ({ key, isSet }: Setting) => reset.includes(key) && isSet;
  const keysWhere = (has: (setting: Setting) => boolean) => settings.filter(has).map(({ key }) => key);
  return {
    edited: keysWhere(isEdited),
    reset: keysWhere(isReset),
    changed: keysWhere((setting) => isEdited(setting) || isReset(setting)),
  };
}
