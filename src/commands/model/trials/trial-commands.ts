import { COMMAND_LINE } from "../../../domain/actor.ts";
import type { Store } from "../../../domain/store.ts";
import type { ReplayResult } from "../../../domain/trials/replay.ts";
import type { Trial } from "../../../domain/trials/trial.ts";
import { ensureBaseModel } from "../../../project/model-sources.ts";
import {
  loadProject,
  openProjectStore,
  type Project,
  type ProjectOptions,
} from "../../../project/project.ts";
import type { Runtime } from "../../../project/runtime.ts";
import { startTrial, stopTrial } from "../../../trials/start-trial.ts";
import { trialRules } from "../../../trials/trial-rules.ts";

/** The operations of `tegaki model` on trials. */
export interface TrialCommands {
  /** Newest first. */
  list(options: ProjectOptions): Promise<Trial[]>;
  start(options: ProjectOptions & { version: number }): Promise<Trial>;
  stop(options: ProjectOptions & { id: number }): Promise<Trial>;
  replay(options: ProjectOptions & { version: number; last: number }): Promise<ReplayResult>;
}

/** Creates the operations. A running server takes up a trial that is started or stopped here. */
export function trialCommands(runtime: Runtime): TrialCommands {
  async function withStore<T>(
    options: ProjectOptions,
    use: (store: Store, project: Project) => Promise<T>,
  ): Promise<T> {
    const project = await loadProject(runtime, options);
    const store = await openProjectStore(runtime, project);
    try {
      await ensureBaseModel(runtime, store, project.config.parameters.classes);
      return await use(store, project);
    } finally {
      await store.close();
    }
  }

  return {
    list: (options) => withStore(options, (store) => store.trials.list()),
    start: ({ version, ...options }) =>
      withStore(options, (store, { config }) =>
        startTrial(store, {
          ...{ version, actor: COMMAND_LINE, reason: "requested on the command line" },
          rules: trialRules(config.server.trial),
        }),
      ),
    stop: ({ id, ...options }) => withStore(options, (store) => stopTrial(store, id, COMMAND_LINE)),
    replay: ({ version, last, ...options }) =>
      withStore(options, async (store, project) => {
        const { replayVersion } = await import("../../../project/replay.ts");
        return replayVersion(runtime, project, store, { version, last });
      }),
  };
}
