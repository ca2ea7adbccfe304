import type { Deployment } from "../domain/deployment.ts";
import type { Model } from "../domain/model.ts";
import type { SampleStats } from "../domain/sample.ts";
import type { CatalogEntry } from "../engine/catalog/catalog-entries.ts";
import type { RejectionReport } from "../training/evaluate/rejection.ts";
import type { EvaluationReport } from "../training/types.ts";

/** Where a command works, and with which configuration. */
export interface ProjectOptions {
  /** The project directory: its `conf/local` overrides, its `data` holds the store and the models. */
  dir: string;
  env?: string;
  /** The folder in place of `conf` in the project directory, from the working directory. */
  confSource?: string;
  /** As `--params a.b=1,c=[1,2]` gives it. */
  params?: string;
}

export interface ServeOptions extends ProjectOptions {
  /** host:port; overrides server.yml. */
  http?: string;
  open: boolean;
  /** What of it to open; the first page when left out. */
  openPath?: string;
  /** Whether the pipelines in the project's `src/pipelines` may be loaded and run. */
  canLoadCode: boolean;
}

export interface RunOptions extends ProjectOptions {
  /** Its name; several with commas between them are run as one. */
  pipeline: string;
  runId?: string;
  nodes?: string[];
  fromNodes?: string[];
  toNodes?: string[];
  fromInputs?: string[];
  toOutputs?: string[];
  tags?: string[];
  namespaces?: string[];
  /** One after the other when left out. */
  runner?: RunnerName;
  /** Nodes that may go on at once, for runners that run more than one. As many as are independent when left out. */
  maxWorkers?: number;
  /** The version to load in place of the newest, by dataset name. */
  loadVersions?: Record<string, string>;
  /** Leaves out nodes whose outputs exist, by Kedro's rule; then the cache is not asked. */
  onlyMissingOutputs?: boolean;
  /** Leaves out nodes whose inputs, parameters and code are unchanged. False when left out: every node runs. */
  isCached?: boolean;
  /** Goes on with the nodes that do not need what a failed one should have made. */
  continueOnError?: boolean;
  /** The id of a run that failed or was cancelled: what it was asked for is done to its end. */
  resume?: string;
  /** False: only the built-in pipelines, no code of the project is loaded. True when left out. */
  canLoadCode?: boolean;
  /** The command line as it was typed, for the run record. */
  commandLine: string;
  onProgress: RunReporter;
}

/** Kedro's names. ThreadRunner and ParallelRunner are the same here. */
export const RUNNERS = ["SequentialRunner", "ParallelRunner", "ThreadRunner"] as const;
export type RunnerName = (typeof RUNNERS)[number];

export interface VizOptions extends ProjectOptions {
  /** The folder, from the working directory. */
  output: string;
  /** Whether the site has the first part of each dataset's content. */
  hasPreviews: boolean;
  onBroken?(broken: BrokenPipeline): void;
}

export interface VizSummary {
  /** Absolute. */
  dir: string;
  /** The file to open. */
  page: string;
  /** What was written, from there. */
  files: string[];
  pipelines: string[];
}

/** What a run tells whoever watches it. */
export interface RunReporter {
  /** Said before the first node. */
  warn(message: string): void;
  nodeStarted(node: string, index: number, count: number): void;
  progress(node: string, data: Record<string, unknown>): void;
  log(node: string, message: string): void;
  nodeDone(node: string, durationMs: number): void;
  /** @param what says that, and why: "skipped: ...", "not run: ...". */
  nodeSkipped(node: string, index: number, count: number, what: string): void;
  end(): void;
}

export interface RunSummary {
  run_id: string;
  pipeline: string;
  status: "done";
  seconds: number;
  /** Nodes that were left out. */
  skipped: { node: string; reason: string }[];
  metrics: Record<string, unknown>;
  model_version: number | null;
  promoted: boolean;
  /** The page that tells of it, from the project directory; null when it made none. */
  report: string | null;
}

export interface InitSummary {
  /** Absolute. */
  dir: string;
  /** What was written, from there. */
  files: string[];
  /** What `--classes` names; null when it was not given. */
  classes: string[] | null;
  /** Labelled drawings that a first model takes; null when the built-in model serves from the start. */
  needs: { perClass: number; total: number } | null;
}

