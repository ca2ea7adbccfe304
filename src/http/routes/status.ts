import type { LearningStatusProps, RunningProps } from "../../../views/fragments/learning-status.tsx";
import { DEFAULT_PIPELINE, LEARNING_PIPELINES } from "../../domain/pipeline-names.ts";
import type { Run } from "../../domain/runs/run.ts";
import { hasEnded } from "../../domain/runs/run.ts";
import type { AppDeps } from "../deps.ts";
import { failuresOf } from "./failures.ts";
import { newestNews } from "./news.ts";
import { addEvent, emptyStory, type RunStory } from "./run-story.ts";

/** The props of the learning strip. */
export type Status = Omit<LearningStatusProps, "text">;
type StatusDeps = Pick<
  AppDeps,
  "store" | "scheduler" | "registry" | "predictor" | "classes" | "isMachineBusy"
>;

/** The kinds of news that are about the last training run. */
const OF_RUN: readonly string[] = ["refused", "held", "passed", "failed"];
/** Number of runs searched for the newest news. */
const RECENT_RUNS = 5;
/** The progress of training, 0..1, after which the new model is being evaluated. */
const LAST_STEP = 1;

/** The current state of the learning strip on the Draw page. */
export async function learningStatus(deps: StatusDeps, stories: StoryBook): Promise<Status> {
  const [scheduler, recent, deployments] = await Promise.all([
    deps.scheduler.status(),
    deps.store.runs.list({ limit: RECENT_RUNS }),
    deps.registry.deployments(1),
  ]);
  const running = recent.runs.find((run) => run.status === "running") ?? null;
  const ended = await lastTraining(deps.store.runs, recent.runs);
  const versions = [deployments[0]?.version ?? null, ended?.modelVersion ?? null];
  const models = await Promise.all(
    versions.map(async (version) => (version === null ? null : deps.registry.get(version))),
  );
  const byVersion = new Map(
    models.filter((model) => model !== null).map((model) => [model.version, model] as const),
  );
  const failure = ended === null ? undefined : (await failuresOf(deps.store.runs, [ended])).get(ended.id);
  const news = newestNews(deployments[0] ?? null, ended, byVersion, failure);
  return {
    newSamples: scheduler.newSamples,
    threshold: scheduler.threshold,
    isPaused: scheduler.isPaused,
    notBefore: scheduler.notBefore,
    isHeld: scheduler.isHeld,
    firstModel: scheduler.firstModel,
    liveVersion: deps.predictor.current()?.version ?? null,
    unknown: unknownTo(deps.predictor.current(), deps.classes),
    running:
      running === null ? null : runningProps(running, await stories.of(running.id), deps.isMachineBusy()),
    news,
    newsRunId: news !== null && OF_RUN.includes(news.kind) ? (ended?.id ?? null) : null,
  };
}

/**
 * The newest training that has ended: one that was cancelled or refused before it began is no news, nor is a failure
 * of another pipeline or of a part of one.
 */
async function lastTraining(store: AppDeps["store"]["runs"], newest: readonly Run[]): Promise<Run | null> {
  for (const run of newest) {
    if (!hasEnded(run) || run.status === "cancelled") continue;
    const pipelines =
      run.status === "failed" ? LEARNING_PIPELINES : [...LEARNING_PIPELINES, DEFAULT_PIPELINE];
    if (!pipelines.some((name) => name === run.pipeline)) continue;
    if (run.status !== "failed" || (await hasBegun(store, run.id))) return run;
  }
  return null;
}

/** Whether the whole pipeline of a run began: its nodes are recorded from the first one on. */
async function hasBegun(store: AppDeps["store"]["runs"], id: string): Promise<boolean> {
  const [details, nodes] = await Promise.all([store.details(id), store.nodes(id)]);
  return details !== null && Object.keys(details.slice).length === 0 && nodes.length > 0;
}

/** The classes without an output in the model; empty when there is no model. */
function unknownTo(model: { classes: readonly string[] } | null, classes: readonly string[]): string[] {
  return model === null ? [] : classes.filter((name) => !model.classes.includes(name));
}

function runningProps(run: Run, { training }: RunStory, isSlowed: boolean): RunningProps {
  const phase = training === null ? "preparing" : training.progress >= LAST_STEP ? "evaluating" : "training";
  return {
    runId: run.id,
    pipeline: run.pipeline,
    phase,
    progress: training?.progress ?? null,
    epoch: training?.epoch ?? null,
    epochs: training?.epochs ?? null,
    loss: training?.loss ?? null,
    samplesPerS: training?.samplesPerS ?? null,
    isSlowed,
  };
}

/** Caches the stories of the last few runs, so that only their new events are read. */
export class StoryBook {
  readonly #stories = new Map<string, Promise<RunStory>>();
  readonly #runs: AppDeps["store"]["runs"];

  constructor(runs: AppDeps["store"]["runs"]) {
    this.#runs = runs;
  }

  /** The story of a run, including every event that is in the store. */
  of(runId: string): Promise<RunStory> {
    const before = this.#stories.get(runId) ?? Promise.resolve(emptyStory());
    const now = before.then((story) => this.#continued(runId, story));
    // In sequence, so that no event is added twice. An error is not cached.
    const kept = now.catch(() => emptyStory());
    this.#stories.delete(runId);
    this.#stories.set(runId, kept);
    if (this.#stories.size > KEPT_STORIES) this.#stories.delete(this.#stories.keys().next().value!);
    return now;
  }

  async #continued(runId: string, story: RunStory): Promise<RunStory> {
    for (;;) {
      const events = await this.#runs.eventsAfter(story.lastSeq, { runId });
      for (const event of events) addEvent(story, event);
      if (events.length === 0) return story;
    }
  }
}

const KEPT_STORIES = 8;
