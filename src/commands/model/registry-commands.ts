import { join, resolve } from "node:path";
import { writeFileAtomic } from "../../datasets/files/atomic.ts";
import type { ImageFiles } from "../../datasets/images/read-images.ts";
import { COMMAND_LINE } from "../../domain/actor.ts";
import { requireOwnAlias } from "../../domain/aliases.ts";
import type { Deployment, DeploymentPeriod } from "../../domain/deployment.ts";
import { encodeMetrics } from "../../domain/metrics.ts";
import type { NamedModel } from "../../domain/model.ts";
import type { ModelArtifacts } from "../../domain/model-artifacts.ts";
import type { Store } from "../../domain/store.ts";
import { NotFoundError, UsageError } from "../../lib/errors.ts";
import type { Period } from "../../lib/period.ts";
import type { ModelDiff } from "../../model-registry/diff/model-diff.ts";
import type { ModelFiles } from "../../model-registry/model-files.ts";
import type { PrunedVersion } from "../../model-registry/removal.ts";
import type { StoredModelRegistry } from "../../model-registry/stored-registry.ts";
import { modelReader, openRegistry } from "../../project/model-sources.ts";
import { createModelFiles } from "../../project/models/create-model-files.ts";
import { findVersion } from "../../project/models/model-diff.ts";
import { registeredFiles } from "../../project/models/registered-files.ts";
import type { Project, ProjectOptions } from "../../project/project.ts";
import { loadProject, openProjectStore } from "../../project/project.ts";
import type { Runtime } from "../../project/runtime.ts";
import type { EvaluationSummary } from "./evaluate-file.ts";

/** A version as `--json` prints it. */
export interface ModelSummary extends Omit<NamedModel, "metrics"> {
  metrics: Record<string, unknown>;
}

/** The operations of `tegaki model`. A `model` is a version or an alias. */
export interface ModelCommands {
  list(options: ProjectOptions): Promise<ModelSummary[]>;
  show(options: ProjectOptions & { version: number }): Promise<ModelSummary>;
  promote(options: ProjectOptions & { version: number; isForced: boolean }): Promise<Deployment>;
  rollback(options: ProjectOptions): Promise<Deployment>;
  /** Newest first. @param options.during only those in force at some time in it. */
  deployments(options: ProjectOptions & { limit: number; during?: Period }): Promise<DeploymentPeriod[]>;
  aliases(options: ProjectOptions): Promise<Record<string, number>>;
  /** @param options.model null removes the alias. @returns all aliases. */
  setAlias(
    options: ProjectOptions & { alias: string; model: string | null },
  ): Promise<Record<string, number>>;
  /** Changes tags and note; a null removes. */
  annotate(
    options: ProjectOptions & {
      model: string;
      note?: string | null;
      tags?: Record<string, string | null>;
    },
  ): Promise<ModelSummary>;
  diff(options: ProjectOptions & { a: string; b: string }): Promise<ModelDiff>;
  delete(options: ProjectOptions & { version: number }): Promise<ModelSummary>;
  /** @param options.file the path to write; by default a name of the version in the working directory. */
  export(
    options: ProjectOptions & { model: string; file?: string; isReplacing: boolean },
  ): Promise<{ file: string; bytes: number }>;
  /** @param options.file a zip archive or a folder. */
  import(options: ProjectOptions & { file: string }): Promise<ModelSummary>;
  prune(options: ProjectOptions & { isDryRun: boolean }): Promise<PrunedVersion[]>;
  evaluate(
    options: ProjectOptions &
      ImageFiles & { model?: string; unknown?: string; onProgress(done: number, total: number): void },
  ): Promise<EvaluationSummary>;
}

const BY = { by: "cli", actor: COMMAND_LINE, reason: "requested on the command line" };

interface Opened {
  project: Project;
  store: Store;
  registry: StoredModelRegistry;
  files: ModelFiles;
}

/**
 * Creates `tegaki model`: versions, their aliases and files. A running server follows an alias that is moved here.
 * tfjs is loaded only by the operations that compute.
 */
