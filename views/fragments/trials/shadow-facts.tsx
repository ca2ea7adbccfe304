/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Text } from "../../i18n/text.ts";

/** The counts of unseen scoring. */
export interface ShadowFactsProps {
  text: Text;
  shadow: { scored: number; disagreed: number; dropped: number; msPerDrawing: number | null };
}

/** How much is scored unseen, and what it costs. */
export function ShadowFacts({ text: { t, number }, shadow }: ShadowFactsProps) {
  const { scored, disagreed, dropped, msPerDrawing } = shadow;
  return (
    <section class="sheet" aria-labelledby="shadow-title">
      <h2 id="shadow-title">{t("trials.shadow")}</h2>
      <dl class="facts">
        <dt>{t("trials.shadow.scored")}</dt>
        <dd>{number(scored)}</dd>
        <dt>{t("trials.shadow.disagreed")}</dt>
        <dd>{number(disagreed)}</dd>
        <dt>{t("trials.shadow.dropped")}</dt>
        <dd>{number(dropped)}</dd>
        <dt>{t("trials.shadow.time")}</dt>
        <dd>{msPerDrawing === null ? t("value.none") : t("trials.ms", { ms: number(msPerDrawing, 1) })}</dd>
      </dl>
    </section>
  );
}
