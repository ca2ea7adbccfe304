import { COMMAND_LINE } from "../../domain/actor.ts";
import type { ForgetPlan, ForgetResult, Whose } from "../../domain/lineage/forgetting.ts";
import type { SampleUse, TrainedModel } from "../../domain/lineage/lineage-store.ts";
import type { SampleChange } from "../../domain/lineage/sample-change.ts";
import type { Sample } from "../../domain/sample.ts";
import type { Store } from "../../domain/store.ts";
import { NotFoundError } from "../../lib/errors.ts";
import { createForgetter } from "../../project/forgetting/forgetter.ts";
import {
  hasStore,
  loadProject,
  openProjectStore,
  type Project,
  type ProjectOptions,
} from "../../project/project.ts";
import type { Runtime } from "../../project/runtime.ts";

/** Number of changes, runs and models that are shown of one drawing. */
const SHOWN = 200;

/** Where a drawing comes from and what has used it; the newest first, at most `SHOWN` of each. */
export interface SampleLineage {
  id: string;
  /** Without its ink; null when it is deleted. */
  sample: Omit<Sample, "drawing" | "pixels"> | null;
  changes: SampleChange[];
  runs: SampleUse[];
  models: TrainedModel[];
}

/** The operations of `tegaki samples lineage` and `tegaki samples forget`. */
export interface LineageCommands {
  lineage(options: ProjectOptions & { id: string }): Promise<SampleLineage>;
  previewForget(options: ProjectOptions & { whose: Whose }): Promise<ForgetPlan>;
  forget(options: ProjectOptions & { whose: Whose }): Promise<ForgetResult>;
}

/** Creates the operations on the lineage of drawings. */
export function lineageCommands(runtime: Runtime): LineageCommands {
  async function withStore<T>(
    options: ProjectOptions,
    use: (store: Store, project: Project) => Promise<T>,
  ): Promise<T> {
    const project = await loadProject(runtime, options);
    if (!(await hasStore(project))) throw new NotFoundError(`There are no drawings in ${project.dir}`);
    const store = await openProjectStore(runtime, project);
    try {
      return await use(store, project);
    } finally {
      await store.close();
    }
  }

  const forgetterOf = async (store: Store, project: Project) => {
    const { isRunning } = await import("../../runs/run-record.ts");
    const { copiesSince } = await import("../../backup/records.ts");
    return createForgetter({
      ...{ place: project, store, open: async () => store, isRunning },
      copiesSince: (since) => copiesSince(project.dir, since),
    });
  };

  return {
    lineage: ({ id, ...options }) =>
      withStore(options, ({ samples, lineage }) => lineageOf(id, { samples, lineage })),
    previewForget: ({ whose, ...options }) =>
      withStore(options, async (store, project) => (await forgetterOf(store, project)).preview(whose)),
    forget: ({ whose, ...options }) =>
      withStore(options, async (store, project) =>
        (await forgetterOf(store, project)).forget(whose, COMMAND_LINE),
      ),
  };
}

async function lineageOf(
  id: string,
  { samples, lineage }: Pick<Store, "samples" | "lineage">,
): Promise<SampleLineage> {
  const page = { limit: SHOWN };
  const [stored, { changes }, { uses }, { models }] = await Promise.all([
    samples.get(id),
    lineage.history(id, page),
    lineage.runsOf(id, page),
    lineage.modelsOf(id, page),
  ]);
  if (stored === null && changes.length === 0 && uses.length === 0)
    throw new NotFoundError(`There is no sample ${id.slice(0, 100)}`);
  return { id, sample: stored && withoutInk(stored), changes, runs: uses, models };
}

function withoutInk({ drawing: _, pixels: __, ...sample }: Sample): SampleLineage["sample"] {
  return sample;
}
