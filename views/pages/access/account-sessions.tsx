/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { browserOf } from "../../../src/domain/access/browser.ts";
import type { Session } from "../../../src/domain/access/session.ts";
import type { Text } from "../../i18n/text.ts";

/** A browser in which the account is logged in. */
export interface AccountSession extends Pick<Session, "id" | "agent" | "address" | "seenAt"> {
  /** Whether it is the one that shows the page. */
  isThis: boolean;
}

/** "Firefox on Linux", as far as the browser tells. */
function browserWords({ t }: Text, agent: string | null): string {
  const { browser, system } = browserOf(agent);
  if (browser !== null && system !== null) return t("account.browser.on", { browser, system });
  return browser ?? system ?? t("account.browser.unknown");
}

/** Where an account is logged in, with a button to end each. */
export function AccountSessions({ text, sessions }: { text: Text; sessions: readonly AccountSession[] }) {
  const { t } = text;
  return (
    <section class="stack" aria-labelledby="account-sessions">
      <h2 id="account-sessions">{t("account.sessions")}</h2>
      <div class="table-wrap" tabindex={0}>
        <table class="cards">
          <thead>
            <tr>
              <th scope="col">{t("account.sessions.browser")}</th>
              <th scope="col">{t("account.sessions.address")}</th>
              <th scope="col">{t("account.sessions.used")}</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {sessions.map((session) => (
              <SessionRow text={text} session={session} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function SessionRow({ text, session }: { text: Text; session: AccountSession }) {
  const { t } = text;
  const browser = browserWords(text, session.agent);
  const address = session.address ?? t("account.unknown");
  return (
    <tr>
      <th scope="row">
        {browser} {session.isThis ? <span class="tag">{t("account.sessions.this")}</span> : null}
      </th>
      <td data-label={t("account.sessions.address")}>{address}</td>
      <td data-label={t("account.sessions.used")}>{text.dateTime(session.seenAt)}</td>
      <td>
        <form method="post" action={`/account/sessions/${session.id}/end`}>
          <button class="button" type="submit" aria-label={t("account.sessions.endOf", { browser, address })}>
            {t("account.sessions.end")}
          </button>
        </form>
      </td>
    </tr>
  );
}
