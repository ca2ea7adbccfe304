import type { RunOptions, RunSummary } from "../commands/application.ts";
import { createDatasetFactories } from "../datasets/factories.ts";
import { formatVersion } from "../datasets/versions.ts";
import { DataCatalog } from "../engine/catalog.ts";
import type { Pipeline } from "../engine/pipeline.ts";
import { SequentialRunner } from "../engine/sequential-runner.ts";
import { messageOf, UsageError } from "../lib/errors.ts";
import type { Store } from "../storage/store.ts";
import { createTraining } from "../training/training.ts";
import { startBackend } from "./backend.ts";
import { eventHooks, reporterHooks } from "./event-hooks.ts";
import { mnistFiles } from "./mnist.ts";
import { builtinModel } from "./model-sources.ts";
import { type ProjectPipelines, pipelineNamed, projectPipelines } from "./pipelines.ts";
import { loadProject, openProjectStore, type Project } from "./project.ts";
import { registerCandidate } from "./register-candidate.ts";
import { beginRun, endRun, failRun } from "./run-record.ts";
import { type Runtime, trainingThreads } from "./runtime.ts";

/**
 * `tegaki run`: the same for a person and for the scheduler's child process. It records the run, follows it in
 * the store, and registers the model that it makes.
 *
 * @param signal aborts the run: it is then recorded as cancelled.
 */
export async function runPipeline(
  runtime: Runtime,
  options: RunOptions,
  signal: AbortSignal,
): Promise<RunSummary> {
  const started = performance.now();
  const project = await loadProject(runtime, options);
  await checkSlice(project, options);
  const store = await openProjectStore(runtime, project);
  try {
    const runVersion = formatVersion(runtime.clock.now());
    const threads = trainingThreads();
    const run = await beginRun(store, runtime, project, {
      id: options.runId ?? Bun.randomUUIDv7(),
      pipeline: options.pipeline,
      params: options.params,
      command: options.commandLine,
      threads,
    });
    try {
      const made = await runNodes({
        runtime,
        project,
        store,
        options,
        runId: run.id,
        runVersion,
        threads,
        signal,
      });
      const registered = await registerCandidate({
        runtime,
        project,
        store,
        runId: run.id,
        runVersion,
        threads,
        ...made,
      });
      await endRun(store, runtime, run.id, registered);
      return {
        run_id: run.id,
        pipeline: options.pipeline,
        status: "done",
        seconds: (performance.now() - started) / 1000,
        metrics: registered.metrics,
        model_version: registered.modelVersion,
        promoted: registered.isPromoted,
      };
    } catch (error) {
      await failRun(store, runtime, run.id, error, signal.aborted);
      throw error;
    }
  } finally {
    await store.close();
  }
}

interface NodesToRun {
  runtime: Runtime;
  project: Project;
  store: Store;
  options: RunOptions;
  runId: string;
  runVersion: string;
  threads: number;
  signal: AbortSignal;
}

async function runNodes(args: NodesToRun): Promise<{ pipeline: Pipeline; catalog: DataCatalog }> {
  const { runtime, project, store, options, runId, threads, signal } = args;
  const { parameters, server } = project.config;
  const backend = await startBackend(runtime, threads);
  try {
    const training = createTraining(backend);
    const pipeline = slice(await projectPipelines({ ...sourcesOf(project, options), training }), options);
    const allParameters = { ...parameters, gate: server.gate };
    const catalog = new DataCatalog({
      config: project.config.catalog,
      factories: createDatasetFactories({
        projectDir: project.dir,
        dataDir: project.dataDir,
        store,
        classes: parameters.classes,
        builtinMnist: () => mnistFiles(runtime.embedded),
        builtinModel: () => builtinModel(runtime.embedded),
        runVersion: args.runVersion,
      }),
      parameters: allParameters,
    });
    await new SequentialRunner().run({
      pipeline,
      catalog,
      hooks: [eventHooks(store, runId, runtime.clock), reporterHooks(options.onProgress)],
      runParams: {
        runId,
        pipeline: options.pipeline,
        env: project.env,
        parameters: allParameters,
        seed: parameters.seed,
      },
      signal,
    });
    return { pipeline, catalog };
  } finally {
    backend.dispose();
  }
}

type Slice = Pick<
  RunOptions,
  "pipeline" | "nodes" | "fromNodes" | "toNodes" | "fromInputs" | "toOutputs" | "tags"
>;

/** Before anything is recorded or loaded. @throws UsageError for a pipeline, node, dataset or tag that does not exist. */
async function checkSlice(project: Project, options: RunOptions): Promise<void> {
  const all = await projectPipelines(sourcesOf(project, options));
  try {
    slice(all, options);
  } catch (error) {
    throw new UsageError(messageOf(error), { cause: error });
  }
}

function sourcesOf({ dir }: Project, { canLoadCode = true, pipeline }: RunOptions) {
  return { projectDir: dir, canLoadCode, wanted: pipeline };
}

/** The pipeline that was asked for, or the part of it. */
function slice(all: ProjectPipelines, options: Slice): Pipeline {
  const { nodes: nodeNames, fromNodes, toNodes, fromInputs, toOutputs, tags } = options;
  return pipelineNamed(all, options.pipeline).filter({
    nodeNames,
    fromNodes,
    toNodes,
    fromInputs,
    toOutputs,
    tags,
  });
}
