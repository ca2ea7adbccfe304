/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { GateSentence, PairedEvidence, Verdict } from "../../src/domain/gate.ts";
import { FIRST, TUNING } from "../../src/domain/pipeline-names.ts";
import type { Saying } from "../../src/lib/saying.ts";
import type { FirstModelProgress } from "../../src/scheduler/first-model.ts";
import { sentenceWords } from "../i18n/saying-words.ts";
import type { Text } from "../i18n/text.ts";
import { answererOf, FirstModel } from "./first-model.tsx";
import { checkWords, heldOutWords } from "./models/gate-words.ts";

/** The newest event of the model, if any. */
export type News =
  | {
      kind: "live";
      version: number;
      mnistAccuracy: number | null;
      holdoutAccuracy: number | null;
      /** The gate's verdict in a sentence, when the gate has promoted it. */
      verdict?: Verdict;
      summary?: GateSentence;
    }
  /** It passed the gate, but was not promoted. */
  | { kind: "passed"; version: number; verdict: "better" | "not_worse"; summary: GateSentence }
  /** Evidence is missing. `isInReview`: its labels are in review. */
  | { kind: "held"; version: number; reason: GateSentence | null; isInReview: boolean }
  | { kind: "rolledBack" | "fellBack"; version: number }
  | {
      kind: "refused";
      version: number;
      reasons: readonly GateSentence[];
      /** The comparisons behind it; absent from records of older releases. */
      evidence?: readonly PairedEvidence[];
    }
  | { kind: "failed"; reason: string; says?: Saying | undefined };

/** A run that has not ended. */
export interface RunningProps {
  runId: string;
  pipeline: string;
  /** "preparing" before training reports its progress, "evaluating" after its final step. */
  phase: "preparing" | "training" | "evaluating";
  /** 0..1 of the training, null while unknown. */
  progress: number | null;
  epoch: number | null;
  epochs: number | null;
  loss: number | null;
  samplesPerS: number | null;
  /** Whether other programs keep the machine busy, so that the run takes longer. */
  isSlowed: boolean;
}

/** The contents of the learning strip. */
export interface LearningStatusProps {
  text: Text;
  newSamples: number;
  /** Null when new labels start no training run. */
  threshold: number | null;
  isPaused: boolean;
  /** Time (ISO 8601) before which no training starts, after failures. */
  notBefore: string | null;
  /** Whether enough new labels may still not start a run soon. */
  isHeld: boolean;
  running: RunningProps | null;
  /** Progress towards the first model; null when there is one. */
  firstModel: FirstModelProgress | null;
  /** The live version; null when no model is loaded. The page's script shows it beside the answer. */
  liveVersion: number | null;
  /** Classes that the live model does not know yet. */
  unknown: readonly string[];
  news: News | null;
  /** The run that the news is about. */
  newsRunId: string | null;
}

/** Progress towards the next training, or the running run, and the newest news. Its height is constant. */
export function LearningStatus(props: LearningStatusProps) {
  return (
    <>
      <Standing {...props} />
      <Unknown {...props} />
      <p class="news" role="status" tabindex={0} data-live={props.liveVersion ?? ""}>
        <NewsLine {...props} />
      </p>
    </>
  );
}

function Standing(props: LearningStatusProps) {
  const { text, running, firstModel, isPaused, notBefore } = props;
  if (running !== null) return <Running text={text} running={running} firstModel={firstModel} />;
  if (firstModel === null) return <Counter {...props} />;
  return <FirstModel {...firstModel} text={text} isPaused={isPaused} notBefore={notBefore} />;
}

/** Maximum number of classes that are named. */
const NAMED = 8;

function Unknown({ text: { t }, unknown }: LearningStatusProps) {
  if (unknown.length === 0) return null;
  const names = [...unknown.slice(0, NAMED), ...(unknown.length > NAMED ? ["…"] : [])];
  return <p class="small soft">{t("status.unknown", { names: names.join(t("text.comma")) })}</p>;
}

function Counter({ text, newSamples, threshold, isPaused, notBefore, isHeld }: LearningStatusProps) {
  const { t, number } = text;
  if (threshold === null) {
    return (
      <div class="learning-live" id="learning-counter">
        <p class="learning-line">
          <span>{t("status.next")}</span>
          <span class="nowrap">{t("status.countOnly", { n: number(newSamples) })}</span>
        </p>
        <p class="learning-detail">{isPaused ? <span>{t("status.paused")}</span> : null}</p>
      </div>
    );
  }
  const shown = Math.min(newSamples, threshold);
  const isFull = newSamples >= threshold;
  return (
    <div class="learning-live" id="learning-counter">
      <p class="learning-line">
        <span>{t("status.next")}</span>
        <span class="nowrap">
          {t("status.count", { n: number(newSamples), threshold: number(threshold) })}
        </span>
      </p>
      <progress max={threshold} value={shown} aria-label={t("status.next")} />
      <p class="learning-detail">
        {isPaused ? <span>{t("status.paused")}</span> : null}
        {!isPaused && isFull && notBefore === null ? (
          <span>{t(isHeld ? "status.waits" : "status.soon")}</span>
        ) : null}
        {!isPaused && isFull && notBefore !== null ? (
          <span>{t("status.notBefore", { time: text.time(notBefore) })}</span>
        ) : null}
      </p>
    </div>
  );
}

