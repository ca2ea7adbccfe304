/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { BarePage, type BarePageProps } from "../../layout/bare-page.tsx";

/** The page behind a link that does not work. */
export function LinkGonePage(props: BarePageProps) {
  const { t } = props.text;
  return (
    <BarePage {...props} title={t("door.gone.title")}>
      <div class="stack">
        <h1>{t("door.gone.title")}</h1>
        <p>{t("door.gone.text")}</p>
        <p>
          <a class="button" href="/log-in">
            {t("door.logIn")}
          </a>
        </p>
      </div>
    </BarePage>
  );
}
