/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { HoldingCopy } from "../../../src/domain/backups/backup.ts";
import type { ForgetPlan, ForgetResult, Whose } from "../../../src/domain/lineage/forgetting.ts";
import { Ask } from "../../fragments/ask.tsx";
import { AffectedModels, type Retraining } from "../../fragments/lineage/affected-models.tsx";
import type { Text } from "../../i18n/text.ts";
import { Page, type PageProps } from "../../layout/page.tsx";

/** The properties of the page that forgets someone. */
export interface ForgetPageProps extends PageProps {
  /** Null after it is done: the name is no longer shown. */
  whose: Whose | null;
  /** Everything that would be removed, or has been. */
  preview: ForgetPlan;
  /** Null before. */
  result: ForgetResult | null;
  retraining: Retraining;
  /** Why the last request failed. */
  problem: string | null;
}

/** Names what goes and what stays, asks, and then says what is left to do. */
export function ForgetPage(props: ForgetPageProps) {
  const { text, whose, preview, result, retraining, problem } = props;
  const { t } = text;
  const isNothing = preview.drawings + preview.decisions === 0;
  const what = forgettable(text, preview);
  return (
    <Page {...props} title={t("forget.title")}>
      <a class="back" href="/samples">
        ← {t("samples.title")}
      </a>
      <div class="page-head">
        <div>
          <h1>{t("forget.title")}</h1>
          {whose === null ? null : <p>{leadOf(text, whose)}</p>}
        </div>
        {whose === null || isNothing ? null : (
          <div>
            <Ask
              text={text}
              id="forget"
              opener={t("forget.ask", { what })}
              title={t("forget.askTitle", { what })}
              action="/samples/forget"
              confirm={t("forget.ask", { what })}
              isGrave
            >
              <p>{leadOf(text, whose)}</p>
              <QueueWords text={text} preview={preview} />
              <p>{t("forget.askText")}</p>
              {Object.entries(whose).map(([name, value]) => (
                <input type="hidden" name={name} value={value} />
              ))}
            </Ask>
          </div>
        )}
      </div>
      <div class="stack">
        {problem === null ? null : (
          <p class="alert" role="alert">
            {problem}
          </p>
        )}
        {result === null ? null : <Done text={text} result={result} />}
        {result === null && isNothing ? (
          <p class="sheet soft">{t("forget.nothing")}</p>
        ) : (
          <AffectedModels
            text={text}
            models={preview.models}
            retraining={result === null ? null : retraining}
          />
        )}
        <Copies text={text} copies={preview.copies} />
        {result !== null || isNothing ? null : <What text={text} preview={preview} />}
      </div>
    </Page>
  );
}

function leadOf({ t }: Text, whose: Whose): string {
  return "writer" in whose
    ? t("forget.leadWriter", { name: whose.writer })
    : t("forget.leadSession", { name: whose.session });
}

/** The drawings, and the answers where there are any. */
function forgettable({ t, number }: Text, { drawings, decisions }: ForgetPlan): string {
  const [n, answers] = [number(drawings), number(decisions)];
  if (decisions === 0) return t("forget.what.drawings", { n });
  return drawings === 0 ? t("forget.what.answers", { answers }) : t("forget.what.both", { n, answers });
}

/** How many of the drawings have no label, and whose labels stay when a labeller's answers go. */
function QueueWords({ text: { t, number }, preview }: { text: Text; preview: ForgetPlan }) {
  const { unlabelled, decisions } = preview;
  return (
    <>
      {unlabelled === 0 ? null : <p>{t("forget.ofThese", { n: number(unlabelled) })}</p>}
      {decisions === 0 ? null : <p>{t("forget.answersText", { n: number(decisions) })}</p>}
    </>
  );
}

function Done({ text, result }: { text: Text; result: ForgetResult }) {
  const { t, number } = text;
  const { exampleImages, elsewhere } = result;
  const what = forgettable(text, result);
  return (
    <div class="notice" role="status">
      <p>{t("forget.done", { what, images: number(exampleImages) })}</p>
      {elsewhere.length === 0 ? null : (
        <p>{t("forget.elsewhere", { files: elsewhere.join(t("text.comma")) })}</p>
      )}
    </div>
  );
}

/** Backups are files that nobody edits: which may still hold the drawings, and until when. */
function Copies({ text, copies }: { text: Text; copies: readonly HoldingCopy[] }) {
  const { t } = text;
  if (copies.length === 0) return null;
  return (
    <section class="sheet stack" aria-labelledby="forget-backups">
      <h2 id="forget-backups">{t("forget.backups")}</h2>
      <p>{t("forget.backupsText")}</p>
      <ul class="plain-list">
        {copies.map(({ file, at, keptUntil }) => (
          <li class="backup-file">
            {keptUntil === null
              ? t("forget.backupByHand", { file, at: text.dateTime(at) })
              : t("forget.backupUntil", { file, at: text.dateTime(at), until: text.dateTime(keptUntil) })}
          </li>
        ))}
      </ul>
    </section>
  );
}

function What({ text: { t, number }, preview }: { text: Text; preview: ForgetPlan }) {
  const { drawings, unlabelled, decisions } = preview;
  const labelled = drawings - unlabelled;
  return (
    <div class="columns">
      <section class="sheet" aria-labelledby="forget-goes">
        <h2 id="forget-goes">{t("forget.goes")}</h2>
        <ul class="plain-list">
          {labelled === 0 ? null : <li>{t("forget.drawings", { n: number(labelled) })}</li>}
          {unlabelled === 0 ? null : <li>{t("forget.unlabelled", { n: number(unlabelled) })}</li>}
          {decisions === 0 ? null : <li>{t("forget.answers", { n: number(decisions) })}</li>}
          <li>{t("forget.examples")}</li>
          <li>{t("forget.caches")}</li>
          <li>{t("forget.file")}</li>
        </ul>
      </section>
      <section class="sheet" aria-labelledby="forget-stays">
        <h2 id="forget-stays">{t("forget.stays")}</h2>
        <ul class="plain-list">
          {decisions === 0 ? null : <li>{t("forget.labels")}</li>}
          <li>{t("forget.hashes")}</li>
          <li>{t("forget.counts")}</li>
          <li>{t("forget.copies")}</li>
        </ul>
      </section>
    </div>
  );
}
