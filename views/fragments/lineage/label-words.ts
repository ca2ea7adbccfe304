import type { SampleState } from "../../../src/domain/sample.ts";
import { en, type MessageKey } from "../../i18n/en.ts";
import type { Text } from "../../i18n/text.ts";

/** A label for people: "7", "7 (withdrawn)", "None of these". */
export function labelWords({ t }: Text, label: string | null, state: SampleState | null = null): string {
  const name = label ?? t("draw.none");
  return state === "rejected" ? t("samples.withdrawnLabel", { label: name }) : name;
}

/** The state of a sample in words; one of another release is unchanged. */
export function stateWords({ t }: Text, state: SampleState): string {
  const key = `samples.state.${state}`;
  return isKey(key) ? t(key) : state;
}

function isKey(key: string): key is MessageKey {
  return Object.hasOwn(en, key);
}
