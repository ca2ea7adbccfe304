import type { AccessStore, AccountChange } from "../domain/access/access-store.ts";
import { type Account, cleanName, nameProblem } from "../domain/access/account.ts";
import type { NewAuditRecord } from "../domain/access/audit.ts";
import type { Identity } from "../domain/access/identity.ts";
import { type AccessLink, isOpen } from "../domain/access/link.ts";
import { isAtLeast, type Role } from "../domain/access/role.ts";
import { type AccessToken, SESSION_DAYS, SESSION_IDLE_DAYS, type Session } from "../domain/access/session.ts";
import { encodeActor } from "../domain/actor.ts";
import type { Clock } from "../lib/clock.ts";
import {
  ConflictError,
  ForbiddenError,
  InputError,
  NotFoundError,
  UnauthenticatedError,
} from "../lib/errors.ts";
import { saying } from "../lib/saying.ts";
import { createIdentities, type Identities } from "./identities.ts";
import { createLogInLimits } from "./log-in-limits.ts";
import { type Passwords, passwordProblem } from "./passwords.ts";
import { hashOf, newSecret, newTokenSecret } from "./secrets.ts";

/** From where someone logs in. */
export interface Origin {
  address: string | null;
  /** The browser's own description of itself. */
  agent: string | null;
}

/** A session that has begun. */
export interface Begun {
  /** For the cookie. */
  secret: string;
  expiresAt: string;
  name: string;
}

/** Lets people and programs in, and keeps what they may do. */
export interface People extends Identities {
  /** The stored people, for pages that list them. */
  readonly store: Pick<
    AccessStore,
    "accounts" | "account" | "sessions" | "tokens" | "invitations" | "audit" | "hasAdmin"
  >;
  /** Appends a record to the audit log. */
  record(record: NewAuditRecord): Promise<void>;
  /** @throws UnauthenticatedError for a wrong name or password; TooManyError after ten of them in a minute. */
  logIn(given: { name: string; password: string }, origin: Origin): Promise<Begun>;
  logOut(who: Identity): Promise<void>;

  /** Adds an account that has no password yet. @returns also the secret of the link by which its owner chooses one. */
  addAccount(
    given: { name: string; role: Role },
    by: Identity,
  ): Promise<{ account: Account; secret: string }>;
  /** Makes a link by which the owner of an account chooses a new password. */
  passwordLink(accountId: number, by: Identity): Promise<{ account: Account; secret: string }>;
  /** @throws ConflictError, as `removeAccount`, for one's own account: nobody locks himself out by a slip. */
  changeAccount(
    id: number,
    change: Pick<AccountChange, "role" | "isDisabled">,
    by: Identity,
  ): Promise<Account>;
  removeAccount(id: number, by: Identity): Promise<Account>;
  /** Changes one's own password, and ends one's sessions. @throws UnauthenticatedError when `current` is wrong. */
  changePassword(who: Identity, given: { current: string; next: string }, origin: Origin): Promise<Begun>;

  /** @param days until it expires; null for never. @throws ForbiddenError for a role above one's own, and for guests, visitors and tokens. */
  addToken(
    given: { name: string; role: Role; days: number | null },
    by: Identity,
  ): Promise<{ token: AccessToken; secret: string }>;
  /** Revokes a token: one's own, or as an admin any. */
  revokeToken(id: number, by: Identity): Promise<AccessToken>;
  /** Ends a session: one's own, as an operator a guest's, or as an admin any. @returns the session that has ended. */
  endSession(id: number, by: Identity): Promise<Session>;

  /** Makes an invitation. @throws ForbiddenError for a role above "labeller". */
  invite(
    given: { title: string; role: Role; hours: number; mostUses: number },
    by: Identity,
  ): Promise<{ link: AccessLink; secret: string }>;
  endInvitation(id: number): Promise<AccessLink>;
  /** Makes the link by which someone becomes an admin; earlier ones end. */
  adminLink(by: Identity["actor"]): Promise<string>;

  /** The link of a secret, if it works. */
  openLink(secret: string): Promise<AccessLink | null>;
  becomeAdmin(secret: string, given: { name: string; password: string }, origin: Origin): Promise<Begun>;
  choosePassword(secret: string, password: string, origin: Origin): Promise<Begun>;
  join(secret: string, name: string, origin: Origin): Promise<Begun>;
}

/** How long a link that works once can be used. */
export const LINK_HOURS = 24;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Characters of a browser's description of itself that are kept. */
const MAX_AGENT = 200;

/** Everything that people are let in with. */
export interface PeopleDeps {
  store: AccessStore;
  clock: Clock;
  passwords: Passwords;
  /** A clock that cannot be set, in milliseconds. */
  monotonicMs(): number;
}

