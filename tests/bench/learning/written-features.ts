import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseIdxPair } from "../../../src/datasets/formats/idx.ts";
import type { ModelArtifacts } from "../../../src/domain/model-artifacts.ts";
import { type LoadedModel, loadModel } from "../../../src/serving/loaded-model.ts";
import { type Half, halfOf } from "../support/measured-sets.ts";
import { readWritten } from "../support/tuning-data.ts";

/** The drawings of one writer as a model sees them; N of them, in the order of the file. */
export interface WrittenFeatures {
  writer: string;
  half: Half;
  /** [N], indices of classes. */
  labels: number[];
  /** [N]: whether the label is doubtful. */
  suspects: boolean[];
  /** float32 [K] for each: the logits, as they are before the temperature. */
  logits: Float32Array[];
  /** float32 [width] for each. */
  features: Float32Array[];
}

/** A model and what it computes of drawings. */
export interface SeenDrawings {
  model: LoadedModel;
  writers: WrittenFeatures[];
}

const BATCH = 64;

/** Computes logits and features of images. @param images uint8 [784] each. */
export function seenBy(model: LoadedModel, images: readonly Uint8Array[]) {
  const K = model.classes.length;
  const { width } = model.features;
  const logits: Float32Array[] = [];
  const features: Float32Array[] = [];
  for (let from = 0; from < images.length; from += BATCH) {
    const batch = images.slice(from, from + BATCH);
    const outputs = model.run(batch, true);
    batch.forEach((_, n) => {
      logits.push(outputs.logits.slice(n * K, (n + 1) * K));
      features.push(outputs.features!.slice(n * width, (n + 1) * width));
    });
  }
  return { logits, features };
}

/** Reads the drawings of all writers with at least `least` of them. @returns null when `dir` does not have the sets. */
export async function readSeen(
  dir: string,
  artifacts: ModelArtifacts,
  least: number,
): Promise<SeenDrawings | null> {
  const model = loadModel(artifacts);
  const written = await readWritten(dir, model.classes);
  if (written === null) return null;
  const writers = [...Map.groupBy(written, ({ writer }) => writer)]
    .filter(([, drawings]) => drawings.length >= least)
    .map(([writer, drawings]) => ({
      writer,
      // Sets are told apart by a prefix that is not part of the name.
      half: halfOf(writer.slice(writer.indexOf("/") + 1)),
      labels: drawings.map(({ label }) => label),
      suspects: drawings.map(({ isSuspect }) => isSuspect),
      ...seenBy(
        model,
        drawings.map(({ pixels }) => pixels),
      ),
    }));
  return { model, writers };
}

/** Reads images that are one file in IDX. @returns null when it is not there. */
export async function readIdx(dir: string, images: string, labels: string) {
  const [imagesPath, labelsPath] = [join(dir, images), join(dir, labels)];
  if (!existsSync(imagesPath) || !existsSync(labelsPath)) return null;
  const file = async (name: string, path: string) => ({ name, bytes: await Bun.file(path).bytes() });
  return parseIdxPair(await file(images, imagesPath), await file(labels, labelsPath));
}
