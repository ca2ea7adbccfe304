import { createRandom } from "../../../src/lib/random.ts";
import { halfOf } from "../support/measured-sets.ts";
import type { WrittenImage } from "../support/tuning-data.ts";

/** A drawing, with what the model without tuning makes of it. */
export interface LabDrawing extends WrittenImage {
  half: "A" | "B";
  /** Whether the model without tuning reads it wrong. */
  isMisread: boolean;
  /** Whether screening sends its label to review, so that nothing is trained on it until a person has confirmed it. */
  isInReview: boolean;
}

/** Drawings that give labels, and others that are measured. */
export interface Draw {
  labelled: readonly LabDrawing[];
  measured: readonly LabDrawing[];
}

/** The half of a writer as `readWritten` names it: the name is preceded by its file. */
export const writerHalf = (writer: string) => halfOf(writer.slice(writer.indexOf("/") + 1));

/** Writers with fewer drawings are not measured on their own, and are not in the hard group. */
const MIN_OF_ONE = 140;
const MIN_OF_HARD = 40;
/** A writer of the hard group gives at most as many labels: 20 writers about 700. */
const MOST_OF_HARD = 40;
/** Drawings of one writer from this one on are measured, however many of those before give labels. */
const MOST_OF_ONE = 100;

/** One writer: the first `labels` of the drawings, shuffled by the seed; those from the hundred-and-first on are measured. */
export function ownDraws(drawings: readonly LabDrawing[], labels: number, seed: number): Draw[] {
  return byWriter(drawings, MIN_OF_ONE).map((own) => {
    const order = shuffled(own, seed);
    return { labelled: order.slice(0, labels), measured: order.slice(MOST_OF_ONE) };
  });
}

/**
 * The `writers` of whose drawings the model misreads the most. Each writer's drawings are shuffled by the seed; the
 * first half decides who is hard (share misread; of equal ones the first by name), and its first 40 give the labels; the
 * second half is measured, so that the choice favours no model.
 */
export function hardDraw(drawings: readonly LabDrawing[], writers: number, seed: number): Draw {
  const hardest = byWriter(drawings, MIN_OF_HARD)
    .map((own) => {
      const order = shuffled(own, seed);
      const first = order.slice(0, order.length >> 1);
      return { first, rest: order.slice(first.length), share: misreadShare(first) };
    })
    .sort((a, b) => b.share - a.share)
    .slice(0, writers);
  return {
    labelled: hardest.flatMap(({ first }) => first.slice(0, MOST_OF_HARD)),
    measured: hardest.flatMap(({ rest }) => rest),
  };
}

/** Half of the writers, by the seed, give `labels` labels drawn from all of theirs; all drawings of the others are measured. */
export function strangersDraw(drawings: readonly LabDrawing[], labels: number, seed: number): Draw {
  const random = createRandom(seed).fork("strangers");
  const writers = random.shuffle([...new Set(drawings.map(({ writer }) => writer))].sort());
  const labelling = new Set(writers.slice(0, writers.length >> 1));
  const give = drawings.filter(({ writer }) => labelling.has(writer));
  return {
    labelled: random.shuffle(give).slice(0, labels),
    measured: drawings.filter(({ writer }) => !labelling.has(writer)),
  };
}

/** The drawings of each writer who has enough, ordered by name. */
function byWriter(drawings: readonly LabDrawing[], least: number): LabDrawing[][] {
  return [...Map.groupBy(drawings, ({ writer }) => writer)]
    .filter(([, own]) => own.length >= least)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, own]) => own);
}

function shuffled(own: readonly LabDrawing[], seed: number): LabDrawing[] {
  return createRandom(seed)
    .fork(own[0]!.writer)
    .shuffle([...own]);
}

function misreadShare(drawings: readonly LabDrawing[]): number {
  return drawings.filter(({ isMisread }) => isMisread).length / drawings.length;
}
