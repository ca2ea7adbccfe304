/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { hasEnded } from "../../src/domain/runs/run.ts";
import type { RunAnnotations } from "../../src/domain/runs/run-annotations.ts";
import { actorWords } from "../fragments/actor-words.ts";
import { TrainedOn, type TrainedOnProps } from "../fragments/lineage/trained-on.tsx";
import { Fold } from "../fragments/runs/fold.tsx";
import { RunLive, type RunLiveProps } from "../fragments/runs/run-live.tsx";
import { RunNotes } from "../fragments/runs/run-notes.tsx";
import { triggerWords } from "../fragments/runs/run-words.ts";
import { Page, type PageProps } from "../layout/page.tsx";

/** The properties of a run's page. */
export interface RunPageProps extends PageProps {
  live: Omit<RunLiveProps, "text">;
  /** The drawings that it used. */
  data: Omit<TrainedOnProps, "text">;
  annotations: RunAnnotations;
  /** Why the last request (to cancel) failed. */
  problem: string | null;
}

/** One run: live while it is running, then its record. */
export function RunPage(props: RunPageProps) {
  const { text, live, problem } = props;
  const { run } = live;
  const { t } = text;
  const isOver = hasEnded(run);
  const stream = isOver
    ? {}
    : {
        "hx-sse:connect": `/events?view=run&id=${encodeURIComponent(run.id)}`,
        "hx-sse:close": "over",
        "hx-swap": "innerMorph",
      };
  return (
    <Page {...props} title={t("run.title", { pipeline: run.pipeline })}>
      <a class="back" href="/runs">
        ← {t("runs.title")}
      </a>
      <div class="page-head">
        <div>
          <h1>{t("run.title", { pipeline: run.pipeline })}</h1>
          <p>
            {triggerWords(text, run.trigger)} ·{" "}
            <time datetime={run.createdAt}>{text.dateTime(run.createdAt)}</time>
          </p>
        </div>
      </div>
      <div class="stack">
        {problem === null ? null : (
          <p class="alert" role="alert">
            {problem}
          </p>
        )}
        <div id="run-live" {...stream}>
          <RunLive text={text} {...live} />
        </div>
        <RunNotes text={text} annotations={props.annotations} problem={null} />
        {props.data.data === null ? null : (
          <Fold title={t("runs.data")}>
            <TrainedOn text={text} {...props.data} />
          </Fold>
        )}
        <section class="sheet" aria-labelledby="run-facts">
          <h2 id="run-facts">{t("run.about")}</h2>
          <dl class="facts">
            {run.startedBy === null ? null : (
              <>
                <dt>{t("run.startedBy")}</dt>
                <dd>{actorWords(text, run.startedBy)}</dd>
              </>
            )}
            {run.cancelledBy === null ? null : (
              <>
                <dt>{t("run.cancelledBy")}</dt>
                <dd>{actorWords(text, run.cancelledBy)}</dd>
              </>
            )}
            {Object.keys(run.params).length === 0 ? (
              <>
                <dt>{t("run.parameters")}</dt>
                <dd>{t("run.noParameters")}</dd>
              </>
            ) : null}
            {Object.entries(run.params).map(([name, value]) => (
              <>
                <dt>{name}</dt>
                <dd>
                  <code>{typeof value === "string" ? value : JSON.stringify(value)}</code>
                </dd>
              </>
            ))}
            {run.seed === null ? null : (
              <>
                <dt>{t("run.seed")}</dt>
                <dd>{run.seed}</dd>
              </>
            )}
            {run.threads === null ? null : (
              <>
                <dt>{t("run.threads")}</dt>
                <dd>{run.threads}</dd>
              </>
            )}
            <dt>{t("run.id")}</dt>
            <dd>
              <code>{run.id}</code>
            </dd>
          </dl>
        </section>
        <section class="sheet" aria-labelledby="run-command">
          <h2 id="run-command">{t("run.command")}</h2>
          <pre class="command" tabindex={0}>
            <code>{run.command}</code>
          </pre>
        </section>
      </div>
    </Page>
  );
}
