import { readModelFiles } from "../../datasets/models/model-files.ts";
import { BUILTIN_MODEL_KEY } from "../../datasets/models/registered-model-dataset.ts";
import { IMAGE_COLS, IMAGE_PIXELS, IMAGE_ROWS } from "../../digits/image-format.ts";
import { CHAMPION } from "../../domain/deployment.ts";
import { type ImageSet, NO_CLASS } from "../../domain/image-set.ts";
import type { EvaluationReport, RejectionReport } from "../../domain/metrics.ts";
import type { ModelArtifacts } from "../../domain/model-artifacts.ts";
import { InputError, NotFoundError, UsageError } from "../../lib/errors.ts";
import { startBackend } from "../../project/backend.ts";
import { builtinModel, MODEL_NAME, modelReader } from "../../project/model-sources.ts";
import type { ProjectOptions } from "../../project/project.ts";
import { hasStore, loadProject, openProjectStore, type Project } from "../../project/project.ts";
import { type Runtime, trainingThreads } from "../../project/runtime.ts";
import { createTraining } from "../../training/create-training.ts";
import type { ImageFiles } from "../samples/image-files.ts";
import { type ImageRow, readImageFile } from "../samples/image-files.ts";

/** The metrics of one model on one file, as `--json` prints them. */
export interface EvaluationSummary extends EvaluationReport {
  file: string;
  model: { name: string; version: number };
  skipped: number;
  /** How well its classes are told apart from the drawings of `--unknown`; only with that option. */
  rejection?: RejectionReport;
  /** Accuracy over the rows that are not marked `suspect`; only when some are. */
  without_suspect?: { n: number; accuracy: number };
}

/** The options of `tegaki model evaluate`. */
export type EvaluateOptions = ProjectOptions &
  ImageFiles & { model?: string; unknown?: string; onProgress(done: number, total: number): void };

interface NamedModel {
  name: string;
  version: number;
  artifacts: ModelArtifacts;
}

/** Evaluates a model on a file. Nothing is stored, and no project is created where there is none. */
export async function evaluateFile(runtime: Runtime, options: EvaluateOptions): Promise<EvaluationSummary> {
  const project = await loadProject(runtime, options);
  const model = await findModel(runtime, project, options.model);
  const { classes } = model.artifacts.userDefinedMetadata;
  const { rows, skipped } = await inkOf(options, classes);
  const unknown = options.unknown === undefined ? null : await inkOf({ file: options.unknown }, null);
  const backend = await startBackend(runtime, trainingThreads());
  try {
    const training = createTraining(backend);
    const evaluate = (some: readonly InkRow[]) => training.evaluate(model.artifacts, toSet(some, classes));
    const report = await evaluate(rows);
    const trusted = rows.filter((row) => !row.isSuspect);
    const summary: EvaluationSummary = {
      ...report,
      file: options.file,
      model: { name: model.name, version: model.version },
      skipped,
    };
    if (unknown !== null) {
      const sets = [toSet(rows, classes), toSet(unknown.rows, classes)] as const;
      summary.rejection = await training.measureRejection(model.artifacts, ...sets);
    }
    if (trusted.length === rows.length || trusted.length === 0) return summary;
    const { n, accuracy } = await evaluate(trusted);
    return { ...summary, without_suspect: { n, accuracy } };
  } finally {
    backend.dispose();
  }
}

type InkRow = ImageRow & { pixels: Uint8Array };

/**
 * The rows of a file that have ink and were not withdrawn; with classes, only those of one of the classes.
 * @throws InputError when there are none.
 */
async function inkOf(files: ImageFiles, classes: readonly string[] | null) {
  const rows: InkRow[] = [];
  let skipped = 0;
  for await (const row of readImageFile(files, classes)) {
    if (row.pixels === null || row.isRejected || (classes !== null && row.label === null)) skipped += 1;
    else rows.push({ ...row, pixels: row.pixels });
  }
  if (rows.length === 0) throw new InputError(`Cannot evaluate on ${files.file}: it has no drawing with ink`);
  return { rows, skipped };
}

/** Converts rows to an image set. Rows without a label are labelled `NO_CLASS`. */
function toSet(rows: readonly InkRow[], classes: readonly string[]): ImageSet {
  const images = new Uint8Array(rows.length * IMAGE_PIXELS);
  rows.forEach((row, n) => {
    images.set(row.pixels, n * IMAGE_PIXELS);
  });
  const labels = Uint8Array.from(rows, ({ label }) => (label === null ? NO_CLASS : classes.indexOf(label)));
  return { rows: IMAGE_ROWS, cols: IMAGE_COLS, images, labels };
}

/**
 * Finds a model by version, alias, directory or `builtin:base`. By default, it is the champion, or the built-in model
 * when the project has no store.
 */
async function findModel(runtime: Runtime, project: Project, name: string | undefined): Promise<NamedModel> {
  if (name === BUILTIN_MODEL_KEY || (name === undefined && !(await hasStore(project)))) {
    return { name: BUILTIN_MODEL_KEY, version: 0, artifacts: await builtinModel(runtime.embedded) };
  }
  if (name !== undefined && /[/\\]/.test(name)) {
    return { name, version: 0, artifacts: await readModelFiles(name) };
  }
  if (!(await hasStore(project))) {
    throw new NotFoundError(
      `There is no model "${name}": ${project.dir} has no store yet. Start tegaki there first`,
    );
  }
  const store = await openProjectStore(runtime, project);
  try {
    const version = versionOf(name ?? CHAMPION, await store.models.aliases());
    const model = version === null ? null : await store.models.get(version);
    if (model === null) throw new NotFoundError(`There is no model "${name ?? CHAMPION}"`);
    return {
      name: MODEL_NAME,
      version: model.version,
      artifacts: await modelReader(runtime, project)(model),
    };
  } finally {
    await store.close();
  }
}

function versionOf(name: string, aliases: Record<string, number>): number | null {
  if (/^\d+$/.test(name)) return Number(name);
  if (!Object.hasOwn(aliases, name)) {
    const known = Object.keys(aliases).join(", ") || "none yet";
    throw new UsageError(`No model alias "${name}". There are: ${known}`);
  }
  return aliases[name] ?? null;
}
