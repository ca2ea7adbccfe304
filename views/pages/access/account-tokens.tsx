/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Role } from "../../../src/domain/access/role.ts";
import type { AccessToken } from "../../../src/domain/access/session.ts";
import type { Text } from "../../i18n/text.ts";
import { Problem } from "./door-parts.tsx";

/** The tokens of one account, or of the machine. */
export interface TokensProps {
  /** Newest first. */
  tokens: readonly (AccessToken & { isExpired: boolean })[];
  /** Roles that a token may have, from least to most. */
  roles: readonly Role[];
  /** Days that a token may work; null for without an end. */
  days: readonly (number | null)[];
  /** The fields of one that was refused. */
  typed: { name: string; role: Role; days: number | null } | null;
  problem: string | null;
  /** One that was made with this request; its secret is shown only now. */
  made: { name: string; secret: string; example: string } | null;
}

/** Tokens of programs: a new one, the form for another, and those that there are. */
export function AccountTokens(props: { text: Text; tokens: TokensProps; isMachine: boolean }) {
  const { text, tokens, isMachine } = props;
  const { t } = text;
  return (
    <section class="sheet stack" id="tokens" aria-labelledby="account-tokens">
      <h2 id="account-tokens">{t("account.tokens")}</h2>
      {tokens.made === null ? null : <MadeToken text={text} made={tokens.made} />}
      <p class="soft">
        {isMachine ? `${t("account.tokens.machine")}${text.language === "ja" ? "" : " "}` : ""}
        {t("account.tokens.lead")}
      </p>
      <TokenForm {...props} />
      {tokens.tokens.length === 0 ? (
        <p class="soft">{t("account.tokens.none")}</p>
      ) : (
        <TokenTable text={text} tokens={tokens.tokens} />
      )}
    </section>
  );
}

function MadeToken({ text: { t }, made }: { text: Text; made: NonNullable<TokensProps["made"]> }) {
  return (
    <div class="notice stack" role="status">
      <p>{t("account.tokens.made", { name: made.name })}</p>
      <div class="field">
        <label for="token-secret">{t("account.tokens.secret")}</label>
        <input
          id="token-secret"
          class="secret"
          type="text"
          value={made.secret}
          readonly
          autofocus
          autocomplete="off"
          spellcheck={false}
          data-select-all
        />
      </div>
      <div>
        <p>{t("account.tokens.example")}</p>
        <pre class="command" tabindex={0}>
          <code>{made.example}</code>
        </pre>
      </div>
    </div>
  );
}

function TokenForm({ text, tokens: { roles, days, typed, problem } }: { text: Text; tokens: TokensProps }) {
  const { t } = text;
  const [role, time] = [typed?.role ?? roles[0], typed === null ? 90 : typed.days];
  return (
    <form class="door-form" method="post" action="/account/tokens">
      <Problem message={problem} />
      <div class="token-form">
        <div class="field">
          <label for="token-name">{t("account.tokens.name")}</label>
          <input
            id="token-name"
            name="name"
            type="text"
            value={typed?.name ?? ""}
            autocomplete="off"
            required
            aria-invalid={problem === null ? undefined : "true"}
            aria-describedby={problem === null ? undefined : "problem"}
            autofocus={problem !== null}
          />
        </div>
        <div class="field">
          <label for="token-role">{t("account.tokens.role")}</label>
          <select id="token-role" name="role">
            {roles.map((one) => (
              <option value={one} selected={one === role}>
                {t(`role.${one}`)}
              </option>
            ))}
          </select>
        </div>
        <div class="field">
          <label for="token-days">{t("account.tokens.days")}</label>
          <select id="token-days" name="days">
            {days.map((n) => (
              <option value={n === null ? "never" : String(n)} selected={n === time}>
                {n === null ? t("account.tokens.days.never") : t("account.tokens.days.n", { n })}
              </option>
            ))}
          </select>
        </div>
        <button class="button" type="submit">
          {t("account.tokens.do")}
        </button>
      </div>
    </form>
  );
}

function TokenTable({ text, tokens }: { text: Text; tokens: TokensProps["tokens"] }) {
  const { t } = text;
  const at = (iso: string | null) => (iso === null ? null : text.dateTime(iso));
  return (
    <div class="table-wrap" tabindex={0}>
      <table class="cards">
        <thead>
          <tr>
            <th scope="col">{t("account.tokens.name")}</th>
            <th scope="col">{t("account.tokens.role")}</th>
            <th scope="col">{t("account.tokens.used")}</th>
            <th scope="col">{t("account.tokens.until")}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {tokens.map((token) => (
            <tr>
              <th scope="row">{token.name}</th>
              <td data-label={t("account.tokens.role")}>{t(`role.${token.role}`)}</td>
              <td data-label={t("account.tokens.used")}>{at(token.usedAt) ?? t("account.tokens.never")}</td>
              <td data-label={t("account.tokens.until")}>
                {at(token.expiresAt) ?? t("account.tokens.days.never")}
              </td>
              <td>
                <TokenEnd text={text} token={token} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function TokenEnd({ text: { t }, token }: { text: Text; token: TokensProps["tokens"][number] }) {
  if (token.revokedAt !== null) return <span class="soft">{t("account.tokens.isRevoked")}</span>;
  if (token.isExpired) return <span class="soft">{t("account.tokens.isExpired")}</span>;
  return (
    <form method="post" action={`/account/tokens/${token.id}/revoke`}>
      <button class="button" type="submit" aria-label={t("account.tokens.revokeOf", { name: token.name })}>
        {t("account.tokens.revoke")}
      </button>
    </form>
  );
}
