/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Child } from "hono/jsx";
import type { Deployment } from "../../../src/domain/deployment.ts";
import type { Drawing, Stroke } from "../../../src/domain/drawing.ts";
import type { SampleUse } from "../../../src/domain/lineage/lineage-store.ts";
import type { SampleChange } from "../../../src/domain/lineage/sample-change.ts";
import type { Opinion } from "../../../src/domain/queue/opinion.ts";
import type { Sample } from "../../../src/domain/sample.ts";
import type { SamplePrediction } from "../../../src/domain/samples/sheet/sheet-store.ts";
import { labelWords, stateWords } from "../../fragments/lineage/label-words.ts";
import { SampleHistory } from "../../fragments/lineage/sample-history.tsx";
import { type SampleModel, SampleModels } from "../../fragments/lineage/sample-models.tsx";
import { SampleOpinions } from "../../fragments/lineage/sample-opinions.tsx";
import { SampleRuns } from "../../fragments/lineage/sample-runs.tsx";
import { DeploymentsTable } from "../../fragments/models/deployments-table.tsx";
import { shortId } from "../../fragments/runs/run-words.ts";
import { SamplePredictions } from "../../fragments/samples/sample-predictions.tsx";
import type { Text } from "../../i18n/text.ts";
import { Page, type PageProps } from "../../layout/page.tsx";

/** A page of a list, and the cursor of the next one; null at its end. */
interface Listed<T> {
  items: readonly T[];
  nextCursor: string | null;
}

/** The properties of the page of one drawing. */
export interface SamplePageProps extends PageProps {
  id: string;
  /** Null when it is deleted. */
  sample: Sample | null;
  /** Address of its image, dark ink on white. */
  src: string | null;
  changes: Listed<SampleChange>;
  uses: Listed<SampleUse>;
  models: Listed<SampleModel>;
  deployments: readonly Deployment[];
  /** Indices of the strokes that are left out of the image. */
  stray: readonly number[];
  predictions: readonly SamplePrediction[];
  /** Answers to it in the label queue, oldest first. */
  opinions: readonly Opinion[];
}

/** One drawing and its lineage: label, history, runs, models and deployments, each a link. */
export function SamplePage(props: SamplePageProps) {
  const { text, id, sample, src, changes, uses, models, deployments, opinions } = props;
  const { t } = text;
  const title = t("sample.title", { id: shortId(id) });
  return (
    <Page {...props} title={title} isSample>
      <a class="back" href="/samples">
        ← {t("samples.title")}
      </a>
      <div class="page-head">
        <h1>{title}</h1>
        {sample === null ? null : <ForgetLink text={text} sample={sample} />}
      </div>
      <div class="stack">
        {sample === null || src === null ? (
          <p class="alert">{t("sample.deleted")}</p>
        ) : (
          <section class="sheet" aria-labelledby="sample-facts">
            <h2 id="sample-facts">{t("sample.facts")}</h2>
            <Ink text={text} sample={sample} src={src} stray={props.stray} />
            <Facts text={text} sample={sample} />
          </section>
        )}
        {sample === null ? null : (
          <section class="stack" aria-labelledby="sample-predictions">
            <h2 id="sample-predictions">{t("sample.predictions")}</h2>
            <SamplePredictions text={text} id={id} label={sample.label} predictions={props.predictions} />
          </section>
        )}
        {sample === null ? null : (
          <section class="stack" aria-labelledby="sample-alike">
            <h2 id="sample-alike">{t("sample.alike")}</h2>
            <div
              hx-get={`/samples/${encodeURIComponent(id)}/alike`}
              hx-trigger="intersect once"
              class="alike-room"
            >
              <a class="button" href={`/samples/${encodeURIComponent(id)}/alike`}>
                {t("sample.alikeShow")}
              </a>
            </div>
          </section>
        )}
        <Part {...props} name="history" title={t("sample.history")} cursor={changes.nextCursor}>
          <SampleHistory text={text} changes={changes.items} />
        </Part>
        {opinions.length === 0 ? null : (
          <section class="stack" aria-labelledby="sample-opinions">
            <h2 id="sample-opinions">{t("opinion.title")}</h2>
            <SampleOpinions text={text} opinions={opinions} />
          </section>
        )}
        <Part {...props} name="models" title={t("sample.models")} cursor={models.nextCursor}>
          <SampleModels text={text} models={models.items} />
        </Part>
        <Part {...props} name="runs" title={t("sample.runs")} cursor={uses.nextCursor}>
          <SampleRuns text={text} uses={uses.items} />
        </Part>
        {models.items.length === 0 ? null : (
          <section class="stack" aria-labelledby="sample-deployments">
            <h2 id="sample-deployments">{t("sample.deployments")}</h2>
            {deployments.length === 0 ? (
              <p class="soft">{t("sample.deploymentsNone")}</p>
            ) : (
              <DeploymentsTable text={text} deployments={deployments} />
            )}
          </section>
        )}
      </div>
    </Page>
  );
}

interface PartProps {
  text: Text;
  id: string;
  /** The query parameter of its cursor. */
  name: string;
  title: string;
  cursor: string | null;
  children?: Child;
}