/** Creates it. */
export function createPeople({ store, clock, passwords, monotonicMs }: PeopleDeps): People {
  const identities = createIdentities({ store, clock, monotonicMs });
  const limits = createLogInLimits(monotonicMs);
  const after = (ms: number) => new Date(clock.now().getTime() + ms).toISOString();

  async function begin(account: Account, { address, agent }: Origin): Promise<Begun> {
    const { secret, hash } = newSecret();
    const expiresAt = after(SESSION_IDLE_DAYS * DAY_MS);
    await store.startSession({
      ...{ secretHash: hash, accountId: account.id, expiresAt, address },
      agent: agent?.slice(0, MAX_AGENT) ?? null,
    });
    // The cookie outlives the days without use; the session itself decides.
    return { secret, expiresAt: after(SESSION_DAYS * DAY_MS), name: account.name };
  }

  /** Forgets what was known of who may what, so that it is read again. */
  async function changing<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } finally {
      identities.forget();
    }
  }

  async function linkFor(account: Account, by: Identity): Promise<string> {
    const { secret, hash } = newSecret();
    await store.addLink({
      ...{ secretHash: hash, kind: "account", title: null, role: account.role, accountId: account.id },
      ...{ createdBy: encodeActor(by.actor), expiresAt: after(LINK_HOURS * HOUR_MS), mostUses: 1 },
    });
    return secret;
  }

  return {
    ...identities,
    store,
    async record(record) {
      await store.record(record);
    },
    async logIn({ name, password }, origin) {
      const account = await limits.attempt({ address: origin.address, account: name }, async () => {
        const known = await store.accountNamed(name);
        const isRight = await passwords.verify(password, known?.passwordHash ?? null);
        return isRight && known !== null && known.account.disabledAt === null ? known.account : null;
      });
      if (account === null) throw wrongPassword();
      return begin(account, origin);
    },
    async logOut({ sessionId }) {
      if (sessionId !== null) await changing(store.endSession(sessionId));
    },
    async addAccount({ name, role }, by) {
      const account = await store.addAccount({ name: nameOf(name), role, passwordHash: null });
      return { account, secret: await linkFor(account, by) };
    },
    async passwordLink(accountId, by) {
      const account = found(await store.account(accountId));
      return { account, secret: await linkFor(account, by) };
    },
    async changeAccount(id, change, by) {
      requireOther(id, by);
      return found(await changing(store.changeAccount(id, change)));
    },
    async removeAccount(id, by) {
      requireOther(id, by);
      const account = found(await store.account(id));
      await changing(store.removeAccount(id));
      return account;
    },
    async changePassword(who, { current, next }, origin) {
      const id = ownAccount(who);
      const account = found(await store.account(id));
      const isRight = await limits.attempt({ address: origin.address, account: account.name }, async () => {
        const known = await store.accountNamed(account.name);
        return (await passwords.verify(current, known?.passwordHash ?? null)) || null;
      });
      if (isRight === null) {
        throw new InputError("The current password is wrong", { says: saying("access.wrongCurrent") });
      }
      requirePassword(next, account.name);
      await changing(store.changeAccount(id, { passwordHash: await passwords.hash(next) }));
      return begin(account, origin);
    },
    async addToken({ name, role, days }, by) {
      requireLasting(by);
      if (!isAtLeast(by.role, role)) throw aboveOwn(role, by.role);
      const { secret, hash } = newTokenSecret();
      const token = await store.addToken({
        ...{ secretHash: hash, name: nameOf(name), role, accountId: by.accountId },
        expiresAt: days === null ? null : after(days * DAY_MS),
      });
      return { token, secret };
    },
    async revokeToken(id, by) {
      const token = (await store.tokens()).find((one) => one.id === id);
      if (token === undefined || !isOwn(token.accountId, by)) throw gone("token");
      await changing(store.revokeToken(id));
      return token;
    },
    async endSession(id, by) {
      const session = (await store.sessions()).find((one) => one.id === id);
      if (session === undefined || !mayEnd(session, by)) throw gone("session");
      await changing(store.endSession(id));
      return session;
    },
    async invite({ title, role, hours, mostUses }, by) {
      if (!isAtLeast("labeller", role)) throw aboveOwn(role, "labeller");
      const { secret, hash } = newSecret();
      const link = await store.addLink({
        ...{ secretHash: hash, kind: "invitation", title: nameOf(title), role, accountId: null, mostUses },
        ...{ createdBy: encodeActor(by.actor), expiresAt: after(hours * HOUR_MS) },
      });
      return { link, secret };
    },
    async endInvitation(id) {
      const link = (await store.invitations()).find((one) => one.id === id);
      if (link === undefined) throw gone("invitation");
      await changing(store.revokeLink(id));
      return link;
    },
    async adminLink(by) {
      const { secret, hash } = newSecret();
      await store.addLink({
        ...{ secretHash: hash, kind: "admin", title: null, role: "admin", accountId: null },
        ...{ createdBy: encodeActor(by), expiresAt: after(LINK_HOURS * HOUR_MS), mostUses: 1 },
      });
      return secret;
    },
    async openLink(secret) {
      const link = await store.link(hashOf(secret));
      return link !== null && isOpen(link, clock.now().toISOString()) ? link : null;
    },
    async becomeAdmin(secret, { name, password }, origin) {
      const clean = nameOf(name);
      requirePassword(password, clean);
      if ((await this.openLink(secret)) === null) throw linkGone();
      const passwordHash = await passwords.hash(password);
      const account = await changing(store.useAdminLink(hashOf(secret), { name: clean, passwordHash }));
      if (account === null) throw linkGone();
      return begin(account, origin);
    },
    async choosePassword(secret, password, origin) {
      const link = await this.openLink(secret);
      const account = link?.accountId == null ? null : await store.account(link.accountId);
      if (account === null) throw linkGone();
      requirePassword(password, account.name);
      const changed = await changing(store.useAccountLink(hashOf(secret), await passwords.hash(password)));
      if (changed === null) throw linkGone();
      if (changed.disabledAt !== null) {
        throw new ForbiddenError("This account is disabled. Ask an admin of this server", {
          says: saying("access.disabled"),
        });
      }
      return begin(changed, origin);
    },
    async join(secret, name, { address, agent }) {
      const clean = nameOf(name);
      const { secret: sessionSecret, hash } = newSecret();
      const session = await store.useInvitation(hashOf(secret), {
        ...{ name: clean, sessionHash: hash, address },
        agent: agent?.slice(0, MAX_AGENT) ?? null,
      });
      if (session === null) throw linkGone();
      return { secret: sessionSecret, expiresAt: session.expiresAt, name: session.name };
    },
  };
}

