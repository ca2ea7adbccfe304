import { type Counts, countPrediction, noCounts } from "../domain/monitoring/counts.ts";
import type { ModelReference } from "../domain/monitoring/reference.ts";
import { BusyError } from "../lib/errors.ts";
import { measuresOf, type PredictionToCount } from "./measure.ts";

/** Images of a reference, and where they come from. */
export interface ReferenceImages {
  source: ModelReference["source"];
  drawings: number;
  builtIn: number;
  /** uint8 [784] each, rendered from strokes. */
  images: readonly Uint8Array[];
  /**
   * uint8 [784] each, of ink on paper. Their pens have all widths, from which the one pen of drawings would always
   * differ, so ink and stroke width are measured of the others only.
   */
  scans: readonly Uint8Array[];
}

/** Predicts one image with the live model. */
export type PredictOne = (
  pixels: Uint8Array,
) => Promise<
  Omit<PredictionToCount, "pixels" | "latencyMs" | "modelVersion"> & { model: { version: number } }
>;

/**
 * Counts the live model's predictions of its reference images, one at a time with a pause, so requests never wait for
 * more than one of them.
 *
 * A predictor that is busy with requests is called again after `rest`.
 *
 * @param pause resolves to false to stop early. @param rest the same.
 * @returns null when it was stopped, or another version went live in the meantime.
 */
export async function countReference(
  modelVersion: number,
  { images, scans }: Pick<ReferenceImages, "images" | "scans">,
  { predict, pause, rest }: { predict: PredictOne; pause(): Promise<boolean>; rest(): Promise<boolean> },
): Promise<Counts | null> {
  const counts = noCounts();
  for (const [n, pixels] of [...images, ...scans].entries()) {
    const prediction = await predictWhenFree(pixels, predict, rest);
    if (prediction === null || prediction.model.version !== modelVersion) return null;
    const measured = measuresOf({ ...prediction, pixels, modelVersion, latencyMs: null });
    if (n >= images.length) {
      delete measured.ink;
      delete measured.stroke_width;
    }
    countPrediction(counts, prediction, measured);
    if (!(await pause())) return null;
  }
  return counts;
}

/** @returns null when `rest` says to stop. */
async function predictWhenFree(
  pixels: Uint8Array,
  predict: PredictOne,
  rest: () => Promise<boolean>,
): Promise<Awaited<ReturnType<PredictOne>> | null> {
  do {
    try {
      return await predict(pixels);
    } catch (error) {
      if (!(error instanceof BusyError)) throw error;
    }
  } while (await rest());
  return null;
}