function Part({ text, id, name, title, cursor, children }: PartProps) {
  const older = new URLSearchParams({ [name]: cursor ?? "" });
  return (
    <section class="stack" aria-labelledby={`sample-${name}`}>
      <h2 id={`sample-${name}`}>{title}</h2>
      {children}
      {cursor === null ? null : (
        <p class="pager">
          <a class="button" href={`/samples/${encodeURIComponent(id)}?${older}#sample-${name}`}>
            {text.t("sample.older")}
          </a>
        </p>
      )}
    </section>
  );
}

function ForgetLink({ text: { t }, sample: { writer, session } }: { text: Text; sample: Sample }) {
  const whose: Record<string, string> | null =
    writer !== null ? { writer } : session !== null ? { session } : null;
  if (whose === null) return null;
  return (
    <a class="button button-grave" href={`/samples/forget?${new URLSearchParams(whose)}`}>
      {writer === null ? t("sample.forgetSession") : t("sample.forgetWriter", { name: writer })}
    </a>
  );
}

function Ink({
  text,
  sample,
  src,
  stray,
}: {
  text: Text;
  sample: Sample;
  src: string;
  stray: readonly number[];
}) {
  const { t } = text;
  const { drawing } = sample;
  const label = labelWords(text, sample.label, sample.state);
  return (
    <div class="sample-ink">
      <figure>
        <img src={src} alt={t("sample.alt", { label })} width="168" height="168" />
        <figcaption class="small soft">{t("sample.seen")}</figcaption>
      </figure>
      {drawing === null ? null : (
        <figure>
          <Strokes label={t("sample.inkAlt")} drawing={drawing} stray={stray} />
          <figcaption class="small soft">
            {stray.length === 0 ? t("sample.drawn") : t("sample.drawnStray")}
          </figcaption>
          {/* The script shows it, unless the reader wants no motion. */}
          <button class="button" type="button" data-do="replay" hidden>
            {t("sample.replay")}
          </button>
        </figure>
      )}
    </div>
  );
}

/** The strokes as lines, in the canvas that they were drawn on. */
function Strokes({
  label,
  drawing: { strokes, width, height },
  stray,
}: {
  label: string;
  drawing: Drawing;
  stray: readonly number[];
}) {
  // A file may have a canvas of width or height 0.
  const [w, h] = [Math.max(width, 1), Math.max(height, 1)];
  const line = Math.max(w, h) / 28;
  const pathOf = (stroke: Stroke) => {
    const [first, ...rest] = stroke.map(([x, y]) => `${round(x)} ${round(y)}`);
    return `M${first}${rest.length === 0 ? `L${first}` : rest.map((point) => `L${point}`).join("")}`;
  };
  return (
    <svg viewBox={`${-line} ${-line} ${w + 2 * line} ${h + 2 * line}`} role="img" aria-label={label}>
      {strokes.map((stroke, n) =>
        stroke.length === 0 ? null : (
          <path
            d={pathOf(stroke)}
            class={stray.includes(n) ? "ink-stray" : undefined}
            stroke-width={line}
            data-from={stroke[0]?.[2]}
            data-to={stroke.at(-1)?.[2]}
          />
        ),
      )}
    </svg>
  );
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

const SOURCES = ["draw", "api", "import"] as const;

function Facts({ text, sample }: { text: Text; sample: Sample }) {
  const { t } = text;
  const { predicted, confidence, shown, modelVersion, writer, session } = sample;
  const source = SOURCES.find((known) => known === sample.source);
  return (
    <dl class="facts">
      <dt>{t("samples.label")}</dt>
      <dd>
        <b>{labelWords(text, sample.label)}</b>
      </dd>
      <dt>{t("samples.state")}</dt>
      <dd>{stateWords(text, sample.state)}</dd>
      <dt>{t("sample.prediction")}</dt>
      <dd>
        {predicted === null
          ? t("sample.noPrediction")
          : t("sample.predictedBy", {
              label: predicted,
              percent: confidence === null ? t("value.none") : text.percent(confidence),
            })}{" "}
        {modelVersion === null ? null : (
          <a href={`/models/${modelVersion}`}>{t("models.name", { version: modelVersion })}</a>
        )}
      </dd>
      {shown === null || shown === predicted ? null : (
        <>
          <dt>{t("sample.shown")}</dt>
          <dd>{shown}</dd>
        </>
      )}
      <dt>{t("samples.split")}</dt>
      <dd>{t(`samples.split.${sample.split}`)}</dd>
      <dt>{t("samples.writer")}</dt>
      <dd>
        {writer === null ? (
          t("sample.noWriter")
        ) : (
          <a href={`/samples?${new URLSearchParams({ writer })}`}>{writer}</a>
        )}
      </dd>
      {session === null ? null : (
        <>
          <dt>{t("sample.session")}</dt>
          <dd>
            <code>{session}</code>
          </dd>
        </>
      )}
      <dt>{t("sample.created")}</dt>
      <dd>
        <time datetime={sample.createdAt}>{text.dateTime(sample.createdAt)}</time>
      </dd>
      <dt>{t("sample.source")}</dt>
      <dd>{source === undefined ? sample.source : t(`sample.source.${source}`)}</dd>
      <dt>{t("sample.id")}</dt>
      <dd>
        <code>{sample.id}</code>
      </dd>
    </dl>
  );
}
