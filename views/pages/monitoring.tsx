/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { MonitorOverview } from "../../src/domain/monitoring/overview.ts";
import { type MonitorWindow, WINDOWS } from "../../src/domain/monitoring/windows.ts";
import { Distributions } from "../fragments/monitoring/distributions.tsx";
import { DriftView } from "../fragments/monitoring/drift-view.tsx";
import { LiveAccuracyView } from "../fragments/monitoring/live-accuracy.tsx";
import { OverTime } from "../fragments/monitoring/over-time.tsx";
import type { MessageKey } from "../i18n/en.ts";
import type { Text } from "../i18n/text.ts";
import { Page, type PageProps } from "../layout/page.tsx";

/** The properties of the Monitoring page. */
export interface MonitoringPageProps extends PageProps {
  overview: MonitorOverview;
}

const NAMES: Readonly<Record<MonitorWindow, MessageKey>> = {
  "24h": "monitoring.window.24h",
  "7d": "monitoring.window.7d",
  "30d": "monitoring.window.30d",
  all: "monitoring.window.all",
};

/** The page of what the predictions and labels of a window show. */
export function MonitoringPage(props: MonitoringPageProps) {
  const { text, overview } = props;
  const { t } = text;
  return (
    <Page {...props} title={t("monitoring.title")}>
      <div class="page-head">
        <div>
          <h1>{t("monitoring.title")}</h1>
          <p>{t("monitoring.lead")}</p>
          <p>
            <a href="/learning">{t("learning.link")}</a>
          </p>
        </div>
        <WindowSwitch text={text} window={overview.window} />
      </div>
      <div
        class="stack"
        hx-get={`/monitoring?window=${overview.window}`}
        hx-trigger="every 15s"
        hx-swap="innerMorph"
      >
        <MonitoringContent text={text} overview={overview} />
      </div>
    </Page>
  );
}

/** The part of the page that changes while it is open. */
export function MonitoringContent({ text, overview }: Pick<MonitoringPageProps, "text" | "overview">) {
  return (
    <>
      <LiveAccuracyView text={text} overview={overview} />
      <DriftView text={text} overview={overview} />
      <OverTime text={text} overview={overview} />
      <Distributions text={text} overview={overview} />
    </>
  );
}

function WindowSwitch({ text: { t }, window }: { text: Text; window: MonitorWindow }) {
  return (
    <nav aria-label={t("monitoring.window")}>
      <ul class="window-list">
        {WINDOWS.map((one) => (
          <li>
            <a href={`/monitoring?window=${one}`} aria-current={one === window ? "page" : undefined}>
              {t(NAMES[one])}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
