import { InputError } from "../../lib/errors.ts";
import type { Saying } from "../../lib/saying.ts";
import type { SettingKey } from "./fields.ts";

/** A value of server.yml that the Settings page changes. */
export type SettingValue = number | string | boolean | null;

/** Why a setting cannot be changed here, with the name of what has set it. */
export interface SettingLock {
  /** An environment variable; a flag of the command line; another file; an interpolation in the file. */
  by: "variable" | "flag" | "file" | "interpolation";
  /** `TEGAKI_SERVER__GATE__THRESHOLD`, `--log-level`, `conf/local/server_more.yml`, `${globals:margin}`. */
  name: string;
}

/** One setting. */
export interface Setting {
  key: SettingKey;
  /** The value of the files, variables and flags: in force after the next restart at the latest. */
  value: SettingValue;
  /** The value that the server uses now. */
  inUse: SettingValue;
  /** The value without the file that the page writes, and without variables. */
  fallback: SettingValue;
  /** Whether the file that the page writes has the key, if only with the default value. */
  isSet: boolean;
  /** Null when it can be changed. */
  lock: SettingLock | null;
}

/** The settings of a project, as its files are now. */
export interface SettingsState {
  /** The file that a change is written to, as in messages: `conf/local/server.yml`. */
  file: string;
  /** Of the file's content; a change names it, so that no other writer's change is lost. */
  hash: string;
  settings: readonly Setting[];
}

/** One line of a comparison of the file before and after a change. */
export interface DiffLine {
  kind: "same" | "added" | "removed" | "gap";
  text: string;
}

/** A change of settings. */
export interface SettingsRequest {
  values: Readonly<Partial<Record<SettingKey, SettingValue>>>;
  /** The keys that are removed from the file, so that the defaults apply. None of them is in `values`. */
  reset: readonly SettingKey[];
  /** `SettingsState.hash` of the state that the change was made from. */
  hash: string;
  /** Check and compare only; nothing is written. */
  isDryRun: boolean;
}

/** A change that was made, or would be. */
export interface SettingsChange {
  /** The keys that get another value, and those that are removed from the file, in the order of the page. */
  changed: readonly SettingKey[];
  /** Those that are removed, so that the defaults apply. */
  reset: readonly SettingKey[];
  diff: readonly DiffLine[];
  /** The state after the change; of a dry run, before it. */
  state: SettingsState;
}

/** Reads and changes the settings of a project. */
export interface Settings {
  /** @throws ConflictError when the files are invalid. */
  read(): Promise<SettingsState>;
  /**
   * Checks all values as the loader does, and writes them together or not at all.
   * @throws InvalidSettings with every value that is refused; ConflictError when the file is not the one that `hash`
   *   names, or cannot be edited; UnavailableError when it cannot be written.
   */
  change(request: SettingsRequest): Promise<SettingsChange>;
}

/** Why one setting was refused. */
export interface SettingProblem {
  /** Null when no single setting is at fault. */
  key: SettingKey | null;
  message: string;
  says?: Saying | undefined;
}

/** Values of settings that the loader refuses: nothing was written. */
export class InvalidSettings extends InputError {
  override readonly name = "InvalidSettings";
  readonly problems: readonly SettingProblem[];

  constructor(problems: readonly SettingProblem[]) {
    super(problems.map(({ key, message }) => (key === null ? message : `${key} ${message}`)).join("\n"));
    this.problems = problems;
  }
}
