/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { MAX_NAME } from "../../../src/domain/access/account.ts";
import type { AccessLink } from "../../../src/domain/access/link.ts";
import type { Session } from "../../../src/domain/access/session.ts";
import { Notice } from "../../fragments/notice.tsx";
import { doneNotice } from "../../fragments/people/done-notice.ts";
import { GuestsTable } from "../../fragments/people/guests-table.tsx";
import { Handout, type HandoutProps } from "../../fragments/people/handout.tsx";
import { InvitationsTable } from "../../fragments/people/invitations-table.tsx";
import { PeopleTabs } from "../../fragments/people/people-tabs.tsx";
import { Page, type PageProps } from "../../layout/page.tsx";

/** How long an invitation can be valid, in hours: a lesson, a morning, a day of school, a day, a week. */
export const INVITATION_HOURS = [1, 4, 8, 24, 168] as const;
/** People who can join, unless the form says otherwise. */
const DEFAULT_MOST = 40;
/** The default of the form. */
const DEFAULT_HOURS = 4;

/** The properties of the Invitations page. */
export interface InvitationsPageProps extends PageProps {
  /** Newest first. */
  invitations: readonly AccessLink[];
  /** Sessions of those who have joined. */
  guests: readonly Session[];
  /** ISO 8601. */
  now: string;
  /** Whether the reader may also open the other pages about people. */
  isAdmin: boolean;
  /** Whether no other device reaches the server at the address that is known. */
  isClosed: boolean;
  /** The command that lets other devices reach it. */
  openCommand: string;
  /** The invitation that has just been made; null for none. */
  handout: Omit<HandoutProps, "text"> | null;
  /** The result of the last form, as the address names it; null for nothing. */
  done: string | null;
  /** Why the last form was refused; null for no reason. */
  problem: string | null;
  /** The values of the form that was refused. */
  given: { title?: string; hours?: string | undefined; mostUses?: string | undefined };
}

/** Lets groups in, and shows who has come. */
export function InvitationsPage(props: InvitationsPageProps) {
  const { text, invitations, guests, now, isAdmin, problem, handout } = props;
  const { t } = text;
  return (
    <Page {...props} title={t("invitations.title")}>
      <div class="page-head">
        <div>
          <h1>{t("invitations.title")}</h1>
          <p>{t("invitations.lead")}</p>
        </div>
      </div>
      <div class="stack">
        {isAdmin ? <PeopleTabs text={text} current="invitations" /> : null}
        <Notice
          notice={problem === null ? doneNotice(text, props.done) : { kind: "problem", message: problem }}
        />
        {props.isClosed ? <Closed {...props} /> : null}
        {handout === null ? null : <Handout text={text} {...handout} />}
        <InviteForm {...props} />
        <GuestsTable text={text} guests={guests} invitations={invitations} />
        <InvitationsTable text={text} invitations={invitations} now={now} />
      </div>
    </Page>
  );
}

function Closed({ text: { t }, openCommand }: InvitationsPageProps) {
  return (
    <div class="alert stack">
      <p>{t("invitations.closed")}</p>
      <pre class="command" tabindex={0}>
        <code>{openCommand}</code>
      </pre>
    </div>
  );
}

function InviteForm({ text, given }: InvitationsPageProps) {
  const { t } = text;
  const { title = "", hours = String(DEFAULT_HOURS), mostUses = String(DEFAULT_MOST) } = given;
  return (
    <section class="sheet stack" aria-labelledby="invite">
      <h2 id="invite">{t("invitations.make")}</h2>
      <form class="people-form" method="post" action="/people/invitations">
        <div class="field">
          <label for="invite-title">{t("invitations.name")}</label>
          <input
            id="invite-title"
            name="title"
            type="text"
            required
            maxlength={MAX_NAME}
            value={title}
            autocomplete="off"
            aria-describedby="invite-title-help"
          />
          <p id="invite-title-help" class="soft small">
            {t("invitations.nameHelp")}
          </p>
        </div>
        <div class="field">
          <label for="invite-hours">{t("invitations.hours")}</label>
          <select id="invite-hours" name="hours">
            {INVITATION_HOURS.map((one) => (
              <option value={String(one)} selected={String(one) === hours}>
                {t(`invitations.hours.${one}`)}
              </option>
            ))}
          </select>
        </div>
        <div class="field">
          <label for="invite-most">{t("invitations.most")}</label>
          <input
            id="invite-most"
            name="most_uses"
            type="number"
            required
            min={1}
            max={1000}
            value={mostUses}
            aria-describedby="invite-most-help"
          />
          <p id="invite-most-help" class="soft small">
            {t("invitations.mostHelp")}
          </p>
        </div>
        <div class="people-submit">
          <button class="button button-main" type="submit">
            {t("invitations.do")}
          </button>
        </div>
      </form>
    </section>
  );
}
