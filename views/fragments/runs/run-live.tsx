/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { hasEnded, type Run } from "../../../src/domain/runs/run.ts";
import type { Saying } from "../../../src/lib/saying.ts";
import type { MessageKey } from "../../i18n/en.ts";
import { sentenceWords } from "../../i18n/saying-words.ts";
import type { Text } from "../../i18n/text.ts";
import { Ask } from "../ask.tsx";
import { Evaluation, type EvaluationExamples } from "../evaluation.tsx";
import { ChangedDrawings, type ChangedProps } from "../models/changed-sheet.tsx";
import { Evidence } from "../models/evidence-table.tsx";
import { GateChecks } from "../models/gate-checks.tsx";
import { type ReportProps, reportNote, setName } from "../report.ts";
import { type MarkState, StatusMark } from "../status-mark.tsx";
import { Fold } from "./fold.tsx";
import { RunAgain, type RunAgainProps } from "./run-again.tsx";
import { RunCurves } from "./run-curves.tsx";
import { RunEnd } from "./run-end.tsx";
import type { RunNode, RunStoryProps } from "./run-story-props.ts";
import { RUN_STATUS_WORDS, runDurationMs } from "./run-words.ts";

/** A run, with its progress and results. */
export interface RunLiveProps {
  text: Text;
  run: Run;
  /** The run's error as data; absent for older runs. */
  failure?: Saying | undefined;
  story: RunStoryProps;
  /** Evaluations by name of the set, e.g. mnist_test. */
  reports: Readonly<Record<string, ReportProps>>;
  /** Null when none were kept, or not yet. */
  examples: EvaluationExamples | null;
  /** Drawings that the candidate fixed and broke; null when none were saved. */
  changed: ChangedProps | null;
  /** Address of the run's report for reading and printing; null when it has none. */
  reportHref: string | null;
  /** Whether it is running, and takes longer because other programs keep the machine busy. */
  isSlowed: boolean;
  /** How it can be started once more; null when it cannot, as before its end. */
  again: Omit<RunAgainProps, "text"> | null;
  /** ISO time. */
  now: string;
}

/** The part of the page that changes while the run is running; what one can do with the run changes with its end. */
export function RunLive(props: RunLiveProps) {
  const { text, run, story } = props;
  const { t } = text;
  return (
    <div class="stack">
      <Head {...props} />
      <RunEnd text={text} run={run} failure={props.failure} nodes={story.nodes} />
      <Result {...props} />
      <RunCurves text={text} run={run} story={story} />
      <div class="columns">
        <Nodes text={text} nodes={story.nodes} isOver={run.finishedAt !== null} />
        {story.gate === null ? null : (
          <section class="sheet" aria-labelledby="run-gate">
            <h2 id="run-gate">{t("run.gate")}</h2>
            <GateChecks text={text} gate={story.gate} hasQueue />
          </section>
        )}
      </div>
      {(story.gate?.evidence ?? []).length === 0 ? null : (
        <Fold title={t("runs.evidence")}>
          <Evidence text={text} gate={story.gate} />
        </Fold>
      )}
      {props.changed === null ? null : (
        <Fold title={t("runs.changed")}>
          <ChangedDrawings text={text} changed={props.changed} />
        </Fold>
      )}
      {Object.entries(props.reports).map(([set, report]) => (
        <Fold title={setName(text, set)} figure={text.percent(report.accuracy, 2)}>
          <Evaluation text={text} set={set} report={report} examples={props.examples} />
        </Fold>
      ))}
      <Log text={text} log={story.log} isOver={run.finishedAt !== null} />
      {props.again === null ? null : <RunAgain text={text} {...props.again} />}
    </div>
  );
}

function Head({ text, run, story, isSlowed, now }: RunLiveProps) {
  const { t, number } = text;
  const durationMs = runDurationMs(run, now);
  const { training } = story;
  const progress =
    run.status === "done" ? 1 : (training?.progress ?? (run.status === "running" ? undefined : 0));
  return (
    <section class="sheet run-bar" aria-label={t("run.progress")}>
      <div class="run-figures">
        <StatusMark text={text} state={run.status} label={RUN_STATUS_WORDS[run.status]} />
        {durationMs === null ? null : <span>{text.duration(durationMs)}</span>}
        {training === null ? null : (
          <>
            <span>{t("status.epoch", { epoch: training.epoch, epochs: training.epochs })}</span>
            {training.loss === null ? null : (
              <span>{t("status.loss", { loss: number(training.loss, 4) })}</span>
            )}
            {training.samplesPerS === null ? null : (
              <span>{t("status.speed", { n: number(training.samplesPerS) })}</span>
            )}
          </>
        )}
        {hasEnded(run) ? null : <Cancel text={text} run={run} />}
      </div>
      <progress
        class={run.status === "running" ? "progress-live" : undefined}
        max={1}
        value={progress}
        aria-label={t("run.progress")}
      />
      {isSlowed ? <p class="small soft">{t("run.slowed")}</p> : null}
    </section>
  );
}