/** Whether something of an account is one's own; an admin may change what is anyone's. */
function isOwn(accountId: number | null, by: Identity): boolean {
  return by.role === "admin" || (accountId !== null && accountId === by.accountId && by.kind === "account");
}

/** A guest has no account, and came by the invitation of an operator. */
function mayEnd({ id, accountId }: Session, by: Identity): boolean {
  const isGuest = accountId === null;
  return isOwn(accountId, by) || id === by.sessionId || (isGuest && isAtLeast(by.role, "operator"));
}

function ownAccount({ kind, accountId }: Identity): number {
  if (kind === "account" && accountId !== null) return accountId;
  throw new ForbiddenError("Only someone who has logged in with a password has one to change", {
    says: saying("access.noPassword"),
  });
}

function requireOther(id: number, by: Identity): void {
  if (by.accountId !== id) return;
  throw new ConflictError("This is your own account. Ask another admin to change it", {
    says: saying("access.yourself"),
  });
}

/**
 * Only someone who stays makes tokens: that of a guest would outlive the invitation, that of a visitor belongs to nobody,
 * and that of a token would outlive the token.
 */
function requireLasting({ kind }: Identity): void {
  if (kind === "account" || kind === "machine") return;
  throw new ForbiddenError("Only someone who has logged in with a password makes tokens", {
    says: saying("access.noTokens"),
  });
}

function nameOf(name: string): string {
  const clean = cleanName(name);
  const problem = nameProblem(clean);
  if (problem === null) return clean;
  throw new InputError(NAME_PROBLEMS[problem], { says: saying(`access.name.${problem}`) });
}

const NAME_PROBLEMS = {
  empty: "A name is needed",
  long: "The name is too long: at most 60 characters",
  characters: "The name has characters that cannot be seen. Type it again",
} as const;

function requirePassword(password: string, name: string): void {
  const problem = passwordProblem(password, name);
  if (problem === null) return;
  throw new InputError(PASSWORD_PROBLEMS[problem], { says: saying(`access.password.${problem}`) });
}

const PASSWORD_PROBLEMS = {
  short: "The password is too short: at least 10 characters. Several words are easy to remember",
  long: "The password is too long: at most 512 bytes",
  common: "This password is among those that are tried first. Choose another one",
  name: "The password contains the name of the account. Choose another one",
} as const;

function found<T>(account: T | null): T {
  if (account === null) throw gone("account");
  return account;
}

const GONE = {
  account: "There is no such account any more.",
  session: "There is no such session any more.",
  token: "There is no such token any more.",
  invitation: "There is no such invitation any more.",
} as const;

function gone(thing: keyof typeof GONE): NotFoundError {
  return new NotFoundError(GONE[thing], {
    says: saying(`access.gone.${thing}`),
  });
}

function wrongPassword(): UnauthenticatedError {
  return new UnauthenticatedError("The name or the password is wrong", {
    says: saying("access.wrongPassword"),
  });
}

/** The error for a link that does not work, whatever the reason: who has guessed it learns nothing. */
function linkGone(): NotFoundError {
  return new NotFoundError("This link does not work any more. Ask for a new one", {
    says: saying("access.linkGone"),
  });
}

function aboveOwn(role: Role, own: Role): ForbiddenError {
  return new ForbiddenError(`Role ${role} is above ${own}, the most that can be given here`, {
    says: saying("access.aboveOwn", { role: saying(`role.${role}`), own: saying(`role.${own}`) }),
  });
}
