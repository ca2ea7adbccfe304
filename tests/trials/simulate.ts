import { createRandom } from "../../src/lib/random.ts";
import { logEvidence } from "../../src/trials/evidence.ts";

/** Two models of which each pair has these shares; the rest is decided by neither. */
export interface Scenario {
  /** Share of drawings that only the other model classifies correctly. */
  otherOnly: number;
  /** Share of drawings that only the champion classifies correctly. */
  championOnly: number;
}

/** How simulated trials ended: the number of labels of each one that was decided. */
export interface Simulated {
  better: number[];
  worse: number[];
  undecided: number;
}

/** Returns the fewest wins among n decisive pairs whose evidence decides, for n = 0, 1, 2, ...; Infinity when not even n do. */
function boundary(falseAlarmRate: number, nullShare: number): (n: number) => number {
  const needed = -Math.log(falseAlarmRate);
  const known: number[] = [];
  let wins = 0;
  return (n) => {
    while (known.length <= n) {
      const pairs = known.length;
      while (wins <= pairs && logEvidence(wins, pairs - wins, nullShare) < needed) wins++;
      known.push(wins <= pairs ? wins : Number.POSITIVE_INFINITY);
      wins = Math.min(wins, pairs);
    }
    return known[n]!;
  };
}

/** Simulates trials that look after each label, as the server does at most. */
export function simulate(
  { otherOnly, championOnly }: Scenario,
  options: {
    trials: number;
    maxLabels: number;
    falseAlarmRate: number;
    worseNullShare: number;
    seed: number;
  },
): Simulated {
  const { trials, maxLabels, falseAlarmRate, worseNullShare, seed } = options;
  const random = createRandom(seed);
  const better = boundary(falseAlarmRate, 0.5);
  const worse = boundary(falseAlarmRate, worseNullShare);
  const ended: Simulated = { better: [], worse: [], undecided: 0 };
  for (let trial = 0; trial < trials; trial++) {
    let [wins, losses] = [0, 0];
    let decision: "better" | "worse" | null = null;
    for (let n = 1; n <= maxLabels && decision === null; n++) {
      const draw = random.next();
      if (draw < otherOnly) wins++;
      else if (draw < otherOnly + championOnly) losses++;
      else continue;
      if (wins >= better(wins + losses)) decision = "better";
      else if (losses >= worse(wins + losses)) decision = "worse";
      if (decision !== null) ended[decision].push(n);
    }
    if (decision === null) ended.undecided++;
  }
  return ended;
}
