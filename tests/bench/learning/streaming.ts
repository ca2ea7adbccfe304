import { createRandom } from "../../../src/lib/random.ts";
import { contributionOf, type MemoryBlend } from "../../../src/training/memory/blend.ts";
import { cosineOf } from "../../../src/training/memory/cosine.ts";
import type { SeenDrawings, WrittenFeatures } from "./written-features.ts";

/** One writer, with what does not depend on the order of the drawings. */
export interface Hand extends WrittenFeatures {
  /** [N]: log p of each class by the model alone. */
  logP: Float64Array[];
  /** float32 [N, N]: distances in units of the model's spread. */
  distances: Float32Array;
}

/** The answers to one drawing, by the model alone and with the memory of the drawings before it. */
export interface Answered {
  /** Index of the drawing. */
  drawing: number;
  alone: number;
  shown: number;
  isAloneRight: boolean;
  isShownRight: boolean;
  /** [K]: nats that memory added. */
  evidence: Float64Array;
  /** The greatest part that one remembered drawing has in `shown`, in nats. */
  nearest: number;
}

/** How a sitting is simulated. */
export interface Stream {
  blend: MemoryBlend;
  /** Share of the labels that are wrong, each by chance another class. */
  wrong?: number;
  /** Leaves out drawings whose label is doubtful. */
  isTrustedOnly?: boolean;
  /** Only so many of the newest drawings of a class are remembered. */
  newestOfClass?: number;
}

/** Prepares the writers. */
export function handsOf({ model, writers }: SeenDrawings): Hand[] {
  const { temperature, features } = model;
  return writers.map((writer) => ({
    ...writer,
    logP: writer.logits.map((row) => logSoftmax(row, temperature)),
    distances: distancesOf(writer.features, features.spread),
  }));
}

function logSoftmax(row: Float32Array, temperature: number): Float64Array {
  const scaled = Float64Array.from(row, (value) => value / temperature);
  const max = Math.max(...scaled);
  const total = max + Math.log(scaled.reduce((sum, value) => sum + Math.exp(value - max), 0));
  return scaled.map((value) => value - total);
}

function distancesOf(features: readonly Float32Array[], spread: number): Float32Array {
  const N = features.length;
  const distances = new Float32Array(N * N);
  for (let i = 0; i < N; i++) {
    for (let j = 0; j < i; j++) {
      const distance = Math.max(0, 1 - cosineOf(features[i]!, features[j]!)) / spread;
      distances[i * N + j] = distance;
      distances[j * N + i] = distance;
    }
  }
  return distances;
}

/** Nats that each drawing adds to its label for each other one, for a blend. @returns float32 [N, N]. */
export function contributionsOf({ distances }: Hand, blend: MemoryBlend): Float32Array {
  return distances.map((distance) => contributionOf(distance, blend));
}

/**
 * Predicts a writer's drawings in a random order, each with the memory of those before it, and then learns its label.
 *
 * @param order the number of the order; the same number is the same order for every blend.
 */
export function stream(
  hand: Hand,
  contributions: Float32Array,
  order: number,
  {
    nearest: most,
    wrong = 0,
    isTrustedOnly = false,
    newestOfClass = Number.POSITIVE_INFINITY,
  }: Omit<Stream, "blend"> & Pick<MemoryBlend, "nearest">,
): Answered[] {
  const N = hand.labels.length;
  const K = hand.logP[0]!.length;
  const random = createRandom(order).fork(`order ${hand.writer}`);
  const all = random.shuffle(Array.from({ length: N }, (_, i) => i));
  const drawings = isTrustedOnly ? all.filter((i) => !hand.suspects[i]) : all;
  const mistakes = createRandom(order).fork(`mistakes ${hand.writer}`);
  const remembered: number[][] = Array.from({ length: K }, () => []);
  return drawings.map((drawing) => {
    const evidence = Float64Array.from(remembered, (rows) => {
      const parts = Float32Array.from(rows, (row) => contributions[drawing * N + row]!).sort();
      return parts.subarray(Math.max(0, parts.length - most)).reduce((sum, nats) => sum + nats, 0);
    });
    const logP = hand.logP[drawing]!;
    const label = hand.labels[drawing]!;
    const alone = greatest(logP);
    const shown = greatest(logP.map((value, k) => value + evidence[k]!));
    const nearest = remembered[shown]!.reduce(
      (most, row) => Math.max(most, contributions[drawing * N + row]!),
      0,
    );
    const isWrong = mistakes.next() < wrong;
    const shift = 1 + mistakes.int(K - 1);
    const rows = remembered[isWrong ? (label + shift) % K : label]!;
    rows.push(drawing);
    if (rows.length > newestOfClass) rows.shift();
    return {
      ...{ drawing, alone, shown, evidence, nearest },
      isAloneRight: alone === label,
      isShownRight: shown === label,
    };
  });
}

/** Two writers under one name. */
export function together(a: Hand, b: Hand, spread: number): Hand {
  const features = [...a.features, ...b.features];
  return {
    writer: `${a.writer}+${b.writer}`,
    half: a.half,
    labels: [...a.labels, ...b.labels],
    suspects: [...a.suspects, ...b.suspects],
    logits: [...a.logits, ...b.logits],
    logP: [...a.logP, ...b.logP],
    features,
    distances: distancesOf(features, spread),
  };
}

/** Returns the index of the greatest value, the first of equal ones. */
export function greatest(row: Float64Array | Float32Array): number {
  let best = 0;
  for (let k = 1; k < row.length; k++) if (row[k]! > row[best]!) best = k;
  return best;
}
