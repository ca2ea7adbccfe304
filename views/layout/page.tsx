/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Child } from "hono/jsx";
import type { Notice } from "../../src/domain/notice.ts";
import type { noticeFor } from "../../src/domain/settings/draw-notice.ts";
import type { Theme } from "../../src/domain/theme.ts";
import type { Text } from "../i18n/text.ts";
import { Foot } from "./foot.tsx";
import { assetUrl, Head } from "./head.tsx";
import { HomeStrip, type HomeStripProps } from "./home-strip.tsx";
import { LanguageSwitch } from "./language-switch.tsx";
import { Nav } from "./nav.tsx";
import { SiteNotices } from "./site-notices.tsx";
import { Who, type WhoProps } from "./who.tsx";

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
  /** The reader; by default, a person on the computer on which tegaki runs. */
  who?: WhoProps;
  /** Paths of pages that the reader's role may not open, and which the navigation leaves out; none by default. */
  closed?: readonly string[];
}

const MACHINE: WhoProps = { kind: "machine", name: null, role: "admin" };

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
  const { closed = [], who = MACHINE } = props;
  const asset = (name: string) => assetUrl(props.assetsId, name);
  return (
    <html lang={text.language} data-theme={theme === "system" ? undefined : theme}>
      <Head text={text} theme={theme} title={title} assetsId={props.assetsId}>
        <meta name="htmx-config" content={HTMX_CONFIG} />
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
      </Head>
      <body {...readerData(props.who)}>
        <a class="skip" href="#main">
          {t("site.skip")}
        </a>
        <header class="shell-head">
          <a class="brand" href="/">
            <Mark />
            <span>{t("site.name")}</span>
          </a>
          {who.kind === "nobody" ? null : (
            <Nav text={text} path={path} inReview={props.inReview ?? 0} closed={closed} />
          )}
          <Who text={text} who={who} path={path} />
          <LanguageSwitch text={text} path={path} />
        </header>
        {props.strip === undefined ? null : <HomeStrip text={text} strip={props.strip} />}
        {who.kind === "nobody" ? null : <SiteNotices text={text} notices={props.notices ?? []} path={path} />}
        <DrawNotice text={text} notice={props.drawNotice ?? null} />
        <main id="main" class={mainClass} tabindex={-1}>
          {children}
        </main>
        <Foot text={text} version={version} closed={closed} />
        <div
          id="toast"
          class="toast"
          role="alert"
          data-text={t("error.500.text")}
          data-log-in={t("door.logIn")}
          data-logged-out={t("site.loggedOut")}
          data-not-allowed={t("site.notAllowed")}
          hidden
        />
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

/**
 * For scripts: what the reader is, and by which name the server knows them, whose drawings and labels then have it. Nothing
 * when the server does not know.
 */
function readerData(who: WhoProps | undefined) {
  if (who === undefined) return {};
  const { kind, name } = who;
  const isNamed = name !== null && (kind === "account" || kind === "guest");
  return { ...(isNamed ? { "data-reader": name } : {}), "data-reader-kind": kind };
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
