import type { ImageRow } from "../../datasets/images/read-images.ts";
import {
  type ImportChoices,
  type ImportPreview,
  type ImportProblem,
  NAMED_PROBLEMS,
} from "../../domain/samples/sample-files.ts";
import { describeLabel, type ImportConflict, type ImportSample } from "../../domain/samples/sample-import.ts";
import type { SampleStore } from "../../domain/store.ts";
import { InputError } from "../../lib/errors.ts";
import { type Saying, type Sentence, saying } from "../../lib/saying.ts";
import { fileRows } from "./file-rows.ts";
import { FileConflicts } from "./import-check.ts";
import { imageFiles, readUpload, type UploadedFiles, withoutFolder } from "./read-upload.ts";

const BATCH = 200;
/** Images that a preview shows. */
const IMAGES = 24;

/** Reads an upload to its end and describes what an import would find. Nothing is stored. */
export async function previewUpload(
  upload: UploadedFiles & { names: readonly string[]; bytes: number },
  choices: ImportChoices,
  { samples, classes }: { samples: Pick<SampleStore, "conflicts">; classes: readonly string[] },
): Promise<ImportPreview> {
  const preview = emptyPreview(upload);
  const counts = new Map<string | null, number>();
  const inFile = new FileConflicts();
  const events = {
    onProblem(problem: ImportProblem) {
      preview.problems += 1;
      if (preview.named.length < NAMED_PROBLEMS) preview.named.push(problem);
    },
    onConversion({ kind, n }: { kind: "inverted" | "scaled"; n: number }) {
      preview[kind] += n;
    },
  };
  const addConflicts = async (batch: { at: number; sample: ImportSample }[]) => {
    const stored = await samples.conflicts(batch.map(({ sample }) => sample));
    batch.forEach(({ at, sample }, n) => {
      const earlier = inFile.add(sample);
      const conflict = stored[n] ?? earlier;
      if (conflict === null) return;
      preview.conflicts += 1;
      if (preview.namedConflicts.length < NAMED_PROBLEMS)
        preview.namedConflicts.push({ at, ...conflictWords(conflict) });
    });
  };
  try {
    preview.kind = (await imageFiles(upload, choices)).kind;
    const rows = readUpload(upload, choices, classes, events);
    let batch: { at: number; sample: ImportSample }[] = [];
    for await (const row of fileRows(rows, { writer: choices.writer, actor: NOBODY })) {
      if ("unlabelled" in row) {
        preview.unlabelled += 1;
        addImage(preview, { label: null, pixels: row.unlabelled.pixels, isUnlabelled: true });
        continue;
      }
      if ("skipped" in row) {
        preview.blank += 1;
        continue;
      }
      count(preview, counts, row.sample);
      batch.push(row);
      if (batch.length < BATCH) continue;
      await addConflicts(batch);
      batch = [];
    }
    await addConflicts(batch);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    preview.refusal = withoutFolder(upload, error);
  }
  preview.labels = [...classes, null].flatMap((label) => {
    const n = counts.get(label);
    return n === undefined ? [] : [{ label, n }];
  });
  return preview;
}

/** A preview stores nothing, so it is nobody's. */
const NOBODY = { kind: "local", name: null } as const;

function emptyPreview({ names, bytes }: { names: readonly string[]; bytes: number }): ImportPreview {
  return {
    ...{
      files: [...names],
      bytes,
      kind: null,
      rows: 0,
      unlabelled: 0,
      blank: 0,
      labels: [],
      inverted: 0,
      scaled: 0,
    },
    ...{ problems: 0, named: [], conflicts: 0, namedConflicts: [], images: [], refusal: null },
  };
}

function count(
  preview: ImportPreview,
  counts: Map<string | null, number>,
  { label, pixels }: Pick<ImageRow, "label"> & { pixels: Uint8Array },
): void {
  preview.rows += 1;
  counts.set(label, (counts.get(label) ?? 0) + 1);
  addImage(preview, { label, pixels, isUnlabelled: false });
}

function addImage({ images }: ImportPreview, image: ImportPreview["images"][number]): void {
  if (images.length < IMAGES) images.push(image);
}

function conflictWords({ reason, stored, given }: ImportConflict): Sentence {
  if (reason === "id") {
    return { message: "its id belongs to another drawing", says: saying("upload.idConflict") };
  }
  return {
    message: `expected the label "${describeLabel(stored)}" that the drawing has already, found "${describeLabel(given)}"`,
    says: saying("upload.labelConflict", { stored: labelSaying(stored), given: labelSaying(given) }),
  };
}

/** The words of `describeLabel` as data. */
function labelSaying({ label, state }: ImportConflict["stored"]): Saying | string {
  const name = label ?? saying("upload.noClass");
  return state === "rejected" ? saying("upload.withdrawn", { name }) : name;
}
