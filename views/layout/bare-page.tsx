/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Child } from "hono/jsx";
import { assetUrl, Head } from "./head.tsx";
import { LanguageSwitch } from "./language-switch.tsx";
import { Mark, type PageProps } from "./page.tsx";

/** The properties of a page for those of whom nothing is known. */
export type BarePageProps = Pick<PageProps, "text" | "theme" | "path" | "assetsId">;

/**
 * The frame of a page for those who are not in yet: head, language and the main landmark; nothing of the project.
 * @param title of the page alone; the site's name is added.
 */
export function BarePage(props: BarePageProps & { title: string; children?: Child }) {
  const { text, theme = "system", path, title, assetsId, children } = props;
  const { t } = text;
  return (
    <html lang={text.language} data-theme={theme === "system" ? undefined : theme}>
      <Head text={text} theme={theme} title={title} assetsId={assetsId}>
        <script src={assetUrl(assetsId, "pages.js")} defer />
      </Head>
      <body>
        <header class="shell-head bare-head">
          <span class="brand">
            <Mark />
            <span>{t("site.name")}</span>
          </span>
          <LanguageSwitch text={text} path={path} />
        </header>
        <main id="main" class="main bare-main" tabindex={-1}>
          {children}
        </main>
      </body>
    </html>
  );
}
