import type { ModelArtifacts } from "../../domain/model-artifacts.ts";
import type { Store } from "../../domain/store.ts";
import { modelReader, openRegistry } from "../../project/model-sources.ts";
import type { Project } from "../../project/project.ts";
import type { Runtime } from "../../project/runtime.ts";
import type { SchedulerDeps } from "../../scheduler/deps.ts";
import { approvedPromotion } from "../../server/approved-promotion.ts";

/** Promotes an approved version as `tegaki model promote` does: loaded and checked first. tfjs is loaded only then. */
export function approvedPromotionOf(
  runtime: Runtime,
  store: Store,
  project: Project,
): SchedulerDeps["promote"] {
  return async (version, by) => {
    const check = async (artifacts: ModelArtifacts) => {
      const { checkModel } = await import("../../project/backend.ts");
      await checkModel(runtime, artifacts);
    };
    const { classes } = project.config.parameters;
    const registry = await openRegistry(runtime, store, modelReader(runtime, project), classes, check);
    return approvedPromotion(registry)(version, by);
  };
}