function Running({
  text,
  running,
  firstModel,
}: Pick<LearningStatusProps, "text" | "firstModel"> & { running: RunningProps }) {
  const { t, number } = text;
  const { pipeline, phase, progress, epoch, epochs, loss, samplesPerS, isSlowed } = running;
  const title =
    pipeline === TUNING
      ? t("status.running")
      : pipeline === FIRST
        ? t("first.running")
        : t("status.runningPipeline", { pipeline });
  return (
    <div
      class="learning-live"
      id="learning-run"
      data-model={firstModel === null ? undefined : answererOf(firstModel)}
    >
      <p class="learning-line">
        <strong>{title}</strong>
        <a href={`/runs/${running.runId}`}>{t("status.openRun")}</a>
      </p>
      <progress class="progress-live" max={1} value={progress ?? undefined} aria-label={title} />
      <p class="learning-detail">
        {phase === "preparing" ? <span>{t("status.preparing")}</span> : null}
        {phase === "evaluating" ? <span>{t("status.evaluating")}</span> : null}
        {phase === "training" && epoch !== null && epochs !== null ? (
          <span>{t("status.epoch", { epoch, epochs })}</span>
        ) : null}
        {isSlowed ? <span>{t("status.slowed")}</span> : null}
        {phase === "training" && loss !== null && !isSlowed ? (
          <span>{t("status.loss", { loss: number(loss, 3) })}</span>
        ) : null}
        {phase === "training" && samplesPerS !== null && !isSlowed ? (
          <span>{t("status.speed", { n: number(samplesPerS) })}</span>
        ) : null}
      </p>
    </div>
  );
}

function NewsLine({ text, news, newsRunId }: LearningStatusProps) {
  const { t } = text;
  if (news === null) return <span class="soft">{t("status.quiet")}</span>;
  const heldOut = news.kind === "refused" && !areHeldOut(news.reasons) ? heldOutWords(text, news) : null;
  return (
    <>
      {news.kind === "live" ? <strong>{newsText(text, news)}</strong> : <span>{newsText(text, news)}</span>}{" "}
      {news.kind === "live" && news.verdict !== undefined && news.summary !== undefined ? (
        <span class="small soft">
          {t("status.verdict", {
            verdict: t(`verdict.${news.verdict}`),
            reason: checkWords(text, news.summary),
          })}
        </span>
      ) : null}
      {heldOut === null ? null : <span class="small soft">{heldOut} </span>}
      {news.kind === "held" && news.isInReview ? (
        <>
          <a class="small nowrap" href="/label">
            {t("status.review")}
          </a>{" "}
        </>
      ) : null}
      {newsRunId === null ? null : (
        <a class="small nowrap" href={`/runs/${newsRunId}`}>
          {t("status.openRun")}
        </a>
      )}
    </>
  );
}

/** Whether a reason has the figures of the held-out drawings already. */
function areHeldOut(reasons: readonly GateSentence[]): boolean {
  return reasons.some(({ says }) => says?.key === "gain" || says?.key === "drawings");
}

function newsText(text: Text, news: News): string {
  const { t, percent } = text;
  switch (news.kind) {
    case "live": {
      const { version, mnistAccuracy, holdoutAccuracy } = news;
      if (mnistAccuracy !== null) return t("status.live", { version, percent: percent(mnistAccuracy) });
      if (holdoutAccuracy === null) return t("status.livePlain", { version });
      return t("status.liveHoldout", { version, percent: percent(holdoutAccuracy) });
    }
    case "rolledBack":
      return t("status.rolledBack", { version: news.version });
    case "fellBack":
      return t("status.fellBack", { version: news.version });
    case "passed": {
      const { version, verdict, summary } = news;
      const reason = checkWords(text, summary);
      return t(verdict === "better" ? "status.better" : "status.notWorse", { version, reason });
    }
    case "held":
      return news.reason === null
        ? t("status.heldPlain", { version: news.version })
        : t("status.held", { version: news.version, reason: checkWords(text, news.reason) });
    case "refused":
      return news.reasons.length === 0
        ? t("status.refusedPlain", { version: news.version })
        : t("status.refused", {
            version: news.version,
            reason: news.reasons
              .map((reason) => checkWords(text, reason))
              .reduce((first, next) => t("text.joined", { first, next })),
          });
    case "failed":
      return t("status.failed", {
        reason: sentenceWords(text, "failure", { message: news.reason, says: news.says }),
      });
  }
}
