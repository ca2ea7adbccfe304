import type { Deployment } from "../../src/storage/store.ts";
import type { MessageKey } from "../i18n/en.ts";
import type { Text } from "../i18n/text.ts";

const BY_WORDS: Readonly<Record<string, MessageKey>> = {
  gate: "models.by.gate",
  api: "models.by.api",
  page: "models.by.page",
  cli: "models.by.cli",
  start: "models.by.start",
  serve: "models.by.serve",
};

/** What went live when, by whom and why. */
export function DeploymentsTable({ text, deployments }: { text: Text; deployments: readonly Deployment[] }) {
  const { t } = text;
  if (deployments.length === 0) return <p class="soft">{t("models.noDeployments")}</p>;
  return (
    <div class="table-wrap">
      <table class="cards">
        <caption>{t("models.deploymentsCaption")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("models.deployment.what")}</th>
            <th scope="col">{t("models.deployment.when")}</th>
            <th scope="col">{t("models.deployment.by")}</th>
            <th scope="col">{t("models.deployment.reason")}</th>
          </tr>
        </thead>
        <tbody>
          {deployments.map((deployment) => (
            <tr id={`deployment-${deployment.id}`}>
              <th scope="row">{t(`models.action.${deployment.action}`, { version: deployment.version })}</th>
              <td data-label={t("models.deployment.when")} class="nowrap">
                {text.dateTime(deployment.createdAt)}
              </td>
              <td data-label={t("models.deployment.by")}>{byWords(text, deployment.by)}</td>
              <td data-label={t("models.deployment.reason")}>{deployment.reason}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function byWords({ t }: Text, by: string): string {
  const key = BY_WORDS[by];
  return key === undefined ? by : t(key);
}
