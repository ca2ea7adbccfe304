/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Deployment } from "../../../src/domain/deployment.ts";
import type { MessageKey } from "../../i18n/en.ts";
import type { Text } from "../../i18n/text.ts";

const BY_WORDS: Readonly<Record<string, MessageKey>> = {
  gate: "models.by.gate",
  api: "models.by.api",
  page: "models.by.page",
  cli: "models.by.cli",
  start: "models.by.start",
  serve: "models.by.serve",
};

/** The program's own reasons, as the store has them; a person's are shown as they were written. */
const REASON_WORDS: Readonly<Record<string, MessageKey>> = {
  "it passed every check of the gate": "models.reason.gate",
  "first start": "models.reason.firstStart",
  "built-in model of this release": "models.reason.release",
  "requested on the command line": "models.reason.cli",
  "requested through the API": "models.reason.api",
  "promoted on the page": "models.reason.page",
  "promoted on the page although the gate was not passed": "models.reason.forced",
  "rolled back on the page": "models.reason.page",
};

/** The history of deployments: which version went live when, by whom and why. */
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
              <td data-label={t("models.deployment.by")}>{worded(text, BY_WORDS, deployment.by)}</td>
              <td data-label={t("models.deployment.reason")}>
                {worded(text, REASON_WORDS, currentReason(deployment.reason))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A reason of the program's own in its current wording; earlier releases stored another one. */
function currentReason(stored: string): string {
  return stored
    .replace(/^asked for on (?=the command line$)/, "requested on ")
    .replace(/^asked for over (?=the API$)/, "requested through ");
}

function worded({ t }: Text, words: Readonly<Record<string, MessageKey>>, stored: string): string {
  const key = Object.hasOwn(words, stored) ? words[stored] : undefined;
  if (key !== undefined) return t(key);
  const [, version, reason] = NOT_LOADED.exec(stored) ?? [];
  return version === undefined || reason === undefined
    ? stored
    : t("models.reason.notLoaded", { version, reason });
}

/** The reason of a fall back, as the server stores it. */
const NOT_LOADED = /^version (\d+) could not be loaded: (.+)$/s;
