import type { Actor } from "../../src/domain/actor.ts";
import type { Text } from "../i18n/text.ts";

/** Who did something, in words: "Command line", "A visitor (3f2a)". */
export function actorWords({ t }: Text, { kind, name }: Actor): string {
  return name === null ? t(`actor.${kind}`) : t("actor.named", { kind: t(`actor.${kind}`), name });
}
