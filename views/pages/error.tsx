import { Page, type PageProps } from "../layout/page.tsx";

export interface ErrorPageProps extends PageProps {
  status: number;
  /** Written for people; never a stack trace. */
  detail: string;
}

/** Any error as a page: what happened, what it means, the way back. */
export function ErrorPage(props: ErrorPageProps) {
  const { text, status, detail } = props;
  const { t } = text;
  const kind = status === 404 ? "404" : status >= 500 ? "500" : "other";
  return (
    <Page {...props} title={t(`error.${kind}.title`)}>
      <div class="error-page">
        <p class="error-code">{status}</p>
        <h1>{t(`error.${kind}.title`)}</h1>
        {kind === "other" ? null : <p>{t(`error.${kind}.text`)}</p>}
        {kind === "404" ? null : <p class="soft">{detail}</p>}
        <a class="button button-main" href="/">
          {t("error.back")}
        </a>
      </div>
    </Page>
  );
}
