import type { ImageSet } from "../../../src/domain/image-set.ts";
import type { AppData } from "../../../src/domain/samples/app-data.ts";
import { createRandom } from "../../../src/lib/random.ts";
import { drawSplit } from "../../../src/storage/tables/splits.ts";
import { toSet, type WrittenImage } from "./tuning-data.ts";

/** A drawing with the label that a batch gives it. */
export interface BatchLabel extends WrittenImage {
  /** The true digit; `label` may be another one. */
  truth: number;
}

/** Ways in which the labels of a batch are wrong; `clean` leaves them as they are. */
export const KINDS = [
  "clean",
  "20 % uniformly wrong",
  "20 % one too high",
  "30 % of one digit renamed",
  "100 % of one digit renamed",
  "one writer 30 % wrong",
] as const;
/** One of these ways. */
export type Kind = (typeof KINDS)[number];

/** A writer's wrong labels are only noticed when there are some. */
export const MIN_OF_WRITER = 60;

/** Draws a batch of labels of a kind, by the seed. @param n number of labels. */
export function drawBatch(all: readonly WrittenImage[], n: number, kind: Kind, seed: number): BatchLabel[] {
  const random = createRandom(seed).fork(`batch ${kind}`);
  const writer = kind === "one writer 30 % wrong" ? careless(all, seed) : null;
  const shuffled = random.shuffle([...all]);
  // All drawings of the careless writer, then the others.
  const order = [
    ...shuffled.filter((one) => one.writer === writer),
    ...shuffled.filter((one) => one.writer !== writer),
  ];
  const digit = seed % 10;
  const other = (label: number) => (label + 1 + random.int(9)) % 10;
  const renamed = other(digit);
  const wrong: Record<Kind, (one: WrittenImage) => number> = {
    clean: ({ label }) => label,
    "20 % uniformly wrong": ({ label }) => (random.next() < 0.2 ? other(label) : label),
    "20 % one too high": ({ label }) => (random.next() < 0.2 ? (label + 1) % 10 : label),
    "30 % of one digit renamed": ({ label }) => (label === digit && random.next() < 0.3 ? renamed : label),
    "100 % of one digit renamed": ({ label }) => (label === digit ? renamed : label),
    "one writer 30 % wrong": (one) =>
      one.writer === writer && random.next() < 0.3 ? other(one.label) : one.label,
  };
  return order.slice(0, n).map((one) => ({ ...one, truth: one.label, label: wrong[kind](one) }));
}

/** A writer with enough drawings, by the seed. */
function careless(all: readonly WrittenImage[], seed: number): string {
  const able = writersWith(all, MIN_OF_WRITER);
  return able[seed % able.length]!;
}

/** The writers with at least this many drawings, in order. */
export function writersWith(all: readonly WrittenImage[], least: number): string[] {
  const counts = Map.groupBy(all, ({ writer }) => writer);
  return [...counts].flatMap(([writer, own]) => (own.length >= least ? [writer] : [])).sort();
}

/**
 * The drawings as the store hands them over: writers are on one side of the split, by the hash of their names; the first
 * writer of a store is always on the training side. Ids are positions in the batch.
 */
export function appDataOf(batch: readonly BatchLabel[], holdoutFraction: number): AppData {
  const first = batch[0]?.writer;
  const sideOf = ({ writer }: BatchLabel) =>
    writer === first ? "train" : drawSplit(`writer:${writer}`, holdoutFraction);
  const numbered = batch.map((one, id) => ({ ...one, id: String(id) }));
  const side = (name: "train" | "holdout") => numbered.filter((one) => sideOf(one) === name);
  const [train, holdout] = [side("train"), side("holdout")];
  const refs = (some: typeof numbered) => some.map(({ id }) => ({ id, isScreened: false }));
  return {
    train: toSet(train).set,
    holdout: toSet(holdout).set,
    groups: toSet(train).groups,
    holdoutGroups: toSet(holdout).groups,
    negatives: none(),
    pinned: none(),
    samples: { train: refs(train), holdout: refs(holdout), negatives: [] },
  };
}

function none(): ImageSet {
  return toSet([]).set;
}
