import type { Actor } from "../../../src/domain/actor.ts";
import type { Verdict } from "../../../src/domain/gate.ts";
import type { MessageKey } from "../../i18n/en.ts";
import type { Text } from "../../i18n/text.ts";

const ACTOR_WORDS: Readonly<Record<Actor["kind"], MessageKey>> = {
  local: "registry.actor.local",
  session: "registry.actor.session",
  token: "registry.actor.token",
  schedule: "registry.actor.schedule",
  command_line: "registry.actor.command_line",
};

const VERDICT_WORDS: Readonly<Record<Verdict, MessageKey>> = {
  better: "registry.verdict.better",
  not_worse: "registry.verdict.not_worse",
  held: "registry.verdict.held",
  rejected: "registry.verdict.rejected",
};

/** Who changed something, in words: the name, where there is one. */
export function actorWords({ t }: Text, actor: Actor | null): string {
  if (actor === null) return t("registry.actor.unknown");
  const kind = t(ACTOR_WORDS[actor.kind]);
  return actor.name === null ? kind : t("text.aside", { text: actor.name, aside: kind });
}

/** The gate's verdict in words. */
export function verdictWords({ t }: Text, verdict: Verdict | null): string {
  return t(verdict === null ? "models.gate.none" : VERDICT_WORDS[verdict]);
}
