/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Identity } from "../../../src/domain/access/identity.ts";
import { Notice, type NoticeProps } from "../../fragments/notice.tsx";
import { Page, type PageProps } from "../../layout/page.tsx";
import { type AccountSession, AccountSessions } from "./account-sessions.tsx";
import { AccountTokens, type TokensProps } from "./account-tokens.tsx";
import { hereWords, PasswordField, PlainWarning, Problem, ShowPasswords } from "./door-parts.tsx";

/** The properties of the page Account. */
export interface AccountPageProps extends PageProps {
  here: Pick<Identity, "kind" | "name" | "role">;
  /** The result of the last request; null without one. */
  notice: NoticeProps | null;
  /** Of an account: the form to change its password, and where it is logged in. Null for the others. */
  own: {
    passwordProblem: string | null;
    /** Least length of a password, in characters. */
    least: number;
    /** Whether others on the network can read the password. */
    isReadable: boolean;
    sessions: readonly AccountSession[];
  } | null;
  /** Null for those who cannot have tokens. */
  tokens: TokensProps | null;
}

/** Who the reader is, what he may do, and what belongs to his account. */
export function AccountPage(props: AccountPageProps) {
  const { text, here, notice, own, tokens } = props;
  const { t } = text;
  return (
    <Page {...props} title={t("account.title")}>
      <div class="page-head">
        <h1>{t("account.title")}</h1>
      </div>
      <div class="stack">
        {notice === null ? null : (
          <div role="status">
            <Notice notice={notice} />
          </div>
        )}
        <section class="sheet stack" aria-labelledby="account-you">
          <h2 id="account-you">{t("account.you")}</h2>
          <p>{hereWords(text, here)}</p>
          {here.kind === "machine" ? null : <p>{t(`door.may.${here.role}`)}</p>}
          <Out {...props} />
        </section>
        {own === null ? null : (
          <>
            <PasswordForm text={text} name={here.name ?? ""} own={own} />
            <AccountSessions text={text} sessions={own.sessions} />
          </>
        )}
        {tokens === null ? null : (
          <AccountTokens text={text} tokens={tokens} isMachine={here.kind === "machine"} />
        )}
      </div>
    </Page>
  );
}

function Out({ text: { t }, here }: AccountPageProps) {
  if (here.kind === "visitor") {
    return (
      <p>
        <a class="button" href="/log-in?next=%2Faccount">
          {t("door.logIn")}
        </a>
      </p>
    );
  }
  if (here.kind !== "account" && here.kind !== "guest") return null;
  return (
    <form method="post" action="/log-out">
      <button class="button" type="submit">
        {t("door.logOut")}
      </button>
    </form>
  );
}

function PasswordForm({
  text,
  name,
  own,
}: Pick<AccountPageProps, "text"> & { name: string; own: NonNullable<AccountPageProps["own"]> }) {
  const { t } = text;
  const { passwordProblem: problem, least, isReadable } = own;
  const hasProblem = problem !== null;
  return (
    <section class="sheet stack" aria-labelledby="account-password">
      <h2 id="account-password">{t("account.password")}</h2>
      <p class="soft">{t("account.password.lead")}</p>
      <form class="door-form" method="post" action="/account/password">
        <Problem message={problem} />
        <PlainWarning text={text} isReadable={isReadable} />
        <input type="text" value={name} autocomplete="username" readonly hidden />
        <PasswordField
          label={t("account.password.current")}
          name="current"
          kind="current-password"
          hasProblem={hasProblem}
          isFirst={hasProblem}
        />
        <PasswordField
          label={t("door.newPassword")}
          name="password"
          kind="new-password"
          hint={t("door.passwordHint", { n: least })}
          least={least}
          hasProblem={hasProblem}
        />
        <PasswordField label={t("door.again")} name="again" kind="new-password" hasProblem={hasProblem} />
        <ShowPasswords label={t("door.showPasswords")} />
        <button class="button" type="submit">
          {t("account.password.do")}
        </button>
      </form>
    </section>
  );
}
