import { type Counts, countPrediction, noCounts } from "../domain/monitoring/counts.ts";
import type { ModelReference } from "../domain/monitoring/reference.ts";
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
 * @param pause resolves to false to stop early.
 * @returns null when it was stopped, or another version went live in the meantime.
 */
export async function countReference(
  modelVersion: number,
  { images, scans }: Pick<ReferenceImages, "images" | "scans">,
  { predict, pause }: { predict: PredictOne; pause(): Promise<boolean> },
): Promise<Counts | null> {
  const counts = noCounts();
  for (const [n, pixels] of [...images, ...scans].entries()) {
    const prediction = await predict(pixels);
    if (prediction.model.version !== modelVersion) return null;
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