function Cancel({ text, run }: Pick<RunLiveProps, "text" | "run">) {
  const { t } = text;
  return (
    <div id="run-cancel">
      <Ask
        text={text}
        id="cancel"
        opener={t("run.cancel")}
        title={t("run.cancelConfirm")}
        action={`/runs/${encodeURIComponent(run.id)}/cancel`}
        confirm={t("run.cancel")}
        isGrave
      />
    </div>
  );
}

const NODE_WORDS: Readonly<Record<RunNode["state"], { mark: MarkState; label: MessageKey }>> = {
  waiting: { mark: "waiting", label: "run.node.waiting" },
  running: { mark: "running", label: "run.node.running" },
  done: { mark: "done", label: "run.node.done" },
  failed: { mark: "failed", label: "run.node.failed" },
  skipped: { mark: "cancelled", label: "graph.state.skipped" },
};
/** In a run that has ended, a node that waits was never run, and one that runs was stopped. */
const ENDED_WORDS: typeof NODE_WORDS = {
  ...NODE_WORDS,
  waiting: { mark: "waiting", label: "run.node.notRun" },
  running: { mark: "cancelled", label: "graph.state.cancelled" },
};

function Nodes({ text, nodes, isOver }: { text: Text; nodes: readonly RunNode[]; isOver: boolean }) {
  const words = isOver ? ENDED_WORDS : NODE_WORDS;
  if (nodes.length === 0) return null;
  // What has gone well is of little interest afterwards.
  if (isOver && nodes.every(({ state }) => state === "done" || state === "skipped"))
    return (
      <Fold title={text.t("run.nodes")} figure={text.number(nodes.length)}>
        <div class="sheet">
          <Steps text={text} nodes={nodes} words={words} />
        </div>
      </Fold>
    );
  return (
    <section class="sheet" aria-labelledby="run-nodes">
      <h2 id="run-nodes">{text.t("run.nodes")}</h2>
      <Steps text={text} nodes={nodes} words={words} />
    </section>
  );
}

function Steps({ text, nodes, words }: { text: Text; nodes: readonly RunNode[]; words: typeof NODE_WORDS }) {
  return (
    <ol class="steps">
      {nodes.map((node) => (
        <li>
          <code>{node.name}</code>
          <span class="nowrap">
            {node.durationMs === null ? null : (
              <span class="soft small">{text.duration(node.durationMs)} </span>
            )}
            <StatusMark text={text} state={words[node.state].mark} label={words[node.state].label} />
          </span>
        </li>
      ))}
    </ol>
  );
}

function Result({ text, run, story, reports, reportHref }: RunLiveProps) {
  const { t, percent } = text;
  const rows = Object.entries(reports);
  if (rows.length === 0 && run.modelVersion === null && reportHref === null) return null;
  return (
    <section class="sheet" aria-labelledby="run-result">
      <h2 id="run-result">{t("run.metrics")}</h2>
      <dl class="facts">
        {rows.map(([set, report]) => (
          <>
            <dt>{setName(text, set)}</dt>
            <dd>
              <strong>{percent(report.accuracy, 2)}</strong>{" "}
              <span class="soft small">{reportNote(text, report)}</span>
            </dd>
          </>
        ))}
        {run.modelVersion === null ? null : (
          <>
            <dt>{t("models.column.version")}</dt>
            <dd>
              <a href={`/models/${run.modelVersion}`}>
                {story.promotedVersion === run.modelVersion
                  ? t("run.promoted", { version: run.modelVersion })
                  : t("run.registered", { version: run.modelVersion })}
              </a>
            </dd>
          </>
        )}
      </dl>
      {reportHref === null ? null : (
        <p class="small">
          <a href={reportHref}>{t("run.report")}</a>
        </p>
      )}
    </section>
  );
}

/** The log; of a run that is running, its end comes first, where new lines are seen as they arrive. */
function Log({ text, log, isOver }: { text: Text; log: RunStoryProps["log"]; isOver: boolean }) {
  const { t } = text;
  const lines = isOver ? log : log.toReversed();
  return (
    <section class="sheet" aria-labelledby="run-log">
      <h2 id="run-log">{t("run.log")}</h2>
      {isOver || log.length < 2 ? null : <p class="small soft">{t("runs.logOrder")}</p>}
      {log.length === 0 ? (
        <p class="soft">{t(isOver ? "run.noLogEver" : "run.noLog")}</p>
      ) : (
        <ol class="log" tabindex={0} aria-labelledby="run-log">
          {lines.map((line) => (
            <li>
              <time class="soft" datetime={line.at}>
                {text.time(line.at)}
              </time>
              <span>{sentenceWords(text, "log", line)}</span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
