/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Notice } from "../../src/domain/notice.ts";
import { sayingWords } from "../i18n/saying-words.ts";
import type { Text } from "../i18n/text.ts";

/** The notices of a page. */
export interface SiteNoticesProps {
  text: Text;
  notices: readonly Notice[];
  /** The page to return to. */
  path: string;
}

/** The live region of notices, on every page; new ones appear while a page is open. */
export function SiteNotices(props: SiteNoticesProps) {
  return (
    <section
      id="site-notices"
      class="site-notices"
      aria-live="polite"
      aria-label={props.text.t("notices.label")}
      hx-get={noticesPath(props.path)}
      hx-trigger="every 15s"
      hx-swap="innerMorph"
    >
      <NoticeList {...props} />
    </section>
  );
}

/** The content of the region. */
export function NoticeList({ text, notices, path }: SiteNoticesProps) {
  const { t } = text;
  return (
    <>
      {notices.map((notice) => (
        <div id={`notice-${notice.id}`} class="site-notice">
          <p>
            <span class="small soft">{text.dateTime(notice.createdAt)}</span> {noticeWords(text, notice)}{" "}
            <a href={notice.href}>{t("notices.more")}</a>
          </p>
          <form
            method="post"
            action={`/notices/${notice.id}/acknowledge`}
            hx-post={`/notices/${notice.id}/acknowledge`}
            hx-target="#site-notices"
            hx-swap="innerMorph"
          >
            <input type="hidden" name="back" value={path} />
            <button class="button" type="submit">
              {t("notices.acknowledge")}
            </button>
          </form>
        </div>
      ))}
    </>
  );
}

function noticesPath(back: string): string {
  return `/notices?${new URLSearchParams({ back })}`;
}

/** Trials word their own; what the server itself has to say is below "notice". */
function noticeWords(text: Text, { message, says }: Notice): string {
  if (text.language === "en" || says === undefined) return message;
  return sayingWords(text, "trial", says) ?? sayingWords(text, "notice", says) ?? message;
}