export interface PipelineSummary {
  name: string;
  /** Its file, from the project directory; null for one that is built in. */
  file: string | null;
  /** In words: outputs that nobody reads and that are not kept. */
  warnings: string[];
  nodes: { name: string; inputs: string[]; outputs: string[]; tags: string[] }[];
}

/** What is worth knowing of a project that is in order. */
export interface ValidationSummary {
  /** The parameters of the project's own. */
  parameters: Readonly<Record<string, unknown>>;
  /** In words, of all its pipelines. */
  warnings: string[];
}

/** A file of the project that should give a pipeline and cannot. */
export interface BrokenPipeline {
  name: string;
  /** One line: `src/pipelines/x/pipeline.ts:3:42: reason`. */
  problem: string;
}

export interface ImportSummary {
  /** Those that are new. */
  imported: number;
  /** Rows that the store had already. */
  known: number;
  /** Rows left out because their drawing is empty, by line number (1-based) or image index (0-based). */
  skipped: { at: number; reason: string }[];
}

export interface ImageFiles {
  file: string;
  /** For IDX images whose labels cannot be found by name. */
  labels?: string;
}

export interface EvaluationSummary extends EvaluationReport {
  file: string;
  model: { name: string; version: number };
  skipped: number;
  /** How well what it knows is told from the file of what it does not, when one was given. */
  rejection?: RejectionReport;
  /** The same figures over the rows that are not marked `suspect`, when some are. */
  without_suspect?: { n: number; accuracy: number };
}

export type ModelSummary = Model & { aliases: string[] };

/** Names of datasets by their type, and by where they come from, as Kedro groups them. */
export interface DatasetsOfPipeline {
  /** Named in the catalog. */
  datasets: Record<string, string[]>;
  /** Made by a dataset factory. */
  factories: Record<string, string[]>;
  /** In no catalog: held in memory. */
  defaults: Record<string, string[]>;
}

export interface CatalogCommands {
  /** By pipeline; of all of them when none is named. */
  describeDatasets(
    options: ProjectOptions & { pipelines?: string[] },
  ): Promise<Record<string, DatasetsOfPipeline>>;
  /** In the order in which they are tried. */
  listPatterns(options: ProjectOptions): Promise<string[]>;
  /** By dataset; without those that no entry and no factory has. */
  resolvePatterns(options: ProjectOptions & { pipelines?: string[] }): Promise<Record<string, CatalogEntry>>;
  /** Newest first. */
  listVersions(options: ProjectOptions & { dataset: string }): Promise<string[]>;
}

/** Everything that the command line can ask for. Built by the composition root; each method opens what it needs. */
export interface Application {
  version: string;
  /**
   * Writes a project into a directory, overwriting nothing.
   * @param classes as `--classes` gives them; the built-in ones when left out.
   */
  init(dir: string, classes?: string): Promise<InitSummary>;
  serve(options: ServeOptions): Promise<void>;
  /** Writes the graph of the pipelines as a static site. */
  buildViz(options: VizOptions): Promise<VizSummary>;
  run(options: RunOptions): Promise<RunSummary>;
  /** The config and the pipelines, whose code is loaded. */
  validate(options: ProjectOptions): Promise<ValidationSummary>;
  /** Built-in ones, and those of the project's own files, whose code is loaded. @param onBroken hears of the rest. */
  pipelines(
    options: ProjectOptions & { onBroken?(broken: BrokenPipeline): void },
  ): Promise<PipelineSummary[]>;
  catalog: CatalogCommands;
  samples: {
    import(
      options: ProjectOptions & ImageFiles & { writer?: string; onProgress(done: number): void },
    ): Promise<ImportSummary>;
    export(options: ProjectOptions & { write(line: string): Promise<void> }): Promise<number>;
    stats(options: ProjectOptions): Promise<SampleStats>;
  };
  models: {
    list(options: ProjectOptions): Promise<ModelSummary[]>;
    show(options: ProjectOptions & { version: number }): Promise<ModelSummary>;
    promote(options: ProjectOptions & { version: number; isForced: boolean }): Promise<Deployment>;
    rollback(options: ProjectOptions): Promise<Deployment>;
    evaluate(
      options: ProjectOptions &
        ImageFiles & { model?: string; unknown?: string; onProgress(done: number, total: number): void },
    ): Promise<EvaluationSummary>;
  };
}
