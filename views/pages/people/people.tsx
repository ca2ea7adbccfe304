/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { type Account, MAX_NAME } from "../../../src/domain/access/account.ts";
import type { Identity } from "../../../src/domain/access/identity.ts";
import type { AccessToken, Session } from "../../../src/domain/access/session.ts";
import { Notice } from "../../fragments/notice.tsx";
import { AccessMode } from "../../fragments/people/access-mode.tsx";
import { AccountLink, type AccountLinkProps } from "../../fragments/people/account-link.tsx";
import { AccountsTable } from "../../fragments/people/accounts-table.tsx";
import { doneNotice } from "../../fragments/people/done-notice.ts";
import { PeopleTabs } from "../../fragments/people/people-tabs.tsx";
import { RoleSelect, RolesTable } from "../../fragments/people/roles.tsx";
import { SessionsTable } from "../../fragments/people/sessions-table.tsx";
import { TokensTable } from "../../fragments/people/tokens-table.tsx";
import { Page, type PageProps } from "../../layout/page.tsx";

/** The properties of the People page. */
export interface PeoplePageProps extends PageProps {
  accounts: readonly Account[];
  sessions: readonly Session[];
  tokens: readonly AccessToken[];
  access: "local" | "anyone" | "accounts";
  /** Whether people and programs on the server's machine need no account. */
  isMachineTrusted: boolean;
  /** The reader. */
  self: Identity;
  /** ISO 8601. */
  now: string;
  /** The command that lets other devices reach the server. */
  openCommand: string;
  /** The link that has just been made; null for none. */
  link: Omit<AccountLinkProps, "text" | "openCommand"> | null;
  /** The result of the last form, as the address names it; null for nothing. */
  done: string | null;
  /** Why the last form was refused; null for no reason. */
  problem: string | null;
  /** The name in the form that adds someone. */
  name: string;
}

/** Accounts, sessions and tokens of everyone. */
export function PeoplePage(props: PeoplePageProps) {
  const { text, accounts, sessions, tokens, self, problem, link, now, openCommand } = props;
  const { t } = text;
  const disabled = new Set(accounts.flatMap(({ id, disabledAt }) => (disabledAt === null ? [] : [id])));
  return (
    <Page {...props} title={t("people.title")}>
      <div class="page-head">
        <div>
          <h1>{t("people.title")}</h1>
          <p>{t("people.lead")}</p>
        </div>
      </div>
      <div class="stack">
        <PeopleTabs text={text} current="accounts" />
        <Notice
          notice={problem === null ? doneNotice(text, props.done) : { kind: "problem", message: problem }}
        />
        {link === null ? null : <AccountLink text={text} openCommand={openCommand} {...link} />}
        <AccountsTable text={text} accounts={accounts} ownId={self.accountId} />
        <AddForm {...props} />
        <AccessMode text={text} access={props.access} isMachineTrusted={props.isMachineTrusted} />
        <RolesTable text={text} />
        <SessionsTable text={text} sessions={sessions} ownId={self.sessionId} />
        <TokensTable text={text} tokens={tokens} disabled={disabled} now={now} />
      </div>
    </Page>
  );
}

function AddForm({ text, name }: PeoplePageProps) {
  const { t } = text;
  return (
    <section class="sheet stack" aria-labelledby="add">
      <h2 id="add">{t("people.add")}</h2>
      <form class="people-form" method="post" action="/people">
        <div class="field">
          <label for="add-name">{t("people.add.name")}</label>
          <input
            id="add-name"
            name="name"
            type="text"
            required
            maxlength={MAX_NAME}
            value={name}
            autocomplete="off"
            spellcheck={false}
            aria-describedby="add-name-help"
          />
          <p id="add-name-help" class="soft small">
            {t("people.add.nameHelp")}
          </p>
        </div>
        <div class="field">
          <label for="add-role">{t("people.role")}</label>
          <RoleSelect text={text} id="add-role" selected="labeller" />
        </div>
        <div class="people-submit">
          <button class="button button-main" type="submit">
            {t("people.add.do")}
          </button>
        </div>
      </form>
    </section>
  );
}
