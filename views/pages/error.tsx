/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Saying } from "../../src/lib/saying.ts";
import { sentenceWords } from "../i18n/saying-words.ts";
import { Page, type PageProps } from "../layout/page.tsx";

/** The properties of an error page. */
export interface ErrorPageProps extends PageProps {
  status: number;
  /** A message for the reader; never a stack trace. */
  detail: string;
  /** Names the request in the server's log. Null when the log says nothing of it. */
  errorId: string | null;
  /** The detail as data. */
  says?: Saying | undefined;
  /** The page to return to after logging in; the Draw page by default. */
  returnTo?: string;
}

const KINDS = ["401", "403", "404", "503", "507"] as const;

function kindOf(status: number): (typeof KINDS)[number] | "500" | "other" {
  return KINDS.find((kind) => kind === String(status)) ?? (status >= 500 ? "500" : "other");
}

/** Any error as a page: what happened, what to do, and a link to the Draw page. */
export function ErrorPage(props: ErrorPageProps) {
  const { text, status, detail: message, says, errorId, returnTo = "/" } = props;
  const detail = sentenceWords(text, "failure", { message, says });
  const { t } = text;
  const kind = kindOf(status);
  return (
    <Page {...props} title={t(`error.${kind}.title`)}>
      <div class="error-page">
        <p class="error-code">{status}</p>
        <h1>{t(`error.${kind}.title`)}</h1>
        {kind === "other" ? null : (
          <p data-detail={kind === "401" ? true : undefined}>{t(`error.${kind}.text`)}</p>
        )}
        {kind === "404" || kind === "401" ? null : (
          <p class="soft" lang={detail === message ? "en" : undefined} data-detail>
            {detail}
          </p>
        )}
        {errorId === null ? null : <p class="soft">{t("error.id", { id: errorId })}</p>}
        {kind === "401" ? (
          <a class="button button-main" href={`/log-in?${new URLSearchParams({ next: returnTo })}`}>
            {t("door.logIn")}
          </a>
        ) : (
          <a class="button button-main" href="/">
            {t("error.back")}
          </a>
        )}
      </div>
    </Page>
  );
}
