/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Session } from "../../../src/domain/access/session.ts";
import type { Text } from "../../i18n/text.ts";
import { browserWords } from "./browser-words.ts";

/** The sessions of everyone. */
export interface SessionsTableProps {
  text: Text;
  /** The one used last first. */
  sessions: readonly Session[];
  /** The session of the reader; null for someone without one. */
  ownId: number | null;
}

/** Every session, with the button that ends it. */
export function SessionsTable({ text, sessions, ownId }: SessionsTableProps) {
  const { t } = text;
  return (
    <section class="stack" aria-labelledby="sessions">
      <h2 id="sessions">{t("people.sessions")}</h2>
      {sessions.length === 0 ? (
        <p class="sheet soft">{t("people.sessions.none")}</p>
      ) : (
        <div class="table-wrap" tabindex={0}>
          <table class="cards people-table">
            <caption>{t("people.sessions.caption")}</caption>
            <thead>
              <tr>
                <th scope="col">{t("people.name")}</th>
                <th scope="col">{t("people.role")}</th>
                <th scope="col">{t("people.sessions.since")}</th>
                <th scope="col">{t("people.sessions.seen")}</th>
                <th scope="col">{t("people.sessions.from")}</th>
                <th scope="col">{t("people.actions")}</th>
              </tr>
            </thead>
            <tbody>
              {sessions.map((session) => (
                <SessionRow text={text} session={session} isOwn={session.id === ownId} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function SessionRow({ text, session, isOwn }: { text: Text; session: Session; isOwn: boolean }) {
  const { t } = text;
  const { id, name, role, accountId, createdAt, seenAt, address, agent } = session;
  return (
    <tr>
      <th scope="row" class="people-name">
        {name}
        {accountId === null ? <span class="tag">{t("people.sessions.guest")}</span> : null}
        {isOwn ? <span class="tag">{t("people.sessions.this")}</span> : null}
      </th>
      <td data-label={t("people.role")}>{t(`role.${role}`)}</td>
      <td data-label={t("people.sessions.since")}>{text.dateTime(createdAt)}</td>
      <td data-label={t("people.sessions.seen")}>{text.dateTime(seenAt)}</td>
      <td data-label={t("people.sessions.from")}>
        <span class="session-from">
          {address === null ? null : <code>{address}</code>}
          {agent === null ? null : (
            <span class="soft small" title={agent}>
              {browserWords(text, agent)}
            </span>
          )}
        </span>
      </td>
      <td data-label={t("people.actions")}>
        <form method="post" action={`/people/sessions/${id}/end`}>
          <button class="button" type="submit" aria-label={t("people.sessions.endOf", { name })}>
            {t("people.sessions.end")}
          </button>
        </form>
      </td>
    </tr>
  );
}
