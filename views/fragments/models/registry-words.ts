import type { Verdict } from "../../../src/domain/gate.ts";
import type { MessageKey } from "../../i18n/en.ts";
import type { Text } from "../../i18n/text.ts";

const VERDICT_WORDS: Readonly<Record<Verdict, MessageKey>> = {
  better: "registry.verdict.better",
  not_worse: "registry.verdict.not_worse",
  held: "registry.verdict.held",
  rejected: "registry.verdict.rejected",
};

/** The gate's verdict in words. */
export function verdictWords({ t }: Text, verdict: Verdict | null): string {
  return t(verdict === null ? "models.gate.none" : VERDICT_WORDS[verdict]);
}
