/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Text } from "../i18n/text.ts";
import { NavCount } from "./nav.tsx";

/** The state of the project in one line. */
export interface HomeStripProps {
  /** Labels since the last training run, and the number that starts one; null when labels start none. */
  labels: { n: number; threshold: number | null };
  /** Labels towards the first model; null when there is one. */
  first: { n: number; total: number } | null;
  /** Progress is 0..1; null while it is unknown. */
  running: { runId: string; pipeline: string; progress: number | null } | null;
  /** The live model, and its share of correct predictions among `n` that people labelled in the last 30 days. */
  live: { version: number; accuracy: number | null; n: number } | null;
  isPaused: boolean;
  /** The things that wait for a person. */
  needs: { reviews: number; requests: number; failedRun: string | null };
  /** Drawings without a label. */
  unlabelled: number;
}

/** Labels, the current run, the live model and what needs a person, on every page but Draw, which has its own. */
export function HomeStrip({ text, strip }: { text: Text; strip: HomeStripProps }) {
  return (
    <section
      class="home-strip"
      aria-label={text.t("strip.label")}
      hx-get="/strip"
      hx-trigger="every 5s"
      hx-swap="innerMorph"
    >
      <HomeStripLine text={text} strip={strip} />
    </section>
  );
}

/** The content of the strip. On a phone only its figures are shown. */
export function HomeStripLine({ text, strip }: { text: Text; strip: HomeStripProps }) {
  return (
    <ul class="strip-list" data-unlabelled={String(strip.unlabelled)}>
      <Labels text={text} strip={strip} />
      <Running text={text} strip={strip} />
      <Live text={text} strip={strip} />
      <Needs text={text} strip={strip} />
      {strip.unlabelled === 0 ? null : (
        <li>
          <a href="/label/unlabelled">{text.t("strip.unlabelled", { n: text.number(strip.unlabelled) })}</a>
        </li>
      )}
    </ul>
  );
}

/** The strip as an answer to htmx, with the counts in the navigation and on the tabs of the label queue. */
export function HomeStripSwap({ text, strip }: { text: Text; strip: HomeStripProps }) {
  const { needs, unlabelled } = strip;
  return (
    <>
      <HomeStripLine text={text} strip={strip} />
      <span id="nav-review" hx-swap-oob="innerHTML">
        <NavCount text={text} n={needs.reviews} />
      </span>
      <span id="tab-review" hx-swap-oob="innerHTML">
        {tabCount(text, needs.reviews)}
      </span>
      <span id="tab-unlabelled" hx-swap-oob="innerHTML">
        {tabCount(text, unlabelled)}
      </span>
    </>
  );
}

/** A count on a tab; nothing for 0. */
export function tabCount({ number }: Text, n: number): string {
  return n === 0 ? "" : number(n);
}

type PartProps = { text: Text; strip: HomeStripProps };

function Labels({ text, strip: { labels, first, isPaused } }: PartProps) {
  const { t, number } = text;
  const n = number(first?.n ?? labels.n);
  const of = first?.total ?? labels.threshold;
  return (
    <li>
      <a href="/scheduler">
        <span class="strip-wide">{t(first === null ? "strip.labels" : "strip.first")} </span>
        <strong>{of === null ? n : t("strip.of", { n, of: number(of) })}</strong>
        {isPaused ? <span class="strip-wide soft"> {t("strip.paused")}</span> : null}
      </a>
    </li>
  );
}

function Running({ text, strip: { running } }: PartProps) {
  const { t } = text;
  if (running === null) {
    return <li class="strip-wide soft">{t("strip.idle")}</li>;
  }
  const { runId, pipeline, progress } = running;
  return (
    <li>
      <a href={`/runs/${encodeURIComponent(runId)}`}>
        <span class="strip-wide">{t("strip.running", { pipeline })} </span>
        <strong>{progress === null ? t("strip.started") : text.percent(progress, 0)}</strong>
      </a>
    </li>
  );
}

function Live({ text, strip: { live } }: PartProps) {
  const { t } = text;
  if (live === null) return <li class="soft">{t("strip.noModel")}</li>;
  const { version, accuracy, n } = live;
  return (
    <li>
      <a href={`/models/${version}`}>
        {t("strip.live", { version })}
        {accuracy === null ? null : (
          <>
            {" "}
            <strong>{text.percent(accuracy)}</strong>
            <span class="strip-wide soft"> {t("strip.correct", { n: text.number(n) })}</span>
          </>
        )}
      </a>
    </li>
  );
}

function Needs({ text, strip: { needs } }: PartProps) {
  const { t, number } = text;
  const { reviews, requests, failedRun } = needs;
  return (
    <>
      {failedRun === null ? null : (
        <li class="strip-needs">
          <a href={`/runs/${encodeURIComponent(failedRun)}`}>{t("strip.failed")}</a>
        </li>
      )}
      {requests === 0 ? null : (
        <li class="strip-needs">
          <a href="/scheduler#scheduler-requests">{t("strip.requests", { n: number(requests) })}</a>
        </li>
      )}
      {reviews === 0 ? null : (
        <li class="strip-needs">
          <a href="/label?state=suspect">{t("strip.reviews", { n: number(reviews) })}</a>
        </li>
      )}
    </>
  );
}
