import { type ImageFiles, readImages } from "../../datasets/images/read-images.ts";
import type { EvaluationReport, RejectionReport } from "../../domain/metrics.ts";
import { InputError } from "../../lib/errors.ts";
import { startBackend } from "../../project/backend.ts";
import { loadProject, type ProjectOptions } from "../../project/project.ts";
import { type Runtime, trainingThreads } from "../../project/runtime.ts";
import { memoryFeatures } from "../../training/caches/memory-features.ts";
import { NO_CACHES } from "../../training/caches/training-caches.ts";
import { createTraining } from "../../training/create-training.ts";
import { type InkRow, imageSetOf } from "../samples/ink-rows.ts";
import { orientationWarning } from "../samples/orientation.ts";
import { findModel } from "./find-model.ts";

/** The metrics of one model on one file, as `--json` prints them. */
export interface EvaluationSummary extends EvaluationReport {
  file: string;
  model: { name: string; version: number };
  skipped: number;
  /** How well its classes are told apart from the drawings of `--unknown`; only with that option. */
  rejection?: RejectionReport;
  /** Accuracy over the rows that are not marked `suspect`; only when some are. */
  without_suspect?: { n: number; accuracy: number };
  /** Notices on what was converted while reading, and what seems wrong with the file: one sentence each. */
  notices: string[];
}

/** The options of `tegaki model evaluate`. */
export type EvaluateOptions = ProjectOptions &
  ImageFiles & { model?: string; unknown?: string; onProgress(done: number, total: number): void };

/** Evaluates a model on a file. Nothing is stored, and no project is created where there is none. */
export async function evaluateFile(runtime: Runtime, options: EvaluateOptions): Promise<EvaluationSummary> {
  const project = await loadProject(runtime, options);
  const model = await findModel(runtime, project, options.model);
  const { classes } = model.artifacts.userDefinedMetadata;
  const notices: string[] = [];
  const { rows, skipped } = await inkOf(options, classes, notices);
  const unknown =
    options.unknown === undefined ? null : await inkOf({ file: options.unknown }, null, notices);
  const backend = await startBackend(runtime, trainingThreads());
  try {
    // The file is evaluated in parts as well: without doubtful rows, and next to unknown drawings.
    const training = createTraining(backend, { ...NO_CACHES, features: memoryFeatures() });
    const evaluate = (some: readonly InkRow[]) =>
      training.evaluate(model.artifacts, imageSetOf(some, classes));
    const report = await evaluate(rows);
    const accuracyOf = async (some: readonly InkRow[]) => (await evaluate(some)).accuracy;
    const warning = await orientationWarning(options.file, rows, accuracyOf);
    if (warning !== null) notices.push(warning);
    const trusted = rows.filter((row) => !row.isSuspect);
    const summary: EvaluationSummary = {
      ...report,
      file: options.file,
      model: { name: model.name, version: model.version },
      skipped,
      notices,
    };
    if (unknown !== null) {
      const sets = [imageSetOf(rows, classes), imageSetOf(unknown.rows, classes)] as const;
      summary.rejection = await training.measureRejection(model.artifacts, ...sets);
    }
    if (trusted.length === rows.length || trusted.length === 0) return summary;
    const { n, accuracy } = await evaluate(trusted);
    return { ...summary, without_suspect: { n, accuracy } };
  } finally {
    backend.dispose();
  }
}

/**
 * The rows of a file that have ink and were not withdrawn; with classes, only those of one of the classes.
 * @throws InputError when there are none.
 */
async function inkOf(files: ImageFiles, classes: readonly string[] | null, notices: string[]) {
  const rows: InkRow[] = [];
  let skipped = 0;
  const notice = (text: string) => void notices.push(text);
  for await (const row of readImages(files, { classes, parts: "last", notice })) {
    if (row.pixels === null || row.isRejected || (classes !== null && row.label === null)) skipped += 1;
    else rows.push({ ...row, pixels: row.pixels });
  }
  if (rows.length === 0) throw new InputError(`Cannot evaluate on ${files.file}: it has no drawing with ink`);
  return { rows, skipped };
}
