/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { MAX_REPLAY } from "../../src/domain/trials/replay.ts";
import { Notice, type NoticeProps } from "../fragments/notice.tsx";
import { TrialsLive, type TrialsLiveProps } from "../fragments/trials/trials-live.tsx";
import type { Text } from "../i18n/text.ts";
import { Page, type PageProps } from "../layout/page.tsx";

/** The properties of the Trials page. */
export interface TrialsPageProps extends PageProps {
  live: Omit<TrialsLiveProps, "text">;
  /** Versions that a trial or a replay can be started with, newest first. */
  versions: { trial: readonly number[]; replay: readonly number[] };
  notice: NoticeProps | null;
}

/** The page of trials and replays. */
export function TrialsPage(props: TrialsPageProps) {
  const { text, live, versions, notice } = props;
  const { t } = text;
  return (
    <Page {...props} title={t("trials.title")}>
      <a class="back" href="/models">
        ← {t("models.title")}
      </a>
      <div class="page-head">
        <div>
          <h1>{t("trials.title")}</h1>
          <p>{t("trials.lead")}</p>
        </div>
      </div>
      <div id="notice" role="status">
        <Notice notice={notice} />
      </div>
      {live.isNewest ? (
        <div hx-sse:connect="/events?view=trials" hx-swap="innerMorph">
          <TrialsLive text={text} {...live} />
        </div>
      ) : (
        <TrialsLive text={text} {...live} />
      )}
      <div class="columns trial-forms">
        <form class="sheet stack" method="post" action="/models/trials/start" aria-labelledby="start-title">
          <h2 id="start-title">{t("trials.start")}</h2>
          {versions.trial.length === 0 ? (
            <p class="soft">{t("trials.noVersions")}</p>
          ) : (
            <div class="run-form">
              <VersionField text={text} id="trial-version" versions={versions.trial} />
              <button class="button button-main" type="submit">
                {t("trials.startNow")}
              </button>
            </div>
          )}
        </form>
        <form class="sheet stack" method="post" action="/models/trials/replay" aria-labelledby="replay-title">
          <h2 id="replay-title">{t("replay.form")}</h2>
          <p class="small soft">{t("replay.lead")}</p>
          {versions.replay.length === 0 ? (
            <p class="soft">{t("trials.noVersions")}</p>
          ) : (
            <div class="run-form">
              <VersionField text={text} id="replay-version" versions={versions.replay} />
              <div class="field">
                <label for="last">{t("replay.last")}</label>
                <input id="last" name="last" type="number" min="1" max={MAX_REPLAY} value="1000" required />
              </div>
              <button class="button" type="submit">
                {t("replay.start")}
              </button>
            </div>
          )}
        </form>
      </div>
    </Page>
  );
}

function VersionField({ text, id, versions }: { text: Text; id: string; versions: readonly number[] }) {
  return (
    <div class="field">
      <label for={id}>{text.t("trials.version")}</label>
      <select id={id} name="version">
        {versions.map((version) => (
          <option value={version}>{text.t("models.name", { version })}</option>
        ))}
      </select>
    </div>
  );
}
