/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { AccessToken } from "../../../src/domain/access/session.ts";
import type { Text } from "../../i18n/text.ts";
import { Ask } from "../ask.tsx";

/** The tokens of everyone. */
export interface TokensTableProps {
  text: Text;
  /** Newest first. */
  tokens: readonly AccessToken[];
  /** Ids of disabled accounts: their tokens do not work. */
  disabled: ReadonlySet<number>;
  /** ISO 8601. */
  now: string;
}

/** Every token, with its state and the question that revokes it. */
export function TokensTable({ text, tokens, disabled, now }: TokensTableProps) {
  const { t } = text;
  return (
    <section class="stack" aria-labelledby="tokens">
      <h2 id="tokens">{t("people.tokens")}</h2>
      {tokens.length === 0 ? (
        <p class="sheet soft">{t("people.tokens.none")}</p>
      ) : (
        <div class="table-wrap" tabindex={0}>
          <table class="cards people-table">
            <caption>{t("people.tokens.caption")}</caption>
            <thead>
              <tr>
                <th scope="col">{t("people.tokens.name")}</th>
                <th scope="col">{t("people.tokens.account")}</th>
                <th scope="col">{t("people.role")}</th>
                <th scope="col">{t("people.created")}</th>
                <th scope="col">{t("people.tokens.used")}</th>
                <th scope="col">{t("people.tokens.expires")}</th>
                <th scope="col">{t("people.state")}</th>
                <th scope="col">{t("people.actions")}</th>
              </tr>
            </thead>
            <tbody>
              {tokens.map((token) => (
                <TokenRow text={text} token={token} state={stateOf(token, disabled, now)} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

type TokenState = "works" | "revoked" | "expired" | "stopped";

function stateOf(
  { revokedAt, expiresAt, accountId }: AccessToken,
  disabled: ReadonlySet<number>,
  now: string,
): TokenState {
  if (revokedAt !== null) return "revoked";
  if (expiresAt !== null && expiresAt <= now) return "expired";
  return accountId !== null && disabled.has(accountId) ? "stopped" : "works";
}

function TokenRow({ text, token, state }: { text: Text; token: AccessToken; state: TokenState }) {
  const { t } = text;
  const { id, name, accountName, role, createdAt, usedAt, expiresAt, revokedAt } = token;
  return (
    <tr>
      <th scope="row" class="people-name">
        {name}
      </th>
      <td data-label={t("people.tokens.account")}>{accountName ?? t("people.tokens.noAccount")}</td>
      <td data-label={t("people.role")}>{t(`role.${role}`)}</td>
      <td data-label={t("people.created")}>{text.dateTime(createdAt)}</td>
      <td data-label={t("people.tokens.used")}>
        {usedAt === null ? t("people.never") : text.dateTime(usedAt)}
      </td>
      <td data-label={t("people.tokens.expires")}>
        {expiresAt === null ? t("people.never") : text.dateTime(expiresAt)}
      </td>
      <td data-label={t("people.state")}>
        {t(`people.tokens.${state}`, { at: revokedAt === null ? "" : text.dateTime(revokedAt) })}
      </td>
      <td class={revokedAt === null ? "" : "is-none"} data-label={t("people.actions")}>
        {revokedAt !== null ? null : (
          <Ask
            {...{ text, id: `revoke-${id}`, opener: t("people.tokens.revoke"), isGrave: true }}
            title={t("people.tokens.revokeTitle", { name })}
            action={`/people/tokens/${id}/revoke`}
            confirm={t("people.tokens.revoke")}
          >
            <p>{t("people.tokens.revokeText")}</p>
          </Ask>
        )}
      </td>
    </tr>
  );
}
