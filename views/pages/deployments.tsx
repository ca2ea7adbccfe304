/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { DeploymentPeriod } from "../../src/domain/deployment.ts";
import { DeploymentsTable, type DeploymentsTableProps } from "../fragments/models/deployments-table.tsx";
import { Page, type PageProps } from "../layout/page.tsx";

/** The properties of the deployment log's page. */
export interface DeploymentsPageProps extends PageProps {
  deployments: readonly DeploymentPeriod[];
  /** The gate's decisions about their versions. */
  gates: NonNullable<DeploymentsTableProps["gates"]>;
  /** The requested day, as it was typed. */
  on: string;
  /** The day as a period; null when no day, or not a day, was requested. */
  during: { from: string; to: string } | null;
  /** The next page shows deployments before this one; null at the end. */
  nextBefore: number | null;
  isFirstPage: boolean;
}

/** The page of the deployment log: which version answered when. */
export function DeploymentsPage(props: DeploymentsPageProps) {
  const { text, on, nextBefore, isFirstPage } = props;
  const { t } = text;
  const path = on === "" ? "/models/deployments" : `/models/deployments?${new URLSearchParams({ on })}`;
  // Only the newest deployments change while the page is open.
  const live = isFirstPage ? { "hx-get": path, "hx-trigger": "every 15s", "hx-swap": "innerMorph" } : {};
  const next = new URLSearchParams({ ...(on === "" ? {} : { on }), before: String(nextBefore) });
  return (
    <Page {...props} title={t("registry.log")}>
      <a class="back" href="/models">
        ← {t("models.title")}
      </a>
      <div class="page-head">
        <div>
          <h1>{t("registry.log")}</h1>
          <p>{t("registry.logLead")}</p>
        </div>
      </div>
      <div class="stack">
        <form class="sheet inline-form" method="get" action="/models/deployments">
          <div class="field">
            <label for="on">{t("registry.on")}</label>
            <input id="on" name="on" type="date" value={on} />
          </div>
          <button class="button button-main" type="submit">
            {t("registry.show")}
          </button>
          {on === "" ? null : (
            <a class="button" href="/models/deployments">
              {t("registry.all")}
            </a>
          )}
        </form>
        <div class="stack" {...live}>
          <DeploymentsContent {...props} />
        </div>
        {nextBefore === null && isFirstPage ? null : (
          <p class="pager">
            {isFirstPage ? null : (
              <a class="button" href={path}>
                {t("registry.newest")}
              </a>
            )}
            {nextBefore === null ? null : (
              <a class="button" href={`/models/deployments?${next}`}>
                {t("registry.older")}
              </a>
            )}
          </p>
        )}
      </div>
    </Page>
  );
}

/** The part of the page that changes while it is open. */
export function DeploymentsContent(
  props: Pick<DeploymentsPageProps, "text" | "deployments" | "gates" | "on" | "during">,
) {
  const { text, deployments, during, gates } = props;
  return (
    <>
      <Answer {...props} />
      {during !== null && deployments.length === 0 ? null : (
        <DeploymentsTable text={text} deployments={deployments} gates={gates} />
      )}
    </>
  );
}

/** Which versions answered on the requested day, in one sentence. */
function Answer({
  text: { t },
  on,
  during,
  deployments,
}: Pick<DeploymentsPageProps, "text" | "on" | "during" | "deployments">) {
  if (on === "") return null;
  if (during === null) return <p class="alert">{t("registry.notADay")}</p>;
  const versions = [...new Set(deployments.map(({ version }) => version))].toReversed();
  const names = versions
    .map((version) => t("models.name", { version }))
    .reduce((first, next) => (first === "" ? next : first + t("text.comma") + next), "");
  return (
    <p class="notice" role="status">
      {versions.length === 0
        ? t("registry.noneOn", { day: on })
        : t("registry.answeredOn", { day: on, models: names })}
    </p>
  );
}
