/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { MANUAL_SECTIONS, type ManualPage, type ManualSection } from "../../../src/domain/manual.ts";
import type { Text } from "../../i18n/text.ts";

/** The properties of the manual's navigation. */
export interface ManualNavProps {
  text: Text;
  pages: readonly Pick<ManualPage, "name" | "title" | "section">[];
  /** The name of the page that is shown: "api" for the reference; null for the contents. */
  current: string | null;
}

/** The pages of the manual by section. On a phone it opens on request. */
export function ManualNav({ text, pages, current }: ManualNavProps) {
  const { t } = text;
  return (
    <nav class="manual-nav" tabindex={0} aria-label={t("docs.contents")}>
      <details open={current === null}>
        <summary>{t("docs.contents")}</summary>
        <ManualList text={text} pages={pages} current={current} />
      </details>
    </nav>
  );
}

/** The list itself. */
function ManualList({ text, pages, current }: ManualNavProps) {
  const { t } = text;
  const link = (name: string, title: string) => (
    <li>
      <a href={`/docs/${name}`} aria-current={name === current ? "page" : undefined}>
        {title}
      </a>
    </li>
  );
  return (
    <div class="manual-list">
      {(Object.keys(MANUAL_SECTIONS) as ManualSection[]).map((section) => (
        <section>
          <h2>{t(`docs.section.${section}`)}</h2>
          <ul class="manual-links" lang="en">
            {section === "pipelines" ? link("api", t("docs.api")) : null}
            {pages.filter((page) => page.section === section).map(({ name, title }) => link(name, title))}
            {section === "developing" ? (
              <li lang={text.language}>
                <a href="/styleguide">{t("styleguide.title")}</a>
              </li>
            ) : null}
          </ul>
        </section>
      ))}
    </div>
  );
}
