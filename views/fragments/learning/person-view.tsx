/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { PersonProgress } from "../../../src/domain/learning/overview.ts";
import { pValue } from "../../../src/lib/p-value.ts";
import { shareAxis } from "../../charts/axes/share-axis.ts";
import { wholeAxis } from "../../charts/axes/whole-axis.ts";
import { ChartTable } from "../../charts/chart-table.tsx";
import { SeriesChart } from "../../charts/series-chart.tsx";
import type { Text } from "../../i18n/text.ts";
import { intervalWords, shareWords } from "./share-words.ts";

/** Properties of the part of the page about one person. */
export interface PersonViewProps {
  text: Text;
  /** Names to choose from. */
  names: readonly string[];
  /** The requested writer, empty for none. */
  writer: string;
  /** Null when there is no such writer, or none was requested. */
  progress: PersonProgress | null;
}

/** p-values below this show a difference. */
const LEVEL = 0.05;

/** Drawings that a point needs: the newest group may have one, which would be at 0 or 100 %. The table has all groups. */
const MIN_DRAWN = 10;

/** A person's mistakes over time, by the model alone and with personal memory; works without script. */
export function PersonView({ text, names, writer, progress }: PersonViewProps) {
  const { t } = text;
  return (
    <section class="sheet monitor-sheet" aria-labelledby="person-title">
      <h2 id="person-title">{t("learning.person")}</h2>
      <p class="small soft">{t("learning.personLead")}</p>
      <form class="inline-form" method="get" action="/learning#person-title">
        <div class="field">
          <label for="person-writer">{t("learning.writer")}</label>
          <input
            id="person-writer"
            name="writer"
            list="person-names"
            value={writer}
            maxlength={100}
            required
            autocomplete="off"
          />
          <datalist id="person-names">
            {names.map((name) => (
              <option value={name} />
            ))}
          </datalist>
        </div>
        <button class="button" type="submit">
          {t("learning.choose")}
        </button>
      </form>
      {writer === "" ? null : progress === null ? (
        <p>{t("learning.noPerson", { writer })}</p>
      ) : (
        <Progress text={text} progress={progress} />
      )}
    </section>
  );
}

function Progress({ text, progress }: { text: Text; progress: PersonProgress }) {
  const { t, number, percent } = text;
  const { writer, total, groups } = progress;
  if (groups.length === 0) return <p>{t("learning.noPredictions", { writer, total: number(total) })}</p>;
  const title = t("learning.personChart");
  const pointsOf = (of: "model" | "shown") =>
    groups.flatMap((group) =>
      group[of].share === null || group[of].n < MIN_DRAWN
        ? []
        : {
            x: group.to,
            y: group[of].share,
            low: group[of].low ?? undefined,
            high: group[of].high ?? undefined,
            title: t("chart.shareTitle", {
              name: `${group.from}–${group.to}`,
              share: percent(group[of].share, 0),
              n: number(group[of].n),
            }),
          },
    );
  return (
    <>
      <p>{summary(text, progress)}</p>
      <SeriesChart
        text={text}
        title={title}
        description={t("learning.personAlt", {
          n: groups.length,
          first: shareWords(text, groups[0]!.shown),
          last: shareWords(text, groups.at(-1)!.shown),
        })}
        series={[
          {
            ...{ name: t("learning.modelAlone"), points: pointsOf("model"), style: "ink" },
            ...{ marks: "all", isLoose: true },
          },
          {
            ...{ name: t("learning.withMemory"), points: pointsOf("shown"), style: "accent" },
            ...{ marks: "all", isLoose: true },
          },
        ]}
        xLabel={t("learning.drawings")}
        x={wholeAxis(text, [groups[0]!.from - 1, groups.at(-1)!.to])}
        y={shareAxis(text, { isFromZero: true })}
        empty={t("learning.fewForPoint", { min: MIN_DRAWN })}
      />
      <ChartTable
        summary={t("chart.asTable")}
        caption={title}
        columns={[
          t("learning.drawings"),
          t("learning.from"),
          t("learning.modelAlone"),
          t("learning.interval"),
          t("learning.withMemory"),
          t("learning.interval"),
        ]}
        rows={groups.map(({ from, to, at, model, shown }) => [
          `${number(from)}–${number(to)}`,
          text.dateTime(at),
          shareWords(text, model),
          intervalWords(text, model),
          shareWords(text, shown),
          intervalWords(text, shown),
        ])}
      />
      <p class="small soft">{t("learning.personNote")}</p>
    </>
  );
}

function summary(text: Text, { writer, model, shown, fixed, broken, p }: PersonProgress): string {
  const { t, number } = text;
  const values = { writer, n: number(model.n), model: shareWords(text, model) };
  if (fixed + broken === 0) return t("learning.personAlone", values);
  const verdict =
    p >= LEVEL ? "learning.same" : fixed > broken ? "learning.memoryHelps" : "learning.memoryHurts";
  return t("learning.personAll", {
    ...values,
    shown: shareWords(text, shown),
    fixed: number(fixed),
    broken: number(broken),
    p: pValue(p),
    verdict: t(verdict),
  });
}
