import { simulate } from "../trials/simulate.ts";

// The tables of docs/trials.md: `npm run bench -- trials`. Two models that are correct independently of each other on the
// drawings that are hard for them; seeds are fixed, so the tables are the same everywhere.

const SEED = 20_261_129;
const WORSE = 0.6;
/** Accuracy of the champion and of the other model. */
const PAIRS = [
  [0.98, 0.6],
  [0.98, 0.8],
  [0.98, 0.9],
  [0.98, 0.95],
  [0.98, 0.97],
  [0.95, 0.97],
  [0.95, 0.98],
  [0.9, 0.98],
  [0.6, 0.98],
] as const;
const EQUAL = [0.8, 0.95, 0.98];
const RATES = [0.05, 0.01, 0.0001];

/** Prints false alarms of equal models, and the labels until a difference is found. */
export async function benchTrials(): Promise<void> {
  console.log("| accuracy of both | rate | trials | called better | called worse |\n|---|---|---|---|---|");
  for (const accuracy of EQUAL) {
    for (const falseAlarmRate of RATES) {
      const trials = falseAlarmRate < 0.001 ? 20_000 : 5_000;
      const options = { trials, maxLabels: 5_000, falseAlarmRate, worseNullShare: WORSE, seed: SEED };
      const { better, worse } = simulate(scenarioOf(accuracy, accuracy), options);
      console.log(`| ${accuracy} | ${falseAlarmRate} | ${trials} | ${better.length} | ${worse.length} |`);
    }
  }
  console.log(
    "\n| champion | other | decided | labels: median | 90 % | undecided at 5,000 | wrong |\n|---|---|---|---|---|---|---|",
  );
  for (const [champion, other] of PAIRS) {
    const options = {
      trials: 1_000,
      maxLabels: 5_000,
      falseAlarmRate: 0.0001,
      worseNullShare: WORSE,
      seed: SEED,
    };
    const ended = simulate(scenarioOf(champion, other), options);
    const [right, wrong] = other > champion ? [ended.better, ended.worse] : [ended.worse, ended.better];
    const decided = `${(right.length / 10).toFixed(1)} %`;
    console.log(
      `| ${champion} | ${other} | ${decided} | ${at(right, 0.5)} | ${at(right, 0.9)} | ${ended.undecided / 10} % | ${wrong.length} |`,
    );
  }
}

/** Each model makes its mistakes independently. */
function scenarioOf(champion: number, other: number) {
  return { otherOnly: other * (1 - champion), championOnly: champion * (1 - other) };
}

function at(labels: readonly number[], q: number): number | string {
  return labels.toSorted((a, b) => a - b)[Math.floor(q * labels.length)] ?? "–";
}
