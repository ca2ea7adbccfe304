import type { ImageRow } from "../../datasets/images/read-images.ts";
import { PREPROCESSING_VERSION } from "../../digits/image-format.ts";
import type { Actor } from "../../domain/actor.ts";
import type { NewQueueDrawing } from "../../domain/queue/queue-drawing.ts";
import type { ImportSample } from "../../domain/samples/sample-import.ts";
import type { FileRow } from "./import-result.ts";

/**
 * The rows of a file as samples, those without ink as skipped.
 * @param given.writer who drew them, where the file does not say. @param given.actor who imports them.
 */
export async function* fileRows(
  rows: AsyncIterable<ImageRow>,
  given: { writer: string | null; actor: Actor },
): AsyncGenerator<FileRow> {
  for await (const row of rows) {
    const { at, pixels } = row;
    if (pixels === null) yield { at, skipped: "it has no ink" };
    else if (row.isUnlabelled === true) yield { at, unlabelled: toQueue(row, pixels, given) };
    else yield { at, sample: toSample(row, pixels, given) };
  }
}

function toQueue(
  { drawing, writer, session, exported = {} }: ImageRow,
  pixels: Uint8Array,
  given: { writer: string | null; actor: Actor },
): NewQueueDrawing {
  const { id, createdAt, source = "import" } = exported;
  return {
    ...(id !== undefined && { id }),
    ...(createdAt !== undefined && { createdAt }),
    ...{ drawing, pixels, preprocessing: PREPROCESSING_VERSION, session, source, actor: given.actor },
    writer: writer ?? given.writer,
  };
}

function toSample(
  row: ImageRow,
  pixels: Uint8Array,
  { writer, actor }: { writer: string | null; actor: Actor },
): ImportSample {
  return {
    drawing: row.drawing,
    pixels,
    preprocessing: PREPROCESSING_VERSION,
    label: row.label,
    predicted: null,
    confidence: null,
    shown: null,
    modelVersion: null,
    predictionId: null,
    writer: row.writer ?? writer,
    session: row.session,
    sitting: null,
    source: "import",
    actor,
    ...row.exported,
  };
}
