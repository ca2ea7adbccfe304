import type { Store } from "../domain/store.ts";
import type { Log } from "../lib/log.ts";
import type { Project } from "../project/project.ts";
import type { Runtime } from "../project/runtime.ts";

/** Everything that a server works with: one project, whose store is open and whose data directory is locked. */
export interface Served {
  runtime: Runtime;
  project: Project;
  store: Store;
  log: Log;
  /** Whether the code of the project's own pipelines may be loaded. */
  canLoadCode: boolean;
  /** The pipeline that is shown first, which must exist. */
  shown?: string | null;
}
