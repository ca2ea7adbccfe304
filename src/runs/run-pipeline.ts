import { formatVersion } from "../datasets/files/versions.ts";
import { encodeMetrics, NO_METRICS } from "../domain/metrics.ts";
import type { Store } from "../domain/store.ts";
import { missingParameters } from "../engine/pipeline/loose-ends.ts";
import type { Node } from "../engine/pipeline/node.ts";
import type { Pipeline } from "../engine/pipeline/pipeline.ts";
import { callHooks } from "../engine/run/call-hooks.ts";
import type { Hooks, RunParams } from "../engine/run/hooks.ts";
import { ParallelRunner } from "../engine/run/parallel-runner.ts";
import type { Runner } from "../engine/run/runner.ts";
import { SequentialRunner } from "../engine/run/sequential-runner.ts";
import { UsageError } from "../lib/errors.ts";
import { appendLabels } from "../project/appended-labels.ts";
import { startBackend } from "../project/backend.ts";
import { catalogProblems } from "../project/check-catalog.ts";
import { ensureBaseModel } from "../project/model-sources.ts";
import { runParameters } from "../project/parameters.ts";
import { loadProject, openProjectStore, type Project } from "../project/project.ts";
import { projectPipelines, sourcesOf } from "../project/project-pipelines.ts";
import { type Runtime, trainingThreads } from "../project/runtime.ts";
import { createTraining } from "../training/create-training.ts";
import { trainingCaches } from "./caches/open-caches.ts";
import { liveModel, modelProblems, throwProblems } from "./check-model.ts";
import { drawingsProblem, lackingOf, unreadProblems } from "./check-run.ts";
import { eventHooks, reporterHooks } from "./event-hooks.ts";
import { dataVersionHooks } from "./lineage/data-version-hooks.ts";
import { nodeDefinitions } from "./node-definitions.ts";
import { nodeRecordHooks } from "./node-record-hooks.ts";
import { registrationHooks } from "./register-candidate.ts";
import type { Registered } from "./registered.ts";
import { type ResumedRun, readRunToResume, resumeOptions } from "./resumed-run.ts";
import { RunFailures } from "./run-failures.ts";
import type { RunOptions } from "./run-options.ts";
import { planRun, type RunPlan } from "./run-plan.ts";
import { beginRun, paramsOf, runRecordHooks } from "./run-record.ts";
import type { RunSummary } from "./run-summary.ts";
import { reportPath } from "./saved-results.ts";
import { screeningHooks } from "./screening-hooks.ts";
import { slicedPipeline, sliceRecord } from "./slice.ts";

/**
 * Executes `tegaki run`, for a person and for the scheduler's child process alike. Everything besides running nodes is
 * done by hooks: recording the run, storing its events, and registering its model.
 *
 * @param signal aborts the run, which is then recorded as cancelled.
 */
export async function runPipeline(
  runtime: Runtime,
  given: RunOptions,
  signal: AbortSignal,
): Promise<RunSummary> {
  const startedMs = performance.now();
  const resumed = given.resume === undefined ? null : await readRunToResume(runtime, given.resume, given);
  const options = resumed === null ? given : resumeOptions(resumed, given);
  const project = await loadProject(runtime, options, options.onProgress.warn);
  // Before anything is recorded: what cannot work is a usage error.
  const { pipeline, warnings } = await slicedPipeline(project, options);
  const problems = [
    ...missingParameters(pipeline.nodes, runParameters(project)),
    ...catalogProblems(project, pipeline.datasets()),
  ];
  if (problems.length > 0) throw new UsageError(problems.join("\n"));
  const isNew = resumed === null;
  await refuseInputs(
    project,
    { ...options, params: isNew ? options.params : given.params },
    pipeline.nodes,
    isNew,
  );
  for (const warning of warnings) options.onProgress.warn(warning);
  const store = await openProjectStore(runtime, project);
  try {
    await ensureBaseModel(runtime, store, project.config.parameters.classes);
    throwProblems(modelProblems(project.config, pipeline.nodes, await liveModel(runtime, project, store)));
    const noDrawings = resumed === null ? await drawingsProblem(project.config, pipeline.nodes, store) : null;
    if (noDrawings !== null) throw new UsageError(noDrawings.message, { says: noDrawings.says });
    const run = new PipelineRun({ runtime, project, store, options, pipeline, resumed, signal });
    const { registered, skipped } = await run.run();
    return {
      run_id: run.id,
      pipeline: options.pipeline,
      status: "done",
      seconds: (performance.now() - startedMs) / 1000,
      skipped,
      metrics: encodeMetrics(registered.metrics),
      model_version: registered.modelVersion,
      promoted: registered.isPromoted,
      report: await reportPath(project, store, run.id),
    };
  } finally {
    await store.close();
  }
}

