import type { Trial } from "../../../src/domain/trials/trial.ts";
import type { Text } from "../../i18n/text.ts";

/** "Model 7 against model 5", "Model 7, watched by model 5", "Model 7 waits for its trial". */
export function trialName({ t }: Text, { kind, champion, other }: Trial): string {
  if (champion === null) return t("trials.waitingTitle", { other });
  return t(`trials.${kind}`, { champion, other });
}
