import { type ImageFiles, type ImageRow, readImages } from "../../datasets/images/read-images.ts";
import { PREPROCESSING_VERSION } from "../../digits/image-format.ts";
import type { NewSample, Sample, SampleStats } from "../../domain/sample.ts";
import type { ProjectOptions } from "../../project/project.ts";
import { loadProject, openProjectStore } from "../../project/project.ts";
import type { Runtime } from "../../project/runtime.ts";
import { newSamples } from "./new-samples.ts";

/** The result of an import, as `--json` prints it. */
interface ImportSummary {
  /** Number of new samples. */
  imported: number;
  /** Number of rows that the store already had. */
  known: number;
  /** Rows left out because their drawing is empty, by line number (1-based) or image index (0-based). */
  skipped: { at: number; reason: string }[];
  /** Notices on what was converted while reading the file, one sentence each. */
  notices: string[];
}

/** The operations of `tegaki samples`. */
export interface SampleCommands {
  import(
    options: ProjectOptions & ImageFiles & { writer?: string; onProgress(done: number): void },
  ): Promise<ImportSummary>;
  /** @param options.write resolves to false when no more lines are wanted. @returns the number of lines. */
  export(options: ProjectOptions & { write(line: string): Promise<boolean> }): Promise<number>;
  stats(options: ProjectOptions): Promise<SampleStats>;
}

/** Creates `tegaki samples`: import into, and export from, the project's store. */
export function sampleCommands(runtime: Runtime): SampleCommands {
  async function open(options: ProjectOptions) {
    const project = await loadProject(runtime, options);
    return { project, store: await openProjectStore(runtime, project) };
  }

  return {
    async import(options): Promise<ImportSummary> {
      const project = await loadProject(runtime, options);
      const rows: NewSample[] = [];
      const skipped: ImportSummary["skipped"] = [];
      const notices: string[] = [];
      const { classes } = project.config.parameters;
      const notice = (text: string) => void notices.push(text);
      for await (const row of readImages(options, { classes, parts: "all", notice })) {
        if (row.isRejected) skipped.push({ at: row.at, reason: "it was rejected" });
        else if (row.pixels === null) skipped.push({ at: row.at, reason: "it has no ink" });
        else rows.push(toSample(row, row.pixels, options.writer ?? null));
        if ((rows.length + skipped.length) % 1_000 === 0) options.onProgress(rows.length + skipped.length);
      }
      const store = await openProjectStore(runtime, project);
      try {
        const fresh = await newSamples(rows, store.samples.iterate());
        const imported = await store.samples.insertMany(fresh);
        return { imported, known: rows.length - imported, skipped, notices };
      } finally {
        await store.close();
      }
    },

    async export(options) {
      const { store } = await open(options);
      let count = 0;
      try {
        for await (const sample of store.samples.iterate()) {
          count += 1;
          if (!(await options.write(JSON.stringify(toLine(sample))))) break;
        }
      } finally {
        await store.close();
      }
      return count;
    },

    async stats(options) {
      const { store } = await open(options);
      try {
        return await store.samples.stats();
      } finally {
        await store.close();
      }
    },
  };
}

function toSample(row: ImageRow, pixels: Uint8Array, writer: string | null): NewSample {
  return {
    drawing: row.drawing,
    pixels,
    preprocessing: PREPROCESSING_VERSION,
    label: row.label,
    predicted: null,
    confidence: null,
    modelVersion: null,
    predictionId: null,
    writer: row.writer ?? writer,
    session: row.session,
    source: "import",
  };
}

/** One line for `samples import`, and everything else that is known of the sample. Without strokes, it has the pixels. */
function toLine(sample: Sample): Record<string, unknown> {
  const { drawing, pixels } = sample;
  return {
    id: sample.id,
    label: sample.label,
    writer: sample.writer,
    ...(drawing === null
      ? { pixels: [...pixels] }
      : { w: drawing.width, h: drawing.height, strokes: drawing.strokes }),
    split: sample.split,
    state: sample.state,
    predicted: sample.predicted,
    confidence: sample.confidence,
    model_version: sample.modelVersion,
    session: sample.session,
    source: sample.source,
    created_at: sample.createdAt,
  };
}
