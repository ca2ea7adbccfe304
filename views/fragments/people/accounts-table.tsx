/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Account } from "../../../src/domain/access/account.ts";
import type { Text } from "../../i18n/text.ts";
import { Ask } from "../ask.tsx";
import { RoleSelect } from "./roles.tsx";

/** The accounts of a server. */
export interface AccountsTableProps {
  text: Text;
  accounts: readonly Account[];
  /** The account of the reader; null for someone without one. */
  ownId: number | null;
}

/** Every account with its role, its state, and what can be done to it. */
export function AccountsTable({ text, accounts, ownId }: AccountsTableProps) {
  const { t } = text;
  if (accounts.length === 0) return <p class="sheet soft">{t("people.accounts.none")}</p>;
  const columns = [
    ...[t("people.name"), t("people.role"), t("people.created"), t("people.lastLogIn")],
    ...[t("people.state"), t("people.actions")],
  ];
  return (
    <div class="table-wrap" tabindex={0}>
      <table class="cards people-table">
        <caption>{t("people.accounts.caption")}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th scope="col">{column}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {accounts.map((account) => (
            <AccountRow text={text} account={account} isOwn={account.id === ownId} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function AccountRow({ text, account, isOwn }: { text: Text; account: Account; isOwn: boolean }) {
  const { t } = text;
  const { id, name, role, createdAt, lastLogInAt } = account;
  return (
    <tr id={`account-${id}`}>
      <th scope="row" class="people-name">
        {name}
        {isOwn ? <span class="tag">{t("people.you")}</span> : null}
      </th>
      <td class="is-wide" data-label={t("people.role")}>
        <form class="role-form" method="post" action={`/people/${id}/role`}>
          <div class="field">
            <label class="unseen" for={`role-${id}`}>
              {t("people.roleOf", { name })}
            </label>
            <RoleSelect text={text} id={`role-${id}`} selected={role} />
          </div>
          <button class="button" type="submit" aria-label={t("people.changeRoleOf", { name })}>
            {t("people.changeRole")}
          </button>
        </form>
      </td>
      <td data-label={t("people.created")}>{text.dateTime(createdAt)}</td>
      <td data-label={t("people.lastLogIn")}>
        {lastLogInAt === null ? t("people.never") : text.dateTime(lastLogInAt)}
      </td>
      <td data-label={t("people.state")}>{stateWords(text, account)}</td>
      <td class="is-wide" data-label={t("people.actions")}>
        <AccountActions text={text} account={account} />
      </td>
    </tr>
  );
}

function stateWords(text: Text, { disabledAt, hasPassword }: Account): string {
  if (disabledAt !== null) return text.t("people.state.disabled", { at: text.dateTime(disabledAt) });
  return text.t(hasPassword ? "people.state.active" : "people.state.noPassword");
}

function AccountActions({ text, account: { id, name, disabledAt } }: { text: Text; account: Account }) {
  const { t } = text;
  return (
    <div class="people-actions">
      {disabledAt !== null ? null : (
        <Ask
          {...{ text, id: `link-${id}`, opener: t("people.newLink") }}
          title={t("people.newLink.title", { name })}
          action={`/people/${id}/link`}
          confirm={t("people.newLink.do")}
        >
          <p>{t("people.newLink.text", { name })}</p>
        </Ask>
      )}
      {disabledAt === null ? (
        <Ask
          {...{ text, id: `disable-${id}`, opener: t("people.disable") }}
          title={t("people.disable.title", { name })}
          action={`/people/${id}/disable`}
          confirm={t("people.disable")}
        >
          <p>{t("people.disable.text", { name })}</p>
        </Ask>
      ) : (
        <form method="post" action={`/people/${id}/enable`}>
          <button class="button" type="submit">
            {t("people.enable")}
          </button>
        </form>
      )}
      <Ask
        {...{ text, id: `remove-${id}`, opener: t("people.remove"), isGrave: true }}
        title={t("people.remove.title", { name })}
        action={`/people/${id}/remove`}
        confirm={t("people.remove")}
      >
        <ul>
          {(["sessions", "tokens", "drawings", "audit"] as const).map((what) => (
            <li>{t(`people.remove.${what}`)}</li>
          ))}
        </ul>
      </Ask>
    </div>
  );
}