/**
 * @param options with the given parameters: those that a resumed run was started with have been checked.
 * @param isNew   whether it resumes no other run, whose outputs it would read.
 * @throws UsageError naming each parameter that no node reads, and what the nodes lack to be run on their own.
 */
async function refuseInputs(
  project: Project,
  options: RunOptions,
  nodes: readonly Node[],
  isNew: boolean,
): Promise<void> {
  const run = { pipeline: options.pipeline, nodes, isPart: Object.keys(sliceRecord(options)).length > 0 };
  const unread = unreadProblems(run, paramsOf(options.params), project.config);
  // Nodes whose outputs exist are skipped, and then need no inputs.
  const isWhole = isNew && options.onlyMissingOutputs !== true;
  const { canLoadCode = true, pipeline: wanted } = options;
  const all = isWhole ? await projectPipelines({ ...sourcesOf(project), canLoadCode, wanted }) : null;
  const lacking = all === null ? null : lackingOf(run, project.config, all.pipelines);
  const problems = [
    ...unread.map(({ name, message }) => `--params ${name}: ${message}`),
    ...(lacking === null ? [] : [lacking.message]),
  ];
  if (problems.length > 0) throw new UsageError(problems.join("\n"));
}

interface RunToDo {
  runtime: Runtime;
  project: Project;
  store: Store;
  options: RunOptions;
  /** For planning only: its nodes cannot train. */
  pipeline: Pipeline;
  resumed: ResumedRun | null;
  signal: AbortSignal;
}

/** One run, from the start of its record to its end. */
class PipelineRun {
  readonly id: string;
  readonly #todo: RunToDo;
  readonly #threads = trainingThreads();
  readonly #version: string;
  #registered: Registered = { metrics: NO_METRICS, modelVersion: null, isPromoted: false };

  constructor(todo: RunToDo) {
    this.#todo = todo;
    this.id = todo.options.runId ?? Bun.randomUUIDv7();
    this.#version = formatVersion(todo.runtime.clock.now());
  }

