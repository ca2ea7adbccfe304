/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Child } from "hono/jsx";
import type { Notice } from "../../src/domain/notice.ts";
import type { noticeFor } from "../../src/domain/settings/draw-notice.ts";
import type { Theme } from "../../src/domain/theme.ts";
import type { Text } from "../i18n/text.ts";
import { HomeStrip, type HomeStripProps } from "./home-strip.tsx";
import { LanguageSwitch } from "./language-switch.tsx";
import { Nav } from "./nav.tsx";
import { SiteNotices } from "./site-notices.tsx";

/** The properties of every page. */
export interface PageProps {
  text: Text;
  /** The reader's choice of light or dark; the system's by default. */
  theme?: Theme;
  /** Path and query of the page itself, for returning to it. */
  path: string;
  /** Version of tegaki. */
  version: string;
  /** Identifies the release's assets in their URLs; without it, browsers ask each time whether they have changed. */
  assetsId?: string | undefined;
  /** Shown on every page until someone acknowledges them. */
  notices?: readonly Notice[];
  /** The state of the project; absent on the Draw page, which has its own. */
  strip?: HomeStripProps | undefined;
  /** The notice to those who draw; null, as by default, for nothing. */
  drawNotice?: ReturnType<typeof noticeFor>;
  /** Number of labels in review; 0 by default. */
  inReview?: number;
}

/** Nothing inline and nothing evaluated: the content security policy allows neither. */
const HTMX_CONFIG = JSON.stringify({
  includeIndicatorCSS: false,
  history: false,
  extensions: "sse",
  noSwap: [204, 304, "5xx"],
  // Opened elements stay open when the fragment around them is rendered again.
  morphIgnore: ["data-htmx-powered", "open"],
});

/**
 * The frame of every page: head, skip link, navigation, the main landmark, footer.
 *
 * @param title of the page alone; the site's name is added.
 * @param isDrawing the Draw page: its script is loaded, and the footer leaves room for it.
 * @param isLabelling the label queue: its script is loaded.
 * @param isGrid grid review: its script is loaded.
 * @param isQueue the queue of unlabelled drawings: its script is loaded.
 * @param isSheet the contact sheet: its script is loaded.
 * @param isMap the map of the drawings: its script is loaded.
 * @param isSample the page of one drawing: its script is loaded.
 * @param isGraph the Pipelines page: its script is loaded, and it uses the whole window.
 */
export function Page(
  props: PageProps & {
    title: string;
    isDrawing?: boolean;
    isGraph?: boolean;
    isLabelling?: boolean;
    isGrid?: boolean;
    isQueue?: boolean;
    isSheet?: boolean;
    isMap?: boolean;
    isSample?: boolean;
    children?: Child;
  },
) {
  const {
    text,
    path,
    version,
    theme = "system",
    title,
    isDrawing = false,
    isGraph = false,
    isLabelling = false,
    isGrid = false,
    isQueue = false,
    isSheet = false,
    isMap = false,
    isSample = false,
    children,
  } = props;
  const mainClass = isDrawing
    ? "main draw-main"
    : isGraph
      ? "main graph-main"
      : isQueue
        ? "main queue-main"
        : "main";
  const { t } = text;
  const asset = (name: string) =>
    props.assetsId === undefined ? `/assets/${name}` : `/assets/${props.assetsId}/${name}`;
  return (
    <html lang={text.language} data-theme={theme === "system" ? undefined : theme}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <title>{`${title} – ${t("site.name")}`}</title>
        <meta name="description" content={t("site.tagline")} />
        <ThemeColor theme={theme} />
        <meta name="htmx-config" content={HTMX_CONFIG} />
        <link rel="icon" href={asset("icon.svg")} type="image/svg+xml" />
        <link rel="stylesheet" href={asset("style.css")} />
        <script src={asset("htmx.js")} defer />
        <script src={asset("pages.js")} defer />
        {isDrawing ? <script src={asset("draw.js")} defer /> : null}
        {isGraph ? <script src={asset("graph.js")} defer /> : null}
        {isLabelling ? <script src={asset("label.js")} defer /> : null}
        {isGrid ? <script src={asset("grid.js")} defer /> : null}
        {isQueue ? <script src={asset("queue.js")} defer /> : null}
        {isSample ? <script src={asset("sample.js")} defer /> : null}
        {isMap ? <script src={asset("map.js")} defer /> : null}
        {isSheet ? <script src={asset("samples.js")} defer /> : null}
      </head>
      <body>
        <a class="skip" href="#main">
          {t("site.skip")}
        </a>
        <header class="shell-head">
          <a class="brand" href="/">
            <Mark />
            <span>{t("site.name")}</span>
          </a>
          <Nav text={text} path={path} inReview={props.inReview ?? 0} />
          <LanguageSwitch text={text} path={path} />
        </header>
        {props.strip === undefined ? null : <HomeStrip text={text} strip={props.strip} />}
        <SiteNotices text={text} notices={props.notices ?? []} path={path} />
        <DrawNotice text={text} notice={props.drawNotice ?? null} />
        <main id="main" class={mainClass} tabindex={-1}>
          {children}
        </main>
        <footer class="shell-foot">
          <span>{t("site.tagline")}</span>
          <span>{t("site.version", { version })}</span>
          <a href="/server">{t("server.title")}</a>
          <a href="/webhooks">{t("webhooks.title")}</a>
          <a href="/docs">{t("docs.title")}</a>
          <a href="/docs/api">{t("docs.api")}</a>
        </footer>
        <div id="toast" class="toast" role="alert" data-text={t("error.500.text")} hidden />
      </body>
    </html>
  );
}

function DrawNotice({ text, notice }: { text: Text; notice: ReturnType<typeof noticeFor> }) {
  if (notice === null) return null;
  return (
    <section class="draw-notice" aria-label={text.t("draw.notice")} lang={notice.language} tabindex={0}>
      {notice.text}
    </section>
  );
}

const COLORS = { light: "#f5f5f2", dark: "#131518" } as const;

/** The colour of the browser's own bars. */
function ThemeColor({ theme }: { theme: Theme }) {
  if (theme !== "system") return <meta name="theme-color" content={COLORS[theme]} />;
  return (
    <>
      <meta name="theme-color" content={COLORS.light} media="(prefers-color-scheme: light)" />
      <meta name="theme-color" content={COLORS.dark} media="(prefers-color-scheme: dark)" />
    </>
  );
}

/** A seal with the first syllable of tegaki, て, in one stroke; the same as icon.svg. */
export function Mark() {
  return (
    <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
      <rect width="32" height="32" rx="6" fill="#b6311c" />
      <path
        d="M6.5 10.2c5-.5 11-1.2 18.5-2.4-6 2.2-10.6 6.6-10 11.6.5 3.8 3.6 5.4 8 5"
        fill="none"
        stroke="#fff"
        stroke-width="3.2"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}
