/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { BUILTIN_MODEL_KEY, type NamedModel } from "../../src/domain/model.ts";
import type { ModelChange } from "../../src/domain/model-change.ts";
import type { Sentence } from "../../src/lib/saying.ts";
import { Evaluation, type EvaluationExamples } from "../fragments/evaluation.tsx";
import { TrainedOn, type TrainedOnProps } from "../fragments/lineage/trained-on.tsx";
import { ChangedDrawings, type ChangedProps } from "../fragments/models/changed-sheet.tsx";
import { ChangesList } from "../fragments/models/changes-list.tsx";
import { Evidence } from "../fragments/models/evidence-table.tsx";
import { GateChecks } from "../fragments/models/gate-checks.tsx";
import { ModelHead } from "../fragments/models/model-head.tsx";
import { VersionFiles } from "../fragments/models/version-files.tsx";
import { VersionLabels } from "../fragments/models/version-labels.tsx";
import { Notice, type NoticeProps } from "../fragments/notice.tsx";
import type { ReportProps } from "../fragments/report.ts";
import { shortId } from "../fragments/runs/run-words.ts";
import { Page, type PageProps } from "../layout/page.tsx";

/** The properties of a version's page. */
export interface ModelPageProps extends PageProps {
  model: NamedModel;
  isLive: boolean;
  liveVersion: number | null;
  /** Evaluations by name of the set, the most important first. */
  reports: Readonly<Record<string, ReportProps>>;
  /** Examples of the run that trained it; null when it kept none. */
  examples: EvaluationExamples | null;
  /** The drawings that it was trained on. */
  trainedOn: Omit<TrainedOnProps, "text">;
  /** Drawings that it fixed and broke, against the champion at the time; null when none were saved. */
  changed: ChangedProps | null;
  /** Why it cannot be deleted; empty when it can. */
  neededBy: readonly Sentence[];
  /** Newest first. */
  changes: readonly ModelChange[];
  notice: NoticeProps | null;
}

/** One version: its metrics by set, its lineage and the gate's decision. */
export function ModelPage(props: ModelPageProps) {
  const { text, model, isLive, liveVersion, reports, examples, changed, notice } = props;
  const { t } = text;
  const { version, gate } = model;
  const sets = Object.entries(reports);
  return (
    <Page {...props} title={t("models.name", { version })}>
      <a class="back" href="/models">
        ← {t("models.title")}
      </a>
      <div hx-sse:connect={`/events?view=model&version=${version}`} hx-swap="innerMorph">
        <ModelHead text={text} model={model} isLive={isLive} liveVersion={liveVersion} />
      </div>
      <div id="notice" role="status">
        <Notice notice={notice} />
      </div>
      <div class="stack">
        {model.note === null ? null : <p class="note">{model.note}</p>}
        <div class="columns">
          {gate === null ? null : (
            <section class="sheet" aria-labelledby="gate-title">
              <h2 id="gate-title">{t("run.gate")}</h2>
              <GateChecks text={text} gate={gate} hasQueue />
            </section>
          )}
          <Lineage {...props} />
        </div>
        <TrainedOn text={text} {...props.trainedOn} />
        <Evidence text={text} gate={gate} />
        {changed === null ? null : <ChangedDrawings text={text} changed={changed} />}
        {sets.length === 0 ? <p class="sheet soft">{t("model.noMetrics")}</p> : null}
        {sets.map(([set, report]) => (
          <Evaluation text={text} set={set} report={report} examples={examples} />
        ))}
        <div class="columns">
          <VersionLabels text={text} model={model} />
          <VersionFiles {...props} />
          <ChangesList text={text} changes={props.changes} />
        </div>
      </div>
    </Page>
  );
}

function Lineage({ text, model }: ModelPageProps) {
  const { t } = text;
  const { runId, parentVersion } = model;
  return (
    <section class="sheet" aria-labelledby="lineage-title">
      <h2 id="lineage-title">{t("model.lineage")}</h2>
      <dl class="facts">
        <dt>{t("model.parent")}</dt>
        <dd>
          {parentVersion === null ? (
            t(runId === null && model.key !== BUILTIN_MODEL_KEY ? "registry.unknown" : "model.noParent")
          ) : (
            <a href={`/models/${parentVersion}`}>{t("models.name", { version: parentVersion })}</a>
          )}
        </dd>
        <dt>{t("model.run")}</dt>
        <dd>
          {runId === null ? (
            t(model.key === BUILTIN_MODEL_KEY ? "models.builtin" : "registry.imported")
          ) : (
            <a href={`/runs/${encodeURIComponent(runId)}`}>
              <code>{shortId(runId)}</code>
            </a>
          )}
        </dd>
        <dt>{t("model.created")}</dt>
        <dd>{text.dateTime(model.createdAt)}</dd>
        <dt>{t("model.file")}</dt>
        <dd>
          <code>{model.key}</code>
        </dd>
        <dt>{t("model.sha256")}</dt>
        <dd>
          <code>{model.sha256}</code>
        </dd>
      </dl>
    </section>
  );
}
