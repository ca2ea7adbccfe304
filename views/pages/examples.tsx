/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { ExamplesOf, type ExamplesOfProps, examplesTitle } from "../fragments/examples-of.tsx";
import { shortId } from "../fragments/runs/run-words.ts";
import { Page, type PageProps } from "../layout/page.tsx";

/** The properties of the page of examples. */
export interface ExamplesPageProps extends PageProps {
  runId: string;
  shown: Omit<ExamplesOfProps, "text">;
}

/** The drawings behind a metric of a run, on a separate page. */
export function ExamplesPage(props: ExamplesPageProps) {
  const { text, runId, shown } = props;
  const { t } = text;
  return (
    <Page {...props} title={examplesTitle(text, shown.set, shown.cell)}>
      <a class="back" href={`/runs/${encodeURIComponent(runId)}`}>
        ← {t("examples.back", { run: shortId(runId) })}
      </a>
      <div class="page-head">
        <h1>{t("examples.title")}</h1>
      </div>
      <section class="sheet">
        <ExamplesOf text={text} {...shown} />
      </section>
    </Page>
  );
}
