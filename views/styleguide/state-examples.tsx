/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { type CheckResult, type GateCheck, VERDICTS } from "../../src/domain/gate.ts";
import { LearningStatus, type LearningStatusProps } from "../fragments/learning-status.tsx";
import { CheckList } from "../fragments/models/gate-checks.tsx";
import { VerdictMark } from "../fragments/models/verdict-mark.tsx";
import { RUN_STATUS_WORDS } from "../fragments/runs/run-words.ts";
import { StatusMark } from "../fragments/status-mark.tsx";
import type { Text } from "../i18n/text.ts";
import { HomeStripLine, type HomeStripProps } from "../layout/home-strip.tsx";

const STATES = ["queued", "running", "done", "failed", "cancelled"] as const;

/** The states of runs, and the verdicts of the gate. */
export function MarksExample({ text }: { text: Text }) {
  return (
    <div class="stack">
      <p class="chips">
        {STATES.map((state) => (
          <StatusMark text={text} state={state} label={RUN_STATUS_WORDS[state]} />
        ))}
        <StatusMark text={text} state="waiting" label="run.node.waiting" />
      </p>
      <p class="chips">
        {VERDICTS.map((verdict) => (
          <VerdictMark
            text={text}
            gate={{ verdict, passed: verdict === "better" || verdict === "not_worse" }}
          />
        ))}
      </p>
    </div>
  );
}

/** Labels of a model version: the live one, one that was forced, and a tag of its own. */
export function TagsExample({ text: { t } }: { text: Text }) {
  return (
    <p class="chips">
      <span class="tag tag-live">{t("models.live")}</span>
      <span class="tag tag-forced">{t("registry.forced")}</span>
      <span class="tag tag-own">stage=test</span>
    </p>
  );
}

const CHECKS: Readonly<Record<CheckResult, Partial<GateCheck>>> = {
  passed: { passed: true },
  failed: {},
  missing: { isMissing: true },
  unjudged: { passed: true, isUnjudged: true },
};

/** Each result that a check of the gate can have. */
export function ChecksExample({ text }: { text: Text }) {
  const checks = Object.entries(CHECKS).map(([name, result]) => ({
    ...{ name, passed: false, detail: text.t("styleguide.check"), ...result },
  }));
  return <CheckList text={text} checks={checks} />;
}

const LEARNING: Omit<LearningStatusProps, "text"> = {
  ...{ newSamples: 120, threshold: 500, isPaused: false, notBefore: null, isHeld: false, running: null },
  ...{ firstModel: null, liveVersion: 1, unknown: [], news: null, newsRunId: null },
};

/** Progress towards something, and that of a run. */
export function ProgressExample({ text }: { text: Text }) {
  const running = {
    ...{
      runId: "example",
      pipeline: "tuning",
      phase: "training" as const,
      progress: 0.5,
      epoch: 2,
      epochs: 3,
    },
    ...{ loss: null, samplesPerS: null, isSlowed: false },
  };
  return (
    <div class="stack">
      <div>
        <LearningStatus text={text} {...LEARNING} />
      </div>
      <div>
        <LearningStatus text={text} {...LEARNING} running={running} />
      </div>
    </div>
  );
}

const STRIP: HomeStripProps = {
  labels: { n: 120, threshold: 500 },
  ...{ first: null, running: null, isPaused: true },
  live: { version: 1, accuracy: null, n: 0 },
  needs: { reviews: 0, requests: 0, failedRun: null },
  unlabelled: 0,
};

/** The strip at rest, and with a run and everything that can need a person. */
export function StripExample({ text }: { text: Text }) {
  const running = { runId: "example", pipeline: "tuning", progress: 0.5 };
  const needs = { reviews: 3, requests: 1, failedRun: "example" };
  const live = { version: 2, accuracy: 0.95, n: 200 };
  return (
    <div class="stack">
      {[STRIP, { ...STRIP, isPaused: false, running, live, needs }].map((strip) => (
        <div class="home-strip">
          <HomeStripLine text={text} strip={strip} />
        </div>
      ))}
    </div>
  );
}
