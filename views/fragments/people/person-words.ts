import type { Actor } from "../../../src/domain/actor.ts";
import type { Text } from "../../i18n/text.ts";

/** Who did something, by the name of the person or program; of an actor without one, in words. */
export function personWords(text: Text, actor: Actor | null): string {
  const { t } = text;
  if (actor === null) return t("actor.unknown");
  const { kind, name } = actor;
  if (kind === "session") return name ?? t("audit.unknownPerson");
  if (kind === "token" && name !== null) return t("audit.program", { name });
  return name === null ? t(`actor.${kind}`) : t("actor.named", { kind: t(`actor.${kind}`), name });
}
