import { realpath } from "node:fs/promises";
import { resolve } from "node:path";
import type { Node } from "../engine/pipeline/node.ts";
import { firstLine } from "../lib/first-line.ts";
import { stopSignal } from "../lib/stop-signal.ts";
import { checkPipelines, knownIn, warningsOf } from "../project/check-pipelines.ts";
import { initProject } from "../project/init.ts";
import { loadProject } from "../project/project.ts";
import { projectPipelines, sourcesOf } from "../project/project-pipelines.ts";
import type { Runtime } from "../project/runtime.ts";
import { refreshProjectTypes } from "../project/types-refresh.ts";
import { accessCommands } from "./access/access-commands.ts";
import type { Application } from "./application.ts";
import { backupCommands } from "./backup/backup-commands.ts";
import { catalogCommands } from "./catalog/describe-catalog.ts";
import { modelCommands } from "./model/registry-commands.ts";
import { trialCommands } from "./model/trials/trial-commands.ts";
import { sampleCommands } from "./samples/import-export.ts";
import { lineageCommands } from "./samples/lineage.ts";
import { reviewCommands } from "./samples/review-commands.ts";
import { schedulerCommands } from "./scheduler/scheduler-commands.ts";

/** Reads the parameters that the scheduler passes to a run, see `createSpawner`. */
async function paramsOf(stdin: NodeJS.ReadableStream): Promise<string> {
  return String(JSON.parse(await firstLine(stdin)));
}

/** Creates the operations of the command line. Heavy modules (tensors, HTTP) are loaded only by those that need them. */
export function createApplication(runtime: Runtime): Application {
  return {
    version: runtime.version,
    init: (dir, classes) => initProject(runtime, dir, classes),
    async serve(options) {
      const { serve } = await import("../server/serve.ts");
      await serve(runtime, options);
    },
    async buildViz(options) {
      const { buildViz } = await import("./viz/build-site.ts");
      return buildViz(runtime, options);
    },
    async run(options) {
      if (options.runId === undefined) await refreshProjectTypes(runtime, options.dir);
      const { runPipeline } = await import("../runs/run-pipeline.ts");
      const { watchProcess } = await import("../runs/process-watch.ts");
      // A run of the scheduler ends with the server that started it, because its standard input then ends.
      const stop = stopSignal({ orEndOfInput: options.runId !== undefined });
      const abort = new AbortController();
      stop.received.then(() => abort.abort(new Error("the run was stopped")));
      try {
        const params = options.areParamsOnStdin ? await paramsOf(process.stdin) : options.params;
        const watch = watchProcess(
          await realpath(resolve(options.dir)).catch(() => options.dir),
          runtime.note,
        );
        try {
          return await runPipeline(runtime, { ...options, params }, abort.signal);
        } finally {
          watch.release();
        }
      } finally {
        stop.release();
      }
    },
    async validate(options) {
      await refreshProjectTypes(runtime, options.dir);
      const warnings: string[] = [];
      const project = await loadProject(runtime, options, (warning) => void warnings.push(warning));
      const { liveModelOf, modelProblems } = await import("../runs/check-model.ts");
      const model = await liveModelOf(runtime, project);
      const ofModel = async (nodes: readonly Node[]) =>
        modelProblems(project.config, nodes, model).map(({ name, message }) => `${name}: ${message}`);
      const summary = await checkPipelines(project, ofModel).catch((error: unknown) => {
        for (const warning of warnings) runtime.note(`Warning: ${warning}`);
        throw error;
      });
      return summary;
    },
    async pipelines(options) {
      const project = await loadProject(runtime, options);
      await refreshProjectTypes(runtime, project.dir);
      const all = await projectPipelines({ ...sourcesOf(project), canLoadCode: true });
      for (const one of all.broken) options.onBroken?.(one);
      const known = knownIn(project, all);
      return Object.entries(all.pipelines).map(([name, pipeline]) => ({
        name,
        file: all.files[name] ?? null,
        warnings: warningsOf(pipeline, known),
        nodes: pipeline.nodes.map((node) => ({
          name: node.name,
          inputs: [...node.inputs],
          outputs: [...node.outputs],
          tags: [...node.tags],
        })),
      }));
    },
    catalog: catalogCommands(runtime),
    samples: { ...sampleCommands(runtime), ...lineageCommands(runtime) },
    reviews: reviewCommands(runtime),
    models: modelCommands(runtime),
    trials: trialCommands(runtime),
    scheduler: schedulerCommands(runtime),
    access: accessCommands(runtime),
    backups: backupCommands(runtime),
    async doctor(options) {
      const { examine } = await import("./doctor/doctor.ts");
      return examine({ runtime, verify: backupCommands(runtime).verify }, options);
    },
  };
}
