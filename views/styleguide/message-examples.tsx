/** @jsxRuntime automatic @jsxImportSource hono/jsx */

import { shareAxis } from "../charts/axes/share-axis.ts";
import { wholeAxis } from "../charts/axes/whole-axis.ts";
import { SeriesChart } from "../charts/series-chart.tsx";
import { DeploymentsTable } from "../fragments/models/deployments-table.tsx";
import { Notice } from "../fragments/notice.tsx";
import { RunsTable } from "../fragments/runs/runs-table.tsx";
import type { Text } from "../i18n/text.ts";
import { NoticeList } from "../layout/site-notices.tsx";

/** The moment of the examples. */
export const EXAMPLE_TIME = "2026-01-02T03:04:05.000Z";

/** The result of a request: done, or a problem. */
export function NoticesExample({ text }: { text: Text }) {
  const { t } = text;
  return (
    <div class="stack">
      <Notice notice={{ kind: "done", message: t("styleguide.noticeDone") }} />
      <Notice notice={{ kind: "problem", message: t("error.403.text") }} />
    </div>
  );
}

/** A notice that every page shows until someone dismisses it. */
export function SiteNoticeExample({ text }: { text: Text }) {
  const notice = {
    ...{ id: 0, createdAt: EXAMPLE_TIME, acknowledgedAt: null, acknowledgedBy: null, href: "/models/trials" },
    message: text.t("styleguide.noticeDone"),
  };
  return (
    <div class="site-notices">
      <NoticeList text={text} notices={[notice]} path="/styleguide" />
    </div>
  );
}

/** The message of a request that htmx could not complete; here in its place instead of above the page. */
export function ToastExample({ text: { t } }: { text: Text }) {
  return (
    <div class="styleguide-frame">
      <div class="toast">{t("error.500.text")}</div>
    </div>
  );
}

/** Nothing to show yet: a sentence in place of the picture, the list or the table. */
export function EmptyExample({ text }: { text: Text }) {
  const { t } = text;
  return (
    <div class="stack">
      <SeriesChart
        text={text}
        title={t("styleguide.chart")}
        description=""
        series={[]}
        x={wholeAxis(text)}
        y={shareAxis(text)}
        xLabel=""
        empty={t("run.noCurveYet")}
      />
      <RunsTable text={text} runs={[]} now={EXAMPLE_TIME} />
      <DeploymentsTable text={text} deployments={[]} />
    </div>
  );
}
