import { type ImageSet, NO_CLASS } from "../../domain/image-set.ts";
import { createRandom } from "../../lib/random.ts";
import { Features } from "../caches/features.ts";
import { drawImages, imagesAt } from "../image-set.ts";
import type { FineTuneParams } from "./params.ts";

/** Replayed images, with the frozen layers' outputs and the base model's answers to them. */
interface Replay {
  set: ImageSet;
  features: Features;
  /** float32 [N, K], probabilities. */
  answers: Float32Array;
}

/** What the model that is fine-tuned makes of images. */
interface BaseModel {
  featuresOf(set: ImageSet): Promise<Features>;
  /** @returns float32 [N, K], probabilities. */
  answersOf(features: Features): Promise<Float32Array>;
}

/**
 * Draws the images that a fine-tuning replays: at random, or preferably those that the model is unsure of; see
 * `tuning_replay_choice`. A greater count draws the same images and more, so cached outputs remain useful.
 *
 * @param count at most the images of `set`.
 */
export async function drawReplayed(
  set: ImageSet,
  count: number,
  { tuning_replay_choice, seed }: Pick<FineTuneParams, "tuning_replay_choice" | "seed">,
  { featuresOf, answersOf }: BaseModel,
): Promise<Replay> {
  if (tuning_replay_choice === "random") {
    const drawn = drawImages(set, count, seed);
    const features = await featuresOf(drawn);
    return { set: drawn, features, answers: await answersOf(features) };
  }
  const features = await featuresOf(set);
  const answers = await answersOf(features);
  const K = answers.length / set.labels.length;
  const drawn = drawUnsure(answers, set.labels, count, seed);
  const rows = Array.from(drawn, (i) => features.rows[i]!);
  const own = new Float32Array(drawn.length * K);
  drawn.forEach((i, n) => {
    own.set(answers.subarray(i * K, (i + 1) * K), n * K);
  });
  return { set: imagesAt(set, drawn), features: new Features(features.shape, rows), answers: own };
}

/** Added to every weight: an image that the model is certain of is replayed too, a hundredth as often as one it guesses. */
const FLOOR = 0.01;

/**
 * Draws images one after the other, without repetition, each with a probability proportional to
 *
 *   wₙ = 1 − maxₖ p[n,k] + 0.01
 *
 * among those not drawn yet. Images of no class, of which a model should be unsure, have equal weights and keep
 * their share of the set.
 *
 * @param answers float32 [N, K], probabilities.
 * @param labels  [N].
 * @param count   at most N.
 * @returns indices; the draw for a smaller count is contained in that for a greater one.
 *
 * Source: P. Efraimidis and P. Spirakis, Weighted random sampling with a reservoir, 2006, algorithm A: the smallest of
 * the times −ln(u) / wₙ.
 */
export function drawUnsure(
  answers: Float32Array,
  labels: Uint8Array,
  count: number,
  seed: number,
): Uint32Array {
  const K = labels.length === 0 ? 0 : answers.length / labels.length;
  const random = createRandom(seed).fork("replay");
  const times = Float64Array.from(labels, (label, n) => {
    const certainty = label === NO_CLASS ? 0 : Math.max(...answers.subarray(n * K, (n + 1) * K));
    return -Math.log(1 - random.next()) / (1 - certainty + FLOOR);
  });
  const all = Array.from(labels.keys()).sort((a, b) => times[a]! - times[b]! || a - b);
  const others = all.filter((n) => labels[n] === NO_CLASS);
  const known = all.filter((n) => labels[n] !== NO_CLASS);
  const ofOthers = Math.round((count * others.length) / Math.max(1, labels.length));
  return Uint32Array.from([...known.slice(0, count - ofOthers), ...others.slice(0, ofOthers)]);
}
