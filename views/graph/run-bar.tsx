/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { NO_RUN, queryPairs } from "../../src/graph/query.ts";
import { RUN_STATUS_WORDS } from "../fragments/runs/run-words.ts";
import { StatusMark } from "../fragments/status-mark.tsx";
import type { GraphViewProps } from "./view-props.ts";
import { clockText } from "./words.ts";

/** The run that the graph shows, and the moment in it: replayed by the page's script, or step by step without it. */
export function RunBar(props: Pick<GraphViewProps, "text" | "query" | "runs" | "shown" | "links">) {
  const { text, query, runs, shown, links } = props;
  const { t } = text;
  const count = shown?.frames.length ?? 0;
  const at = Math.min(query.at ?? count, count);
  const runHref = shown === null ? null : links.run(shown.id);
  return (
    <form
      id="graph-run"
      class="g-run"
      method="get"
      action={links.form}
      data-run={shown?.id}
      data-seq={shown?.seq}
      data-start={shown?.startMs ?? undefined}
      data-choice={query.run ?? ""}
      data-frames={JSON.stringify(shown?.frames ?? [])}
    >
      {queryPairs({ ...query, run: null, at: null }).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <label class="unseen" for="graph-run-choice">
        {t("graph.run")}
      </label>
      <select id="graph-run-choice" name="run" disabled={runs.length === 0}>
        <option value="">{t(runs.length === 0 ? "graph.noRuns" : "graph.follow")}</option>
        {runs.length === 0 ? null : (
          <option value={NO_RUN} selected={query.run === NO_RUN}>
            {t("graph.noRun")}
          </option>
        )}
        {runs.map((run) => (
          <option value={run.id} selected={run.id === query.run}>
            {`${text.dateTime(run.at)} · ${t(RUN_STATUS_WORDS[run.status])}`}
          </option>
        ))}
      </select>
      {shown === null ? null : (
        <>
          <button
            class="g-play"
            type="button"
            data-play=""
            aria-label={t("graph.play")}
            disabled={count < 2}
            hidden
          >
            <svg viewBox="0 0 16 16" aria-hidden="true">
              <path class="g-play-on" d="M4.5 3v10L13 8Z" />
              <path class="g-play-off" d="M4 3h3v10H4ZM9 3h3v10H9Z" />
            </svg>
          </button>
          <input
            type="range"
            name="at"
            min={0}
            max={count}
            value={String(at)}
            aria-label={t("graph.moment")}
            aria-valuetext={t("graph.momentOf", { at, n: count })}
          />
          <span class="g-run-status">
            <StatusMark text={text} state={shown.status} label={RUN_STATUS_WORDS[shown.status]} />
          </span>
          <output class="g-clock">{clockText(at === 0 ? 0 : (shown.frames[at - 1]?.atMs ?? 0))}</output>
          {runHref === null ? null : (
            <a class="small" href={runHref}>
              {t("status.openRun")}
            </a>
          )}
        </>
      )}
      <button class="chip g-noscript" type="submit">
        {t("graph.apply")}
      </button>
    </form>
  );
}