export function modelCommands(runtime: Runtime): ModelCommands {
  async function inRegistry<T>(options: ProjectOptions, use: (opened: Opened) => Promise<T>): Promise<T> {
    const project = await loadProject(runtime, options);
    const store = await openProjectStore(runtime, project);
    try {
      const check = async (artifacts: ModelArtifacts) => {
        const { checkModel } = await import("../../project/backend.ts");
        await checkModel(runtime, artifacts);
      };
      const { classes } = project.config.parameters;
      const { exists } = registeredFiles(project);
      const reader = modelReader(runtime, project);
      const registry = await openRegistry(runtime, store, reader, classes, check, exists);
      return await use({
        project,
        store,
        registry,
        files: createModelFiles(runtime, project, store, registry),
      });
    } finally {
      await store.close();
    }
  }

  return {
    list: (options) => inRegistry(options, async ({ registry }) => (await registry.list()).map(summaryOf)),
    show: (options) => inRegistry(options, ({ registry }) => summary(registry, options.version)),
    promote: (options) =>
      inRegistry(options, ({ registry }) =>
        registry.promote(options.version, { ...BY, isForced: options.isForced }),
      ),
    rollback: (options) => inRegistry(options, ({ registry }) => registry.rollback(BY)),
    deployments: ({ limit, during, ...options }) =>
      inRegistry(options, ({ registry }) =>
        registry.deploymentLog({ limit, ...(during === undefined ? {} : { during }) }),
      ),
    aliases: (options) => inRegistry(options, ({ registry }) => registry.aliases()),
    async setAlias({ alias, model, ...options }) {
      requireOwnAlias(alias);
      return inRegistry(options, async ({ registry, store }) => {
        if (model !== null) await registry.setAlias(alias, (await findVersion(store, model)).version, BY);
        else if ((await registry.removeAlias(alias, BY)) === null) {
          throw new NotFoundError(`There is no model alias "${alias}"`);
        }
        return registry.aliases();
      });
    },
    annotate: ({ model, note, tags, ...options }) =>
      inRegistry(options, async ({ registry, store }) => {
        const { version } = await findVersion(store, model);
        const change = { ...(note === undefined ? {} : { note }), ...(tags === undefined ? {} : { tags }) };
        return summaryOf(await registry.annotate(version, change, BY));
      }),
    diff: ({ a, b, ...options }) => inRegistry(options, ({ files }) => files.diff(a, b)),
    delete: ({ version, ...options }) =>
      inRegistry(options, async ({ files, registry }) => {
        await files.delete(version, BY);
        return summary(registry, version);
      }),
    export: ({ model, file, isReplacing, ...options }) =>
      inRegistry(options, async ({ files, store }) => {
        const { version } = await findVersion(store, model);
        const { name, bytes } = await files.export(version);
        const path = resolve(file ?? join(".", name));
        if (!isReplacing && (await Bun.file(path).exists())) {
          throw new UsageError(`${path} already exists. Use --force to replace it, or give another name`);
        }
        await writeFileAtomic(path, bytes);
        return { file: path, bytes: bytes.length };
      }),
    async import({ file, ...options }) {
      const { importFile } = await import("./import-file.ts");
      return inRegistry(options, async (opened) => summaryOf(await importFile(opened, file, COMMAND_LINE)));
    },
    prune: ({ isDryRun, ...options }) =>
      inRegistry(options, ({ files }) => files.prune({ actor: COMMAND_LINE, isDryRun })),
    async evaluate(options) {
      const { evaluateFile } = await import("./evaluate-file.ts");
      return evaluateFile(runtime, options);
    },
  };
}

function summaryOf(model: NamedModel): ModelSummary {
  return { ...model, metrics: encodeMetrics(model.metrics) };
}

async function summary(registry: StoredModelRegistry, version: number): Promise<ModelSummary> {
  const model = await registry.get(version);
  if (model === null) throw new NotFoundError(`There is no model version ${version}`);
  return summaryOf(model);
}
