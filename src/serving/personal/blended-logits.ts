import { MEMORY_BLEND } from "../../training/memory/blend.ts";
import type { MemoryBank, Recall } from "../../training/memory/memory-bank.ts";
import type { LoadedModel } from "../loaded-model.ts";

/** Returns a person's memory in a space of features; null when there is none there. */
export type MemoryOf = (space: string) => MemoryBank | null;

/**
 * Adds what memory says to a model's logits. Evidence is in nats of the calibrated probability, so it is multiplied by the
 * temperature by which the logits are divided later: log p then has it as it is.
 *
 * @param logits float32 [K]; not changed.
 * @param features float32 [width] of the same image.
 * @returns float32 [K], and the drawings that had a part.
 */
export function blendedLogits(
  { classes, temperature, features: { spread } }: Pick<LoadedModel, "classes" | "temperature" | "features">,
  memory: MemoryBank,
  logits: Float32Array,
  features: Float32Array,
): { blended: Float32Array; spoke: Recall["spoke"] } {
  const { evidence, spoke } = memory.recall(features, classes, MEMORY_BLEND, spread);
  return { blended: logits.map((value, k) => value + temperature * evidence[k]!), spoke };
}

/** Whether a remembered drawing with this label is so near that it counts in full. @param spoke the strongest first. */
export function isKnown(spoke: Recall["spoke"], label: string): boolean {
  return spoke.some((one) => one.label === label && one.nats >= MEMORY_BLEND.weight);
}
