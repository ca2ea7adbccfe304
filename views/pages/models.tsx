/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { ImportForm } from "../fragments/models/import-form.tsx";
import { ModelsList, type ModelsListProps } from "../fragments/models/models-list.tsx";
import { Notice, type NoticeProps } from "../fragments/notice.tsx";
import { Page, type PageProps } from "../layout/page.tsx";

/** The properties of the Models page. */
export interface ModelsPageProps extends PageProps {
  list: Omit<ModelsListProps, "text">;
  notice: NoticeProps | null;
}

/** The page of all model versions. */
export function ModelsPage(props: ModelsPageProps) {
  const { text, list, notice } = props;
  const { t } = text;
  // Only the newest versions change while the page is open.
  const live = list.isFirstPage ? { "hx-sse:connect": "/events?view=models", "hx-swap": "innerMorph" } : {};
  return (
    <Page {...props} title={t("models.title")}>
      <div class="page-head">
        <div>
          <h1>{t("models.title")}</h1>
          <p>{t("models.lead")}</p>
          <p>
            <a href="/models/trials">{t("trials.link")}</a>
          </p>
          <p>
            <a href="/learning">{t("learning.link")}</a>
          </p>
        </div>
      </div>
      <div id="notice" role="status">
        <Notice notice={notice} />
      </div>
      <div class="stack">
        <div {...live}>
          <ModelsList text={text} {...list} />
        </div>
        <ImportForm text={text} />
      </div>
    </Page>
  );
}
