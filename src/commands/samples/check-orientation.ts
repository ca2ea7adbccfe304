import type { ImageRow } from "../../datasets/images/read-images.ts";
import { NotFoundError } from "../../lib/errors.ts";
import { startBackend } from "../../project/backend.ts";
import type { Project } from "../../project/project.ts";
import type { Runtime } from "../../project/runtime.ts";
import { createTraining } from "../../training/create-training.ts";
import { findModel } from "../model/find-model.ts";
import { type InkRow, imageSetOf } from "./ink-rows.ts";
import { MIN_IMAGES, orientationWarning } from "./orientation.ts";

/** The first images tell as much as all of them. */
const MAX_IMAGES = 500;

/**
 * Checks with the project's model whether a file seems to be stored column by column. Drawings are not looked at.
 * @returns the warning, or null; null as well when the project has no model yet.
 */
export async function checkOrientation(
  runtime: Runtime,
  project: Project,
  file: string,
  rows: AsyncIterable<ImageRow>,
): Promise<string | null> {
  const images = await firstImages(rows);
  if (images.length < MIN_IMAGES) return null;
  const model = await findModel(runtime, project, undefined).catch((error: unknown) => {
    if (error instanceof NotFoundError) return null;
    throw error;
  });
  if (model === null) return null;
  const { classes } = model.artifacts.userDefinedMetadata;
  const known = images.filter(({ label }) => label !== null && classes.includes(label));
  const backend = await startBackend(runtime, 1);
  try {
    const training = createTraining(backend);
    return await orientationWarning(file, known, async (some) => {
      const { accuracy } = await training.evaluate(model.artifacts, imageSetOf(some, classes));
      return accuracy;
    });
  } finally {
    backend.dispose();
  }
}

async function firstImages(rows: AsyncIterable<ImageRow>): Promise<InkRow[]> {
  const images: InkRow[] = [];
  for await (const row of rows) {
    // A file of drawings is not read to its end to find an image in it.
    if (row.drawing !== null || images.length === MAX_IMAGES) break;
    if (row.pixels !== null && row.isUnlabelled !== true) images.push({ ...row, pixels: row.pixels });
  }
  return images;
}
