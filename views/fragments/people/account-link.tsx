/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Text } from "../../i18n/text.ts";
import { QrCode } from "../qr-code.tsx";
import { LinkFields } from "./link-field.tsx";

/** A link by which someone chooses a password. */
export interface AccountLinkProps {
  text: Text;
  /** Of the account. */
  name: string;
  urls: readonly string[];
  /** Whether no other device reaches it. */
  isLocal: boolean;
  isEncrypted: boolean;
  until: string;
  /** The command that lets other devices reach the server. */
  openCommand: string;
}

/** The link that is shown once, to send to its owner. */
export function AccountLink(props: AccountLinkProps) {
  const { text, name, urls, isLocal, isEncrypted, until, openCommand } = props;
  const { t } = text;
  return (
    <section class="sheet stack made-link" aria-labelledby="made-link">
      <h2 id="made-link">{t("people.link.account", { name })}</h2>
      <div class="made-link-parts">
        <div class="stack">
          <p>{t("people.link.accountText", { name, until: text.dateTime(until) })}</p>
          <LinkFields text={text} urls={urls} />
          {isLocal ? (
            <>
              <p>{t("people.link.local")}</p>
              <pre class="command" tabindex={0}>
                <code>{openCommand}</code>
              </pre>
            </>
          ) : isEncrypted ? null : (
            <p class="soft">{t("people.link.plain")}</p>
          )}
        </div>
        <QrCode content={urls[0] ?? ""} label={t("people.link.code")} />
      </div>
    </section>
  );
}