  async run(): Promise<{ registered: Registered; skipped: RunSummary["skipped"] }> {
    const { project, options } = this.#todo;
    const definitionOf = nodeDefinitions(project, options);
    const failures = await RunFailures.create({ project, definitionOf });
    const record = await this.#begin(failures);
    const runParams = this.#runParams();
    let hasRunner = false;
    try {
      await this.#appendLabels();
      const plan = await planRun({ ...this.#todo, runVersion: this.#version });
      const skipped: RunSummary["skipped"] = [];
      const on_node_skipped: Hooks["on_node_skipped"] = ({ node, reason }) =>
        void skipped.push({ node, reason });
      const hooks = [...this.#hooks(plan, failures), { on_node_skipped }, record];
      await callHooks(hooks, "after_context_created", runParams);
      await callHooks(hooks, "after_catalog_created", { catalog: plan.catalog });
      await this.#withNodes(plan, (pipeline) => {
        hasRunner = true;
        return this.#runner().run({ ...this.#todo, ...plan, ...this.#flags(), pipeline, hooks, runParams });
      });
      return { registered: this.#registered, skipped };
    } catch (error) {
      // The runner calls the hooks for its own errors; an error before it must be recorded as well.
      if (!hasRunner) await callHooks([record], "on_pipeline_error", { error, runParams });
      throw error;
    }
  }

  /** After the record has begun: labels that arrive from now on count as new, whether the file has them or not. */
  async #appendLabels(): Promise<void> {
    const { project, store, pipeline } = this.#todo;
    const { append_to } = project.config.server.samples;
    if (append_to !== null && pipeline.datasets().includes(append_to)) await appendLabels(project, store);
  }

  /** @returns the hooks that end the record. */
  async #begin(failures: RunFailures): Promise<Hooks> {
    const { runtime, project, store, options, resumed, signal } = this.#todo;
    const details = {
      env: project.env,
      slice: sliceRecord(options),
      parameters: runParameters(project),
      runner: options.runner ?? "SequentialRunner",
      dataVersion: this.#version,
      resumedFrom: resumed?.run.id ?? null,
      causes: [],
    };
    await beginRun(store, runtime, project, {
      id: this.id,
      pipeline: options.pipeline,
      params: options.params,
      command: options.commandLine,
      threads: this.#threads,
      lastSampleId: resumed?.run.lastSampleId,
      details,
    });
    const registered = () => this.#registered;
    const isOfServer = options.runId !== undefined;
    return runRecordHooks({
      ...{ store, runtime, runId: this.id, details, signal, failures, registered },
      isOfServer,
    });
  }

  /** The order matters: a hook uses the results of those before it. */
  #hooks(plan: RunPlan, failures: RunFailures): Hooks[] {
    const { runtime, store, options, pipeline, resumed, signal } = this.#todo;
    const { clock } = runtime;
    const run = { ...this.#todo, ...plan, pipeline, runId: this.id, runVersion: this.#version };
    return [
      plan.fingerprints.hooks,
      plan.cached.hooks(),
      nodeRecordHooks({ ...plan, store, runId: this.id, clock, failures, saved: resumed?.nodes }),
      eventHooks(store, this.id, clock, signal, failures),
      reporterHooks(options.onProgress, signal, failures, plan.reasonToRun),
      screeningHooks(store, this.id),
      registrationHooks({ ...run, threads: this.#threads }, (registered) => {
        this.#registered = registered;
      }),
      dataVersionHooks({
        ...{ store, runId: this.id, pipeline, skips: plan.skips },
        parameters: runParameters(this.#todo.project),
        resumedRunId: resumed?.run.id ?? null,
        registered: () => this.#registered,
      }),
    ];
  }

  /** Passes nodes that can train. The tensor backend only starts when there is a node to run. */
  async #withNodes(plan: RunPlan, use: (pipeline: Pipeline) => Promise<unknown>): Promise<void> {
    const { runtime, project, options, pipeline } = this.#todo;
    if (pipeline.nodes.every(({ name }) => plan.skips.has(name))) {
      await use(pipeline);
      return;
    }
    const caches = await trainingCaches(runtime, project, this.id, this.#todo.resumed?.run.id ?? null);
    const backend = await startBackend(runtime, this.#threads);
    try {
      await use(
        (await slicedPipeline(project, options, createTraining(backend, caches, runtime.augmentWorkerUrl)))
          .pipeline,
      );
    } finally {
      backend.dispose();
    }
  }

  #runner(): Runner {
    const { runner = "SequentialRunner", maxWorkers } = this.#todo.options;
    return runner === "SequentialRunner" ? new SequentialRunner() : new ParallelRunner({ maxWorkers });
  }

  #flags() {
    return { continueOnError: this.#todo.options.continueOnError };
  }

  #runParams(): RunParams {
    const { project, options } = this.#todo;
    return {
      runId: this.id,
      pipeline: options.pipeline,
      env: project.env,
      parameters: runParameters(project),
      seed: project.config.parameters.seed,
    };
  }
}
