import type { Deployment } from "../domain/deployment.ts";
import type { SampleStats } from "../domain/sample.ts";
import type { ValidationSummary } from "../project/check-pipelines.ts";
import type { InitSummary } from "../project/init.ts";
import type { ProjectOptions } from "../project/project.ts";
import type { BrokenPipeline } from "../project/user-pipelines.ts";
import type { RunOptions } from "../runs/run-options.ts";
import type { RunSummary } from "../runs/run-summary.ts";
import type { ServeOptions } from "../server/serve.ts";
import type { CatalogCommands } from "./catalog/describe-catalog.ts";
import type { EvaluationSummary } from "./model/evaluate-file.ts";
import type { ModelSummary } from "./model/registry-commands.ts";
import type { PipelineSummary } from "./pipeline-summary.ts";
import type { ImageFiles } from "./samples/image-files.ts";
import type { ImportSummary } from "./samples/import-export.ts";
import type { VizOptions, VizSummary } from "./viz/build-site.ts";

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
