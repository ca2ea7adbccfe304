/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { BackupState } from "../../src/domain/backups/backup.ts";
import { Backups } from "../fragments/backups.tsx";
import { QrCode } from "../fragments/qr-code.tsx";
import { Page, type PageProps } from "../layout/page.tsx";

/** The properties of the Server page. */
export interface ServerPageProps extends PageProps {
  /** Addresses for other devices; empty when only this computer, or a proxy, reaches the server. */
  urls: readonly string[];
  /** Who may use it. */
  access: "local" | "anyone" | "accounts";
  /** Whether the reader may stop it. */
  canQuit: boolean;
  /** The command that opens it to the network. */
  openCommand: string;
  isRunning: boolean;
  backups: BackupState;
}

/** How the server is reached from other devices, and the way to quit it. */
export function ServerPage(props: ServerPageProps) {
  const { text, isRunning, canQuit, backups } = props;
  const { t } = text;
  return (
    <Page {...props} title={t("server.title")}>
      <div class="stack">
        <header>
          <h1>{t("server.title")}</h1>
          {canQuit ? <p class="soft">{t("server.lead")}</p> : null}
        </header>
        <section class="sheet stack" aria-labelledby="server-phone">
          <h2 id="server-phone">{t("server.phone")}</h2>
          <Phone {...props} />
        </section>
        <Backups text={text} backups={backups} />
        <section class="sheet stack" aria-labelledby="server-quit">
          <h2 id="server-quit">{t("server.quit")}</h2>
          {canQuit ? (
            <>
              <p>{t("server.quit.text")}</p>
              {isRunning ? <p>{t("server.quit.running")}</p> : null}
              <form method="post" action="/server/quit">
                <button class="button" type="submit">
                  {t("server.quit.do")}
                </button>
              </form>
            </>
          ) : (
            <p>{t("server.quit.remote")}</p>
          )}
        </section>
      </div>
    </Page>
  );
}

function Phone({ text: { t }, urls, access, openCommand }: ServerPageProps) {
  if (access === "local" && urls.length === 0) {
    return (
      <>
        <p>{t("server.phone.closed")}</p>
        <pre class="command" tabindex={0}>
          <code>{openCommand}</code>
        </pre>
      </>
    );
  }
  if (urls.length === 0) return <p>{t("server.phone.proxy")}</p>;
  return (
    <>
      <p>{t("server.phone.scan")}</p>
      <ul class="qr-codes">
        {urls.map((url) => (
          <li>
            <QrCode content={url} label={t("server.phone.code", { url })} />
            <a href={url}>{url}</a>
          </li>
        ))}
      </ul>
    </>
  );
}

/** The page that stays in the tab when the server has stopped; nothing on it needs the server. */
export function StoppedPage({ text, assetsId }: Pick<PageProps, "text" | "assetsId">) {
  const { t } = text;
  return (
    <html lang={text.language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${t("server.stopped.title")} – ${t("site.name")}`}</title>
        <link
          rel="stylesheet"
          href={assetsId === undefined ? "/assets/style.css" : `/assets/${assetsId}/style.css`}
        />
      </head>
      <body>
        <main id="main" class="main">
          <div class="error-page">
            <h1>{t("server.stopped.title")}</h1>
            <p>{t("server.stopped.text")}</p>
          </div>
        </main>
      </body>
    </html>
  );
}
