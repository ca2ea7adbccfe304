import { loadConfig } from "../../src/config/load.ts";
import type { ServerConfig } from "../../src/config/schema.ts";
import type { SettingFlags } from "../../src/config/settings/locks.ts";
import { createProjectSettings } from "../../src/config/settings/project-settings.ts";
import type { SettingKey } from "../../src/domain/settings/fields.ts";
import type { Settings } from "../../src/domain/settings/settings.ts";
import { createLiveSettings, type LiveSettings } from "../../src/server/settings/live-settings.ts";
import { BASE } from "./base-config.ts";

/** The real settings of a project, as its server has them. */
export interface ProjectSettings {
  settings: Settings;
  live: LiveSettings;
  started: ServerConfig;
  /** The keys of each change. */
  changes: (readonly SettingKey[])[];
}

/** Loads a project that may not exist, and its settings. */
export async function projectSettings({
  dir,
  env,
  environ = {},
  flags = {},
}: {
  dir: string;
  env?: string;
  environ?: Record<string, string>;
  flags?: SettingFlags;
}): Promise<ProjectSettings> {
  const sources = { base: BASE, dir, environ, ...(env === undefined ? {} : { env }) };
  const { server: started } = await loadConfig(sources);
  const live = createLiveSettings(started);
  const changes: (readonly SettingKey[])[] = [];
  const settings = createProjectSettings({
    sources: async () => sources,
    ...{ flags, started, inUse: live.current },
    use(next, changed) {
      live.use(next);
      changes.push(changed);
    },
  });
  return { settings, live, started, changes };
}
