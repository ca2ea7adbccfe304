import type { CountedPair, TrialRules, TrialTally } from "../domain/trials/trial.ts";
import { logEvidence } from "./evidence.ts";

/** From so many writers with a name on, each one's share of the decisive pairs is limited. */
const MIN_WRITERS = 5;
/** Decisive pairs of one writer that always count. Two writers with as many do not yet decide a trial at 1 in 10,000. */
const FREE_PAIRS = 8;
const MAX_POINTS = 120;

/**
 * Counts the pairs of a trial and weighs the evidence. A pair is decisive when exactly one model is correct.
 *
 * A decisive pair counts unless its writer would then have more than `maxWriterShare` of the decisive pairs so far and
 * more than `FREE_PAIRS` of them. Labels without a writer count as one writer together. The limit holds once there are
 * `MIN_WRITERS` writers with a name, in the trial or among the labels before it: with fewer, a poisoner cannot be told
 * from the only honest person. Whether a pair counts is known before it is known which model was correct, so the false
 * alarm rate holds.
 *
 * @param pairs in order of arrival.
 * @param writersBefore writers with a name among the labels before the trial.
 */
export function tallyOf(pairs: readonly CountedPair[], rules: TrialRules, writersBefore: number): TrialTally {
  const counter = new Counter(rules, writersBefore);
  const labelled = pairs.filter(({ label }) => label !== null).length;
  const step = Math.max(1, Math.ceil(labelled / MAX_POINTS));
  for (const pair of pairs) {
    if (counter.add(pair) && counter.tally.n % step === 0) counter.addPoint();
  }
  if (counter.tally.n % step !== 0) counter.addPoint();
  return { ...counter.tally, ...counter.evidence(), byClass: Object.fromEntries(counter.byClass) };
}

/** The direction in which the shown prediction biases people is that of the champion: see docs/trials.md. */
function worseNullShare({ unnoticedMistakes }: TrialRules): number {
  return (1 + unnoticedMistakes) / 2;
}

class Counter {
  /** By label; a map, because a label may be "__proto__". */
  readonly byClass = new Map<string, { n: number; championOnly: number; otherOnly: number }>();
  readonly #names = new Set<string>();
  readonly #decisiveOf = new Map<string | null, number>();
  readonly #rules: TrialRules;
  readonly #writersBefore: number;
  readonly tally: Omit<TrialTally, "better" | "worse" | "byClass"> = {
    ...{ n: 0, bothCorrect: 0, championOnly: 0, otherOnly: 0, neither: 0, capped: 0, writers: 0 },
    unprompted: { championOnly: 0, otherOnly: 0 },
    curve: [],
  };

  constructor(rules: TrialRules, writersBefore: number) {
    this.#rules = rules;
    this.#writersBefore = writersBefore;
  }

  /** @returns whether the pair counts. */
  add({ label, championLabel, otherLabel, writer, isPrompted }: CountedPair): boolean {
    if (label === null) return false;
    const { tally } = this;
    if (writer !== null) this.#names.add(writer);
    tally.writers = this.#names.size;
    const [champion, other] = [championLabel === label, otherLabel === label];
    if (champion !== other && !this.#mayDecide(writer)) {
      tally.capped++;
      return false;
    }
    tally.n++;
    const ofClass = this.byClass.get(label) ?? { n: 0, championOnly: 0, otherOnly: 0 };
    this.byClass.set(label, ofClass);
    ofClass.n++;
    if (champion === other) {
      tally[champion ? "bothCorrect" : "neither"]++;
      return true;
    }
    const winner = champion ? "championOnly" : "otherOnly";
    tally[winner]++;
    ofClass[winner]++;
    if (!isPrompted) tally.unprompted[winner]++;
    this.#decisiveOf.set(writer, (this.#decisiveOf.get(writer) ?? 0) + 1);
    return true;
  }

  addPoint(): void {
    this.tally.curve.push({ n: this.tally.n, ...this.evidence() });
  }

  evidence(): { better: number; worse: number } {
    const { championOnly, otherOnly } = this.tally;
    return {
      better: logEvidence(otherOnly, championOnly) / Math.LN10,
      worse: logEvidence(championOnly, otherOnly, worseNullShare(this.#rules)) / Math.LN10,
    };
  }

  #mayDecide(writer: string | null): boolean {
    if (Math.max(this.#writersBefore, this.#names.size) < MIN_WRITERS) return true;
    const own = (this.#decisiveOf.get(writer) ?? 0) + 1;
    const all = this.tally.championOnly + this.tally.otherOnly + 1;
    return own <= Math.max(FREE_PAIRS, this.#rules.maxWriterShare * all);
  }
}
