/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { GateRecord } from "../../../src/domain/gate.ts";
import type { Text } from "../../i18n/text.ts";
import { checkWords } from "./gate-words.ts";

/** The gate's decision and its reasons, check by check, in the reader's language. */
export function GateChecks({ text, gate }: { text: Text; gate: GateRecord }) {
  const { t } = text;
  return (
    <div class="stack">
      <p>
        <strong>{gate.passed ? t("run.gatePassed") : t("run.gateFailed")}</strong>
      </p>
      <CheckList text={text} checks={gate.checks} />
    </div>
  );
}

/** A list of checks, each with its result. */
export function CheckList({ text, checks }: { text: Text; checks: GateRecord["checks"] }) {
  const { t } = text;
  return (
    <ul class="checks">
      {checks.map((check) => (
        <li class={check.passed ? "check-passed" : "check-failed"}>
          <svg viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="2" aria-hidden="true">
            <path d={check.passed ? "M3 8.5l3.2 3.2L13 5" : "M4 4l8 8M12 4l-8 8"} stroke-linecap="round" />
          </svg>
          <span>
            <span class="unseen">
              {t(check.passed ? "run.checkPassed" : "run.checkFailed")}
              {t("text.colon")}
            </span>
            {checkWords(text, check)}
          </span>
        </li>
      ))}
    </ul>
  );
}
