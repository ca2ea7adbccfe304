/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Context } from "hono";
import { AccountPage, type AccountPageProps } from "../../../../views/pages/access/account.tsx";
import type { TokensProps } from "../../../../views/pages/access/account-tokens.tsx";
import { MIN_PASSWORD } from "../../../access/passwords.ts";
import type { Identity } from "../../../domain/access/identity.ts";
import { isAtLeast, ROLES } from "../../../domain/access/role.ts";
import { identityOf } from "../../access/identity.ts";
import type { AppDeps } from "../../deps.ts";
import { requestHost } from "../../middleware/allowed-hosts.ts";
import { pageProps } from "../reader.ts";
import { isReadable, keepPrivate } from "./door.ts";
import type { Refusal } from "./refusal.ts";

/** Days that a token may work. */
export const TOKEN_DAYS: readonly (number | null)[] = [30, 90, 365, null];
/** Results of requests that lead to the page, which then says so. */
export const DONE = ["password", "session", "token"] as const;

/** The result of the request that the page answers. */
export interface AccountResult {
  done?: (typeof DONE)[number] | null;
  /** Why the password was not changed. */
  password?: Refusal;
  /** Why no token was made, and what was typed. */
  token?: Refusal & { typed: NonNullable<TokensProps["typed"]> };
  /** A token that was made; its secret is shown only now. */
  made?: { name: string; secret: string };
}

const DONE_WORDS = {
  password: "account.password.done",
  session: "account.sessions.ended",
  token: "account.tokens.revoked",
} as const;

type PageDeps = Pick<AppDeps, "people" | "version" | "clock">;

/** The page Account as the response to a request. Nothing keeps it: it may have the secret of a token. */
export async function accountPage(c: Context, deps: PageDeps, result: AccountResult): Promise<Response> {
  const here = identityOf(c);
  const page = pageProps(c, deps.version);
  const { done = null, password, token } = result;
  const props: AccountPageProps = {
    ...{ ...page, path: "/account", here },
    notice: done === null ? null : { kind: "done", message: page.text.t(DONE_WORDS[done]) },
    own: await ownOf(c, deps, here, password),
    tokens: await tokensOf(c, deps, here, result),
  };
  keepPrivate(c);
  return c.html(`<!doctype html>${await AccountPage(props)}`, password?.status ?? token?.status ?? 200);
}

async function ownOf(
  c: Context,
  { people }: PageDeps,
  { kind, accountId, sessionId }: Identity,
  password: Refusal | undefined,
): Promise<AccountPageProps["own"]> {
  if (kind !== "account" || accountId === null) return null;
  const sessions = await people.store.sessions(accountId);
  return {
    ...{ passwordProblem: password?.message ?? null, least: MIN_PASSWORD, isReadable: isReadable(c) },
    sessions: sessions.map((session) => ({ ...session, isThis: session.id === sessionId })),
  };
}

async function tokensOf(
  c: Context,
  { people, clock }: PageDeps,
  here: Identity,
  { token, made }: AccountResult,
): Promise<TokensProps | null> {
  if (here.kind !== "account" && here.kind !== "machine") return null;
  const all = await people.store.tokens(here.accountId ?? undefined);
  const now = clock.now().toISOString();
  return {
    tokens: all
      .filter(({ accountId }) => accountId === here.accountId)
      .map((one) => ({ ...one, isExpired: one.expiresAt !== null && one.expiresAt <= now })),
    roles: ROLES.filter((role) => isAtLeast(here.role, role)),
    ...{ days: TOKEN_DAYS, typed: token?.typed ?? null, problem: token?.message ?? null },
    made: made === undefined ? null : { ...made, example: exampleOf(c, made.secret) },
  };
}

/** A command that shows that a token works: what it may do is not changed by it. */
function exampleOf(c: Context, secret: string): string {
  const scheme = c.get("client").isEncrypted ? "https" : "http";
  return `curl -H 'Authorization: Bearer ${secret}' ${scheme}://${requestHost(c)}/api/v1/runs`;
}
