/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { AccessLink } from "../../../src/domain/access/link.ts";
import type { Session } from "../../../src/domain/access/session.ts";
import type { Text } from "../../i18n/text.ts";

/** Those who have joined by an invitation. */
export interface GuestsTableProps {
  text: Text;
  /** The one who was active last first. */
  guests: readonly Session[];
  /** For the names of theirs. */
  invitations: readonly AccessLink[];
}

/** The guests who are here, each with the button that logs them out. */
export function GuestsTable({ text, guests, invitations }: GuestsTableProps) {
  const { t } = text;
  const titles = new Map(invitations.map(({ id, title }) => [id, title ?? ""]));
  return (
    <section class="stack" aria-labelledby="guests">
      <h2 id="guests">{t("invitations.guests")}</h2>
      {guests.length === 0 ? (
        <p class="sheet soft">{t("invitations.guests.none")}</p>
      ) : (
        <div class="table-wrap" tabindex={0}>
          <table class="cards people-table">
            <caption>{t("invitations.guests.caption")}</caption>
            <thead>
              <tr>
                <th scope="col">{t("invitations.guests.name")}</th>
                <th scope="col">{t("invitations.guests.by")}</th>
                <th scope="col">{t("people.sessions.since")}</th>
                <th scope="col">{t("people.sessions.seen")}</th>
                <th scope="col">{t("people.actions")}</th>
              </tr>
            </thead>
            <tbody>
              {guests.map(({ id, name, linkId, createdAt, seenAt }) => (
                <tr>
                  <th scope="row" class="people-name">
                    {name}
                  </th>
                  <td data-label={t("invitations.guests.by")}>{titles.get(linkId ?? 0) ?? ""}</td>
                  <td data-label={t("people.sessions.since")}>{text.dateTime(createdAt)}</td>
                  <td data-label={t("people.sessions.seen")}>{text.dateTime(seenAt)}</td>
                  <td data-label={t("people.actions")}>
                    <form method="post" action={`/people/invitations/sessions/${id}/end`}>
                      <button class="button" type="submit" aria-label={t("people.sessions.endOf", { name })}>
                        {t("people.sessions.end")}
                      </button>
                    </form>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
