/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { raw } from "hono/html";
import type { ManualPage } from "../../../src/domain/manual.ts";
import { ManualNav } from "../../fragments/docs/manual-nav.tsx";
import { Page, type PageProps } from "../../layout/page.tsx";

/** The properties of the manual's pages. */
export interface ManualProps extends PageProps {
  pages: readonly ManualPage[];
}

/** The contents of the manual. */
export function ManualContentsPage(props: ManualProps) {
  const { text, pages } = props;
  const { t } = text;
  return (
    <Page {...props} title={t("docs.title")}>
      <div class="page-head">
        <div>
          <h1>{t("docs.title")}</h1>
          <p>{t("docs.lead")}</p>
        </div>
      </div>
      <div class="manual-contents">
        <ManualNav text={text} pages={pages} current={null} />
      </div>
    </Page>
  );
}

/** One page of the manual: its text, the other pages, and the headings of this one. */
export function ManualPageView(props: ManualProps & { page: ManualPage }) {
  const { text, pages, page } = props;
  const { t } = text;
  return (
    <Page {...props} title={page.title}>
      <div class="manual">
        <ManualNav text={text} pages={pages} current={page.name} />
        <article class="manual-text" lang="en">
          {text.language === "en" ? null : (
            <p class="small soft" lang={text.language}>
              {t("docs.englishOnly")}
            </p>
          )}
          {page.headings.length < 3 ? null : (
            <nav class="manual-headings" aria-label={t("docs.onThisPage")}>
              <ul class="manual-links">
                {page.headings.map(({ id, title }) => (
                  <li>
                    <a href={`#${id}`}>{title}</a>
                  </li>
                ))}
              </ul>
            </nav>
          )}
          {raw(page.html)}
        </article>
      </div>
    </Page>
  );
}
