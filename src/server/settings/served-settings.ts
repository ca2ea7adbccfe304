import type { SettingFlags } from "../../config/settings/locks.ts";
import { createProjectSettings } from "../../config/settings/project-settings.ts";
import type { Settings } from "../../domain/settings/settings.ts";
import type { LogFormat, LogLevel } from "../../lib/log.ts";
import { configSources, projectOptions } from "../../project/project.ts";
import type { Served } from "../served.ts";

/** The flags of `tegaki serve` that override settings. */
export function settingFlags(options: { logFormat?: LogFormat; logLevel?: LogLevel }): SettingFlags {
  const { logFormat, logLevel } = options;
  return {
    ...(logFormat === undefined ? {} : { "log.format": { flag: "--log-format", value: logFormat } }),
    ...(logLevel === undefined ? {} : { "log.level": { flag: "--log-level", value: logLevel } }),
  };
}

/**
 * Creates what reads and changes the settings of a project while it is served.
 * @param onChanged called after each change, once it is in force.
 */
export function createServedSettings(
  { runtime, project, settings, flags, log }: Served,
  onChanged: () => void,
): Settings {
  const settingsLog = log.of("settings");
  return createProjectSettings({
    sources: () => configSources(runtime, projectOptions(project)),
    flags,
    started: project.config.server,
    inUse: settings.current,
    use(next, changed) {
      settings.use(next);
      settingsLog.info(`the settings were changed: ${changed.join(", ")}`);
      onChanged();
    },
  });
}
