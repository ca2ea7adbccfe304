/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { AccessLink } from "../../../src/domain/access/link.ts";
import { decodeActor } from "../../../src/domain/actor.ts";
import type { Text } from "../../i18n/text.ts";
import { Ask } from "../ask.tsx";
import { personWords } from "./person-words.ts";

/** The invitations of a server. */
export interface InvitationsTableProps {
  text: Text;
  /** Newest first. */
  invitations: readonly AccessLink[];
  /** ISO 8601. */
  now: string;
}

/** Every invitation, with the question that ends it. */
export function InvitationsTable({ text, invitations, now }: InvitationsTableProps) {
  const { t } = text;
  return (
    <section class="stack" aria-labelledby="invitations">
      <h2 id="invitations">{t("invitations.list")}</h2>
      {invitations.length === 0 ? (
        <p class="sheet soft">{t("invitations.none")}</p>
      ) : (
        <div class="table-wrap" tabindex={0}>
          <table class="cards people-table">
            <caption>{t("invitations.caption")}</caption>
            <thead>
              <tr>
                <th scope="col">{t("invitations.name")}</th>
                <th scope="col">{t("invitations.state")}</th>
                <th scope="col">{t("invitations.joined")}</th>
                <th scope="col">{t("invitations.until")}</th>
                <th scope="col">{t("invitations.by")}</th>
                <th scope="col">{t("people.actions")}</th>
              </tr>
            </thead>
            <tbody>
              {invitations.map((link) => (
                <InvitationRow text={text} link={link} now={now} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

/** The state of an invitation. */
export function invitationState(link: AccessLink, now: string): "open" | "full" | "ended" | "expired" {
  if (link.revokedAt !== null) return "ended";
  if (link.expiresAt <= now) return "expired";
  return link.uses >= link.mostUses ? "full" : "open";
}

function InvitationRow({ text, link, now }: { text: Text; link: AccessLink; now: string }) {
  const { t } = text;
  const { id, uses, mostUses, expiresAt, createdBy } = link;
  const title = link.title ?? "";
  const state = invitationState(link, now);
  // Those who came by a full one are still here.
  const canEnd = state === "open" || state === "full";
  const joined = { uses: text.number(uses), most: text.number(mostUses) };
  return (
    <tr>
      <th scope="row" class="people-name">
        {title}
      </th>
      <td data-label={t("invitations.state")}>
        <span class={state === "open" ? "tag tag-live" : "tag"}>{t(`invitations.state.${state}`)}</span>
      </td>
      <td data-label={t("invitations.joined")}>{t("invitations.joined.of", joined)}</td>
      <td data-label={t("invitations.until")}>{text.dateTime(expiresAt)}</td>
      <td data-label={t("invitations.by")}>{personWords(text, decodeActor(createdBy))}</td>
      <td class={canEnd ? "" : "is-none"} data-label={t("people.actions")}>
        {canEnd ? (
          <Ask
            {...{ text, id: `end-${id}`, opener: t("invitations.end"), isGrave: true }}
            title={t("invitations.end.title", { title })}
            action={`/people/invitations/${id}/end`}
            confirm={t("invitations.end")}
          >
            <p>{t("invitations.end.text")}</p>
          </Ask>
        ) : null}
      </td>
    </tr>
  );
}
