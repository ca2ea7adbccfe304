/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { type CheckResult, type GateRecord, isInReview, resultOf } from "../../../src/domain/gate.ts";
import type { MessageKey } from "../../i18n/en.ts";
import type { Text } from "../../i18n/text.ts";
import { checkWords, heldOutWords } from "./gate-words.ts";
import { VerdictMark } from "./verdict-mark.tsx";

/** The gate's decision: its verdict, the sentence that sums it up, and every check. */
export function GateChecks({
  text,
  gate,
  hasQueue = false,
}: {
  text: Text;
  gate: GateRecord;
  /** Whether the page may link to the label queue, which a report in a file cannot. */
  hasQueue?: boolean;
}) {
  return (
    <div class="stack">
      <Decision text={text} gate={gate} />
      <CheckList text={text} checks={gate.checks} />
      {hasQueue && isInReview(gate) ? (
        <p>
          <a href="/label">{text.t("status.review")}</a>
        </p>
      ) : null}
    </div>
  );
}

function Decision({ text, gate }: { text: Text; gate: GateRecord }) {
  const { t } = text;
  const { verdict, summary } = gate;
  const heldOut = heldOutWords(text, gate);
  if (verdict === undefined) {
    return (
      <p>
        <strong>{gate.passed ? t("run.gatePassed") : t("run.gateFailed")}</strong>
      </p>
    );
  }
  return (
    <div class="decision">
      <p class="decision-verdict">
        <VerdictMark text={text} gate={gate} />
      </p>
      {summary === undefined ? null : <p>{checkWords(text, summary)}</p>}
      {heldOut === null ? null : <p>{heldOut}</p>}
      <p class="soft small">{t(`verdict.${verdict}.text`)}</p>
    </div>
  );
}

const ICONS: Readonly<Record<CheckResult, string>> = {
  passed: "M3 8.5l3.2 3.2L13 5",
  failed: "M4 4l8 8M12 4l-8 8",
  missing: "M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11M8 5v3.2l2 1.6",
  unjudged: "M3.5 8h9",
};
const WORDS: Readonly<Record<CheckResult, MessageKey>> = {
  passed: "run.checkPassed",
  failed: "run.checkFailed",
  missing: "run.checkMissing",
  unjudged: "run.checkUnjudged",
};

/** A list of checks, each with its result; one that lacks evidence, or was not judged, also says so. */
export function CheckList({ text, checks }: { text: Text; checks: GateRecord["checks"] }) {
  return (
    <ul class="checks">
      {checks.map((check) => {
        const state = resultOf(check);
        return (
          <li class={`check-${state}`}>
            <svg viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="2" aria-hidden="true">
              <path d={ICONS[state]} stroke-linecap="round" stroke-linejoin="round" />
            </svg>
            <span>
              <b class={state === "missing" || state === "unjudged" ? "check-word" : "unseen"}>
                {text.t(WORDS[state])}
                {text.t("text.colon")}
              </b>
              {checkWords(text, check)}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
