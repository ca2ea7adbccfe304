import type { GateCheck, GateRecord, GateSentence, PairedEvidence, Verdict } from "../../domain/gate.ts";
import { pValue } from "../../lib/p-value.ts";
import { saying as says } from "../../lib/saying.ts";
import { REFERENCE } from "./evidence.ts";
import { count, points } from "./figures.ts";
import { worstClass } from "./gate-checks.ts";

/** With two sets that may show a gain, each counts at half of 5 % (Bonferroni). */
const BETTER = 0.025;

/**
 * Draws the verdict from checks and evidence: rejected when a check failed, held when evidence is missing, better when
 * drawings or reference images show a gain, otherwise not worse.
 *
 * @param evidence the comparisons with the champion, the most important first: the first that shows a gain is named.
 * @param margin   that the candidate is not worse by, 0..1; null where a test of drawings decided.
 */
export function verdictFrom(
  checks: readonly GateCheck[],
  evidence: readonly PairedEvidence[],
  margin: number | null,
): GateRecord {
  const failed = checks.find(({ passed, isMissing }) => !passed && isMissing !== true);
  const lacking = checks.find(({ passed }) => !passed);
  const against = evidence.filter((one) => one.against === "champion");
  const better = against.find(({ fixed, broken, p }) => fixed > broken && p < BETTER);
  const verdict: Verdict =
    failed !== undefined
      ? "rejected"
      : lacking !== undefined
        ? "held"
        : better !== undefined
          ? "better"
          : "not_worse";
  return {
    passed: verdict === "better" || verdict === "not_worse",
    verdict,
    summary:
      (failed ?? lacking) ? reasonOf((failed ?? lacking)!) : gainOf(better ?? against[0], against, margin),
    checks: [...checks],
    evidence: [...evidence],
  };
}

function reasonOf({ detail, says }: GateCheck): GateSentence {
  return { detail, says };
}

/** The one sentence of a candidate that passed. */
function gainOf(
  shown: PairedEvidence | undefined,
  against: readonly PairedEvidence[],
  margin: number | null,
): GateSentence {
  if (shown === undefined) {
    return { detail: "There is no champion to compare it with", says: says("verdict.first", {}) };
  }
  const { n, fixed, broken, p, set } = shown;
  const worst = worstClass(against.filter((one) => one.set === (margin === null ? set : REFERENCE)));
  const drop = Math.max(0, worst === null ? 0 : worst.other - worst.candidate);
  const lost = drop === 0 ? "no class lost anything" : `no class lost more than ${points(drop, false)}`;
  const saysLost = drop === 0 ? says("verdict.lostNothing") : says("verdict.lostAtMost", { drop });
  const figures = { n, fixed, broken, p, lost: saysLost };
  if (fixed > broken && p < BETTER) {
    return {
      detail: `Of ${count(n)} ${wordsOf(set)}, ${count(fixed)} fixed and ${count(broken)} broken, p = ${pValue(p)}; ${lost}`,
      says: says(set === REFERENCE ? "verdict.betterReference" : "verdict.better", figures),
    };
  }
  const reference = against.find((one) => one.set === REFERENCE);
  if (margin === null || reference === undefined) {
    return {
      detail: `Not shown to be worse: of ${count(n)} ${wordsOf(set)}, ${count(fixed)} fixed and ${count(broken)} broken, p = ${pValue(p)}; ${lost}`,
      says: says("verdict.notShownWorse", figures),
    };
  }
  const holdout = against.find((one) => one.set === "app_holdout");
  const [heldOut, saysHeldOut] =
    holdout === undefined
      ? ["no drawings are held out", says("verdict.noHoldout")]
      : [
          `of ${count(holdout.n)} held-out drawings, ${count(holdout.fixed)} fixed and ${count(holdout.broken)} broken`,
          says("verdict.holdout", { n: holdout.n, fixed: holdout.fixed, broken: holdout.broken }),
        ];
  return {
    detail: `Not worse by more than ${points(margin, false)} on ${count(reference.n)} MNIST test images and pinned drawings, with 95 % confidence: ${count(reference.fixed)} fixed and ${count(reference.broken)} broken; ${heldOut}; ${lost}`,
    says: says("verdict.notWorse", {
      ...{ n: reference.n, fixed: reference.fixed, broken: reference.broken, margin },
      heldOut: saysHeldOut,
      lost: saysLost,
    }),
  };
}

function wordsOf(set: string): string {
  return set === REFERENCE ? "MNIST test images and pinned drawings" : "held-out drawings";
}
