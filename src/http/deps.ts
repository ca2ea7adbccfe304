import type { GraphDrawing } from "../../views/graph/drawing.tsx";
import type { People } from "../access/people.ts";
import type { BackupState } from "../domain/backups/backup.ts";
import type { Forgetter } from "../domain/lineage/forgetting.ts";
import type { ManualPage } from "../domain/manual.ts";
import type { LabellingRules } from "../domain/queue/labelling-rules.ts";
import type { QueueScoring } from "../domain/queue/queue-scoring.ts";
import type { CheckParams } from "../domain/runs/run.ts";
import type { EventFeed } from "../domain/runs/run-event.ts";
import type { RunResults } from "../domain/runs/run-results.ts";
import type { SampleFiles } from "../domain/samples/sample-files.ts";
import type { DrawNotice } from "../domain/settings/draw-notice.ts";
import type { Settings } from "../domain/settings/settings.ts";
import type { Store } from "../domain/store.ts";
import type { Replays } from "../domain/trials/replay.ts";
import type { TrialRules } from "../domain/trials/trial.ts";
import type { DatasetPreview } from "../engine/catalog/dataset-preview.ts";
import type { PipelineGraph } from "../graph/pipeline-graph.ts";
import type { Learning } from "../learning/learning.ts";
import type { Asset } from "../lib/asset.ts";
import type { Clock } from "../lib/clock.ts";
import type { Log } from "../lib/log.ts";
import type { ModelFiles } from "../model-registry/model-files.ts";
import type { ModelRegistry } from "../model-registry/model-registry.ts";
import type { Monitor } from "../monitoring/monitor.ts";
import type { Metrics } from "../monitoring/prometheus/metrics.ts";
import type { Scheduler } from "../scheduler/scheduler.ts";
import type { ProjectMemory } from "../serving/everybody/project-memory.ts";
import type { PersonalMemory } from "../serving/personal/personal-memory.ts";
import type { Predictor } from "../serving/predictor.ts";
import type { ShadowCounts } from "../serving/shadow/shadow.ts";
import type { Outbox } from "../webhooks/outbox.ts";
import type { Trust } from "./access/client.ts";
import type { BodyLimits } from "./middleware/body.ts";
import type { Refusals } from "./refusals.ts";

/** How many new drawings may come a minute. */
interface DrawingLimits {
  /** Of one session or token. */
  perSession: number;
  /** Of one address, all its sessions together. */
  perAddress: number;
  /** Of one address, of people who have not logged in, where they may draw. */
  visitorsPerAddress: number;
}

/** Everything that the application is made of. `createApp(deps)` never listens and never reads the environment. */
export interface AppDeps {
  store: Store;
  predictor: Predictor;
  /** The labelled drawings of those who draw; `store` keeps it in step. */
  memory: Pick<PersonalMemory, "of" | "size">;
  /** Answers for a project without a model; `store` keeps it in step, too. */
  everybody: Pick<ProjectMemory, "answer">;
  registry: ModelRegistry;
  /** Export, import, comparison and removal of versions. */
  modelFiles: ModelFiles;
  /** Samples in and out as files. */
  sampleFiles: SampleFiles;
  scheduler: Scheduler;
  settings: Settings;
  forgetter: Forgetter;
  /** The notice to those who draw, which may change. */
  drawNotice(): DrawNotice;
  /** The rules of the label queue, which may change. */
  labelling(): LabellingRules;
  /** Scores the drawings of the label queue. */
  scoring: QueueScoring;
  webhooks: Pick<Outbox, "webhooks" | "test" | "deliveries">;
  trials: {
    /** The rules of a trial that starts now. */
    rules(): TrialRules;
    counts(): ShadowCounts;
    replays: Replays;
  };
  /** Counts predictions, and reports what they show. */
  monitor: Monitor;
  /** Reports what labels have brought. */
  learning: Learning;
  events: EventFeed;
  /** Counters for Prometheus. */
  metrics: Metrics;
  clock: Clock;
  /** Milliseconds on a clock that cannot be set, for durations. */
  monotonicMs(): number;
  /** Whether other programs keep the machine busy, so that runs take longer. */
  isMachineBusy(): boolean;
  classes: readonly string[];
  /** Names of the registered pipelines, for POST /runs. */
  pipelines: readonly string[];
  /** Checks the parameters of a run before it is stored. */
  checkParams: CheckParams;
  /** The registered pipelines as data; the same object for as long as nothing of them changes. */
  graph(): PipelineGraph;
  /**
   * Lays out and draws a part of the graph as HTML, away from the thread that answers.
   * @throws UnavailableError when it takes too long, or who draws has died; the next drawing may succeed.
   */
  drawGraph(drawing: GraphDrawing): Promise<string>;
  /** The content of a dataset of the catalog in short; null when there is nothing to show. */
  previews?(dataset: string): Promise<DatasetPreview | null>;
  /** Without it no run has any. */
  results?: RunResults;
  limits: BodyLimits;
  /** Whether requests may carry this host name, see `allowedHosts`. */
  isOurHost(name: string): boolean;
  /**
   * Who needs to log in. `local`: everyone but programs and people on this machine. `accounts`: everyone. `anyone`: those
   * who want to do more than draw and label.
   */
  access: "local" | "anyone" | "accounts";
  /** Whose word about a request is believed. */
  trust: Trust;
  people: People;
  drawingLimits: DrawingLimits;
  /** The backups of the project. */
  backups: { state(): Promise<BackupState> };
  /** The process that serves. */
  process: {
    /** URLs for other devices; none when only this machine, or a proxy, reaches the server. */
    urls(): string[];
    /** The command that lets other devices reach it. */
    openCommand: string;
    /** Stops it once the requests under way have ended. */
    quit(): void;
  };
  version: string;
  /** The manual, in the order of its contents. */
  manual(): Promise<readonly ManualPage[]>;
  /** By file name under /assets/. */
  assets: ReadonlyMap<string, Asset>;
  /** Receives every error that becomes a 5xx or ends a stream. */
  log: Log;
  /** Counts every 4xx. */
  refusals: Pick<Refusals, "count">;
}
