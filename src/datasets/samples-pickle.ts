import { createHash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import { IMAGE_PIXELS } from "../digits/image-format.ts";
import type { Sample } from "../domain/sample.ts";
import type { SampleStore } from "../domain/store.ts";
import { UsageError } from "../lib/errors.ts";
import { replaceFile } from "./files/atomic.ts";
import { afterPixels, beforePixels, HEAD_BYTES, isImagePickle } from "./formats/pickle/image-pickle.ts";
import { readImages } from "./images/read-images.ts";

/** Number of images that are written at a time. */
const BATCH = 500;

/** A pickle that holds the labelled samples of the store. */
export interface SamplesPickleOptions {
  /** Absolute. */
  path: string;
  /** The same as catalog.yml has it, for messages. */
  filepath: string;
  samples: Pick<SampleStore, "iterate">;
  /** The labels, in the order of their indices. */
  classes: readonly string[];
}

/**
 * Writes all labelled samples to a pickle of `(x, y)`, MNIST's form, oldest first. The store stays the truth: the file
 * is rebuilt from it, so a corrected label is corrected there too, and a crash at any time loses nothing. It is
 * replaced atomically: whoever reads it gets the old content or the new one. Images are written as they are read, so
 * the event loop turns and memory does not grow with the file.
 *
 * Negative and rejected samples, and labels that are no longer classes, are left out.
 *
 * @throws UsageError when the file has drawings that are not in the store: they would be lost.
 */
export async function writeSamplesPickle(options: SamplesPickleOptions): Promise<void> {
  await refuseToLose(options);
  const indexOf = new Map(options.classes.map((label, index) => [label, index]));
  const labelOf = ({ state, label }: Sample) => (state === "labelled" ? indexOf.get(label ?? "") : undefined);
  await replaceFile(options.path, async (file) => {
    const labels: number[] = [];
    let batch: Uint8Array[] = [];
    await writeAll(file, beforePixels(0));
    for await (const sample of options.samples.iterate()) {
      const label = labelOf(sample);
      if (label === undefined || sample.pixels.length !== IMAGE_PIXELS) continue;
      labels.push(label);
      batch.push(sample.pixels);
      if (batch.length < BATCH) continue;
      await writeAll(file, Buffer.concat(batch));
      // A commit of the store waits for what the disk still has to write: so that is never much.
      await file.datasync();
      batch = [];
    }
    await writeAll(file, Buffer.concat([...batch, afterPixels(Uint8Array.from(labels))]));
    await file.write(beforePixels(labels.length), 0, HEAD_BYTES, 0);
  });
}

async function refuseToLose({ path, filepath, samples }: SamplesPickleOptions): Promise<void> {
  const missing = await foreignImages(path, filepath);
  if (missing.size === 0) return;
  for await (const { pixels } of samples.iterate()) missing.delete(hashOf(pixels));
  if (missing.size === 0) return;
  throw new UsageError(
    `Drawings of ${filepath} are not in the store (${missing.size}), and would be lost when labels are appended. Import them first: tegaki samples import ${filepath}`,
  );
}

/** The hashes of the images that `samples import` would read from a file of another program; blank ones are no drawings. */
async function foreignImages(path: string, filepath: string): Promise<Set<string>> {
  const hashes = new Set<string>();
  const file = Bun.file(path);
  if (!(await file.exists())) return hashes;
  const head = await file.slice(0, HEAD_BYTES).bytes();
  if (isImagePickle(head, file.size)) return hashes;
  try {
    const rows = readImages({ file: path }, { classes: null, parts: "all", notice: () => {} });
    for await (const { pixels } of rows) if (pixels !== null) hashes.add(hashOf(pixels));
    return hashes;
  } catch (error) {
    throw new UsageError(
      `${filepath} is not a pickle of (images, labels), so labels cannot be appended to it. Move it away, or change samples.append_to in server.yml`,
      { cause: error },
    );
  }
}

function hashOf(pixels: Uint8Array): string {
  return createHash("sha256").update(pixels).digest("base64");
}

/** Appends at the current position. */
async function writeAll(file: FileHandle, content: Uint8Array): Promise<void> {
  await file.writeFile(content);
}
