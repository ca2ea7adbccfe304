/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { DATA_SIDES, type DataSide, type DataVersion } from "../../../src/domain/lineage/run-data.ts";
import { type DrawingCard, DrawingGrid } from "../../fragments/lineage/drawing-grid.tsx";
import { shortId } from "../../fragments/runs/run-words.ts";
import { Page, type PageProps } from "../../layout/page.tsx";

/** The properties of the page of a run's data. */
export interface RunDataPageProps extends PageProps {
  runId: string;
  /** Null when the run has recorded none. */
  data: DataVersion | null;
  /** The side that is shown; null for all. */
  side: DataSide | null;
  drawings: readonly DrawingCard[];
  nextCursor: string | null;
  isFirstPage: boolean;
}

/** Exactly the drawings that a run used, in pages. */
export function RunDataPage(props: RunDataPageProps) {
  const { text, runId, data, side, drawings, nextCursor, isFirstPage } = props;
  const { t } = text;
  const title = t("runData.title", { id: shortId(runId) });
  const run = `/runs/${encodeURIComponent(runId)}`;
  const here = (shown: DataSide | null, cursor?: string) => {
    const query = new URLSearchParams({
      ...(shown === null ? {} : { side: shown }),
      ...(cursor === undefined ? {} : { cursor }),
    });
    return query.size === 0 ? `${run}/data` : `${run}/data?${query}`;
  };
  return (
    <Page {...props} title={title}>
      <a class="back" href={run}>
        ← {t("sample.run")} {shortId(runId)}
      </a>
      <div class="page-head">
        <div>
          <h1>{title}</h1>
          <p>{t("runData.lead")}</p>
        </div>
      </div>
      {data === null ? (
        <p class="sheet soft">{t("runData.notRecorded")}</p>
      ) : (
        <div class="stack">
          <dl class="facts sheet">
            <dt>{t("runData.version")}</dt>
            <dd>
              <code>{data.sha256}</code>
            </dd>
          </dl>
          <Sides {...props} data={data} here={here} />
          {drawings.length === 0 ? (
            <p class="sheet soft">{t("runData.none")}</p>
          ) : (
            <>
              <DrawingGrid text={text} drawings={drawings} />
              <p class="small soft">{t("runData.shown", { n: drawings.length })}</p>
            </>
          )}
          {nextCursor === null && isFirstPage ? null : (
            <p class="pager">
              {isFirstPage ? null : (
                <a class="button" href={here(side)}>
                  {t("runData.first")}
                </a>
              )}
              {nextCursor === null ? null : (
                <a class="button" href={here(side, nextCursor)}>
                  {t("runData.more")}
                </a>
              )}
            </p>
          )}
        </div>
      )}
    </Page>
  );
}

interface SidesProps extends RunDataPageProps {
  data: DataVersion;
  here(side: DataSide | null): string;
}

function Sides({ text, data, side, here }: SidesProps) {
  const { t } = text;
  const total = DATA_SIDES.reduce((sum, one) => sum + data.counts[one], 0);
  return (
    <nav class="tabs" aria-label={t("sample.side")}>
      <a class="button" href={here(null)} aria-current={side === null ? "true" : undefined}>
        {t("runData.all", { n: text.number(total) })}
      </a>
      {DATA_SIDES.filter((one) => data.counts[one] > 0).map((one) => (
        <a class="button" href={here(one)} aria-current={side === one ? "true" : undefined}>
          {t("runData.side", { side: t(`side.${one}`), n: text.number(data.counts[one]) })}
        </a>
      ))}
    </nav>
  );
}
