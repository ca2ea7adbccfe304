/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Deployment, DeploymentPeriod } from "../../../src/domain/deployment.ts";
import type { GateRecord } from "../../../src/domain/gate.ts";
import type { MessageKey } from "../../i18n/en.ts";
import type { Text } from "../../i18n/text.ts";
import { actorWords } from "../actor-words.ts";
import { GateSays } from "./gate-says.tsx";
import { checkWords } from "./gate-words.ts";
import { verdictWords } from "./registry-words.ts";

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

/** The deployments of a table; in the log, each with its end. */
export interface DeploymentsTableProps {
  text: Text;
  deployments: readonly (Deployment | DeploymentPeriod)[];
  /** The gate's decisions, by version; without it, only its verdict is shown. */
  gates?: ReadonlyMap<number, GateRecord>;
}

/** The history of deployments: which version went live when, by whom, in which way, and what the gate had said. */
export function DeploymentsTable({ text, deployments, gates }: DeploymentsTableProps) {
  const { t } = text;
  if (deployments.length === 0) return <p class="soft">{t("models.noDeployments")}</p>;
  const isLog = deployments.some((one) => "until" in one);
  return (
    <div class="table-wrap" tabindex={0}>
      <table class="cards">
        <caption>{t("models.deploymentsCaption")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("models.deployment.what")}</th>
            <th scope="col">{t("models.deployment.when")}</th>
            {isLog ? <th scope="col">{t("registry.until")}</th> : null}
            <th scope="col">{t("models.deployment.by")}</th>
            <th scope="col">{t("models.column.gate")}</th>
            <th scope="col">{t("models.deployment.reason")}</th>
          </tr>
        </thead>
        <tbody>
          {deployments.map((deployment) => (
            <Row
              text={text}
              deployment={deployment}
              gate={gates?.get(deployment.version) ?? null}
              isLog={isLog}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps {
  text: Text;
  deployment: Deployment | DeploymentPeriod;
  gate: GateRecord | null;
  isLog: boolean;
}

function Row({ text, deployment, gate, isLog }: RowProps) {
  const { t } = text;
  const { id, action, version, createdAt, by, actor, isForced, verdict, reason } = deployment;
  const way = worded(text, BY_WORDS, by);
  const who = actor === null ? null : actorWords(text, actor);
  const until = "until" in deployment ? deployment.until : null;
  return (
    <tr id={`deployment-${id}`}>
      <th scope="row">
        <a href={`/models/${version}`}>{t(`models.action.${action}`, { version })}</a>
        {isForced ? (
          <>
            {" "}
            <span class="tag tag-forced">{t("registry.forced")}</span>
          </>
        ) : null}
      </th>
      <td data-label={t("models.deployment.when")} class="nowrap">
        <time datetime={createdAt}>{text.dateTime(createdAt)}</time>
      </td>
      {isLog ? (
        <td data-label={t("registry.until")} class="nowrap">
          {until === null ? t("registry.untilNow") : <time datetime={until}>{text.dateTime(until)}</time>}
        </td>
      ) : null}
      <td data-label={t("models.deployment.by")}>
        <span>
          {way}
          {who === null || who === way ? null : <span class="small soft block">{who}</span>}
        </span>
      </td>
      <td data-label={t("models.column.gate")}>
        {gate === null ? (
          verdictWords(text, verdict)
        ) : (
          <GateSays text={text} gate={gate} isSummed={gate.summary?.detail === reason} />
        )}
      </td>
      <td data-label={t("models.deployment.reason")}>
        {gate?.summary !== undefined && gate.summary.detail === reason
          ? checkWords(text, gate.summary)
          : worded(text, REASON_WORDS, currentReason(reason))}
      </td>
    </tr>
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
