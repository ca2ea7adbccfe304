/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { raw } from "hono/html";
import { LANGUAGES, type Language } from "../../../src/lib/languages.ts";
import { LANGUAGE_NAMES, textIn } from "../../i18n/text.ts";
import { Mark } from "../../layout/page.tsx";

/** The contents of one page of the static site. */
export interface SitePageProps {
  language: Language;
  /** Version of tegaki. */
  version: string;
  /** ISO time. */
  builtAt: string;
  /** The initial view. */
  view: string;
}

/** Marks files that this command wrote, so that it may overwrite them. */
export const GENERATOR = "tegaki viz build";

/** File name of the page in a language. */
export function sitePath(language: Language): string {
  return language === "en" ? "index.html" : `index.${language}.html`;
}

/** A page of the static site: it loads only files next to it. */
export function SitePage({ language, version, builtAt, view }: SitePageProps) {
  const text = textIn(language);
  const { t } = text;
  return (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="generator" content={GENERATOR} />
        <title>{`${t("graph.title")} – ${t("site.name")}`}</title>
        <link rel="icon" href="icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="style.css" />
        <script src="data.js" defer />
        <script src="graph-site.js" defer />
      </head>
      <body>
        <header class="shell-head">
          <span class="brand">
            <Mark />
            <span>{t("site.name")}</span>
          </span>
          <p class="soft small g-built">
            {t("site.version", { version })} · <time datetime={builtAt}>{text.dateTime(builtAt)} UTC</time>
          </p>
          {LANGUAGES.filter((other) => other !== language).map((other) => (
            <a class="language" href={sitePath(other)} lang={other}>
              {LANGUAGE_NAMES[other]}
            </a>
          ))}
        </header>
        <main id="main" class="main graph-main">
          {raw(view)}
        </main>
      </body>
    </html>
  );
}
