/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { type GateRecord, resultOf, verdictOf } from "../../../src/domain/gate.ts";
import type { Text } from "../../i18n/text.ts";
import { checkWords, heldOutWords } from "./gate-words.ts";
import { VerdictMark } from "./verdict-mark.tsx";

/**
 * The gate's decision in short, in its own words: the verdict, the sentence that sums it up, what was not judged and
 * why, and of a version that it did not pass, the champion's accuracy on held-out drawings beside the candidate's.
 */
export function GateSays(props: {
  text: Text;
  gate: GateRecord;
  /** Whether the sentence stands beside it already. */
  isSummed?: boolean;
}) {
  const { text, gate, isSummed = false } = props;
  const { t } = text;
  const { summary, checks } = gate;
  const heldOut = ["held", "rejected"].includes(verdictOf(gate)) ? heldOutWords(text, gate) : null;
  return (
    <div class={`gate-says${isSummed ? "" : " has-words"}`}>
      <VerdictMark text={text} gate={gate} />
      {summary === undefined || isSummed ? null : <span>{checkWords(text, summary)}</span>}
      {heldOut === null ? null : <span>{heldOut}</span>}
      {checks
        .filter((check) => resultOf(check) === "unjudged")
        .map((check) => (
          <span class="soft">{t("evidence.unjudged", { reason: checkWords(text, check) })}</span>
        ))}
    </div>
  );
}
