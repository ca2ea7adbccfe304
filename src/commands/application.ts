import type { ValidationSummary } from "../project/check-pipelines.ts";
import type { InitSummary } from "../project/init.ts";
import type { ProjectOptions } from "../project/project.ts";
import type { BrokenPipeline } from "../project/user-pipelines.ts";
import type { RunOptions } from "../runs/run-options.ts";
import type { RunSummary } from "../runs/run-summary.ts";
import type { ServeOptions } from "../server/serve.ts";
import type { AccessCommands } from "./access/access-commands.ts";
import type { BackupCommands } from "./backup/backup-commands.ts";
import type { CatalogCommands } from "./catalog/describe-catalog.ts";
import type { Finding } from "./doctor/finding.ts";
import type { ModelCommands } from "./model/registry-commands.ts";
import type { TrialCommands } from "./model/trials/trial-commands.ts";
import type { PipelineSummary } from "./pipeline-summary.ts";
import type { SampleCommands } from "./samples/import-export.ts";
import type { LineageCommands } from "./samples/lineage.ts";
import type { ReviewCommands } from "./samples/review-commands.ts";
import type { SchedulerCommands } from "./scheduler/scheduler-commands.ts";
import type { VizOptions, VizSummary } from "./viz/build-site.ts";

/** The operations of the command line. Created by the composition root; each method opens what it needs. */
export interface Application {
  version: string;
  /**
   * Writes a project into a directory, overwriting nothing.
   * @param classes as in `--classes`; the built-in ones by default.
   */
  init(dir: string, classes?: string): Promise<InitSummary>;
  serve(options: ServeOptions): Promise<void>;
  /** Writes the graph of the pipelines as a static site. */
  buildViz(options: VizOptions): Promise<VizSummary>;
  /** @param options with `areParamsOnStdin`, the parameters are the first line of standard input. */
  run(options: RunOptions & { areParamsOnStdin: boolean }): Promise<RunSummary>;
  /** Checks the config and the pipelines, whose code is loaded. */
  validate(options: ProjectOptions): Promise<ValidationSummary>;
  /** Lists the built-in pipelines and the project's own, whose code is loaded. @param onBroken gets the broken ones. */
  pipelines(
    options: ProjectOptions & { onBroken?(broken: BrokenPipeline): void },
  ): Promise<PipelineSummary[]>;
  catalog: CatalogCommands;
  samples: SampleCommands & LineageCommands;
  /** Labels in review, and pinned drawings. */
  reviews: ReviewCommands;
  models: ModelCommands;
  trials: TrialCommands;
  scheduler: SchedulerCommands;
  access: AccessCommands;
  backups: BackupCommands;
  /** Examines machine and project. */
  doctor(options: ProjectOptions & { onProgress?(step: string): void }): Promise<Finding[]>;
}
