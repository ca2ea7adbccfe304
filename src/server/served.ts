import type { SettingFlags } from "../config/settings/locks.ts";
import type { Store } from "../domain/store.ts";
import type { Log } from "../lib/log.ts";
import type { Project } from "../project/project.ts";
import type { Runtime } from "../project/runtime.ts";
import type { LiveSettings } from "./settings/live-settings.ts";

/** Everything that a server works with: one project, whose store is open and whose data directory is locked. */
export interface Served {
  runtime: Runtime;
  project: Project;
  store: Store;
  /** The settings in force, which may change; those of `project` are the ones that the server has started with. */
  settings: LiveSettings;
  flags: SettingFlags;
  log: Log;
  /** Whether the code of the project's own pipelines may be loaded. */
  canLoadCode: boolean;
  /** The pipeline that is shown first, which must exist. */
  shown?: string | null;
}
