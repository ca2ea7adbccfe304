import type { ImageFiles } from "../../datasets/images/read-images.ts";
import type { Deployment } from "../../domain/deployment.ts";
import { encodeMetrics } from "../../domain/metrics.ts";
import type { Model } from "../../domain/model.ts";
import type { ModelArtifacts } from "../../domain/model-artifacts.ts";
import { NotFoundError } from "../../lib/errors.ts";
import type { StoredModelRegistry } from "../../model-registry/stored-registry.ts";
import { modelReader, openRegistry } from "../../project/model-sources.ts";
import type { ProjectOptions } from "../../project/project.ts";
import { loadProject, openProjectStore } from "../../project/project.ts";
import type { Runtime } from "../../project/runtime.ts";
import type { EvaluationSummary } from "./evaluate-file.ts";

/** A version as `--json` prints it. */
export interface ModelSummary extends Omit<Model, "metrics"> {
  aliases: string[];
  metrics: Record<string, unknown>;
}

function summaryOf(model: Model & { aliases: string[] }): ModelSummary {
  return { ...model, metrics: encodeMetrics(model.metrics) };
}

/** The operations of `tegaki model`. */
export interface ModelCommands {
  list(options: ProjectOptions): Promise<ModelSummary[]>;
  show(options: ProjectOptions & { version: number }): Promise<ModelSummary>;
  promote(options: ProjectOptions & { version: number; isForced: boolean }): Promise<Deployment>;
  rollback(options: ProjectOptions): Promise<Deployment>;
  evaluate(
    options: ProjectOptions &
      ImageFiles & { model?: string; unknown?: string; onProgress(done: number, total: number): void },
  ): Promise<EvaluationSummary>;
}

/**
 * Creates `tegaki model`: versions and the champion. A running server follows an alias that is moved here.
 * tfjs is loaded only by the operations that compute.
 */
export function modelCommands(runtime: Runtime): ModelCommands {
  async function withRegistry<T>(
    options: ProjectOptions,
    use: (registry: StoredModelRegistry) => Promise<T>,
  ): Promise<T> {
    const project = await loadProject(runtime, options);
    const store = await openProjectStore(runtime, project);
    try {
      const check = async (artifacts: ModelArtifacts) => {
        const { checkModel } = await import("../../project/backend.ts");
        await checkModel(runtime, artifacts);
      };
      const { classes } = project.config.parameters;
      return await use(await openRegistry(runtime, store, modelReader(runtime, project), classes, check));
    } finally {
      await store.close();
    }
  }

  return {
    list: (options) => withRegistry(options, async (registry) => (await registry.list()).map(summaryOf)),
    show: (options) =>
      withRegistry(options, async (registry) => {
        const model = await registry.get(options.version);
        if (model === null) throw new NotFoundError(`There is no model version ${options.version}`);
        return summaryOf(model);
      }),
    promote: (options) =>
      withRegistry(options, (registry) =>
        registry.promote(options.version, {
          by: "cli",
          reason: "requested on the command line",
          isForced: options.isForced,
        }),
      ),
    rollback: (options) =>
      withRegistry(options, (registry) =>
        registry.rollback({ by: "cli", reason: "requested on the command line" }),
      ),
    async evaluate(options) {
      const { evaluateFile } = await import("./evaluate-file.ts");
      return evaluateFile(runtime, options);
    },
  };
}
