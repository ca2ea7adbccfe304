import type { Actor } from "../../src/domain/actor.ts";
import type { Text } from "../i18n/text.ts";

/** Who did something, in words: "Command line", "A visitor (3f2a)"; null where it is not recorded. */
export function actorWords({ t }: Text, actor: Actor | null): string {
  if (actor === null) return t("actor.unknown");
  const kind = t(`actor.${actor.kind}`);
  return actor.name === null ? kind : t("actor.named", { kind, name: actor.name });
}
