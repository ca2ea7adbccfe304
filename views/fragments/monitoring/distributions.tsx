/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { MEASURES } from "../../../src/domain/monitoring/measures.ts";
import type { Proportion } from "../../../src/domain/monitoring/proportion.ts";
import { HistogramChart } from "../../charts/histogram-chart.tsx";
import { Legend } from "../../charts/marks.tsx";
import type { Text } from "../../i18n/text.ts";
import { MIN_PREDICTIONS } from "./enough.ts";
import type { MonitoringProps } from "./live-accuracy.tsx";
import { binsOf, classBins, measureName } from "./measure-words.ts";

/** The predictions of the window by class and by measure, with the reference of the live version. */
export function Distributions({ text, overview }: MonitoringProps) {
  const { t, number } = text;
  const { counts, reference, undecided, disagreement } = overview;
  const isEnough = counts.n >= MIN_PREDICTIONS;
  const titled = (name: string) => t("monitoring.histogramAlt", { name, n: number(counts.n) });
  return (
    <section class="sheet monitor-sheet" aria-labelledby="distributions-title">
      <h2 id="distributions-title">{t("monitoring.distributions")}</h2>
      <dl class="facts">
        <dt>{t("monitoring.predictions")}</dt>
        <dd>{number(counts.n)}</dd>
        <dt>{t("monitoring.undecided")}</dt>
        <dd>{shareWords(text, undecided)}</dd>
        <dt>{t("monitoring.disagreement")}</dt>
        <dd>{disagreement.n === 0 ? t("monitoring.noChallenger") : shareWords(text, disagreement)}</dd>
      </dl>
      {isEnough ? null : (
        <p class="soft">{t("monitoring.fewPredictions", { n: number(counts.n), min: MIN_PREDICTIONS })}</p>
      )}
      {isEnough ? (
        <>
          {reference === null ? null : (
            <Legend
              items={[
                { name: t("monitoring.referenceOf", { version: reference.modelVersion }), style: "accent" },
              ]}
            />
          )}
          <div class="columns">
            <HistogramChart
              text={text}
              title={measureName(text, "classes")}
              description={titled(measureName(text, "classes"))}
              binName={t("model.class")}
              bins={classBins(counts.classes, reference?.counts.classes ?? null)}
            />
            {MEASURES.map((measure) => (
              <HistogramChart
                text={text}
                title={measureName(text, measure)}
                description={titled(measureName(text, measure))}
                binName={t("monitoring.range")}
                areRanges
                bins={binsOf(
                  text,
                  measure,
                  counts.histograms[measure],
                  measure === "latency" ? null : (reference?.counts.histograms[measure] ?? null),
                )}
              />
            ))}
          </div>
        </>
      ) : null}
    </section>
  );
}

function shareWords({ t, number, percent }: Text, { n, share, low, high }: Proportion): string {
  if (share === null || low === null || high === null) return t("monitoring.noPredictions");
  return t("monitoring.shareOf", {
    share: percent(share),
    low: percent(low),
    high: percent(high),
    n: number(n),
  });
}
