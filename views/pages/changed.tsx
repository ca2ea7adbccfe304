/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { ChangedSet } from "../../src/domain/examples.ts";
import { type ChangedExample, ChangedSheet } from "../fragments/models/changed-sheet.tsx";
import { shortId } from "../fragments/runs/run-words.ts";
import { Page, type PageProps } from "../layout/page.tsx";

/** The properties of the page of drawings that changed. */
export interface ChangedPageProps extends PageProps {
  runId: string;
  kind: ChangedSet;
  examples: readonly ChangedExample[];
}

/** Every saved drawing that a run's candidate fixed, or broke. */
export function ChangedPage(props: ChangedPageProps) {
  const { text, runId, kind, examples } = props;
  const { t } = text;
  return (
    <Page {...props} title={t(`changed.${kind}`)}>
      <a class="back" href={`/runs/${encodeURIComponent(runId)}`}>
        ← {t("examples.back", { run: shortId(runId) })}
      </a>
      <div class="page-head">
        <div>
          <h1>{t(`changed.${kind}`)}</h1>
          <p>{t("changed.legend")}</p>
        </div>
      </div>
      <section class="sheet stack" aria-label={t(`changed.${kind}`)}>
        <ChangedSheet text={text} examples={examples} />
        <p class="small soft">{t("changed.capped")}</p>
      </section>
    </Page>
  );
}
