import type { AccessStore } from "../domain/access/access-store.ts";
import type { Identity } from "../domain/access/identity.ts";
import { type AccessToken, SESSION_DAYS, SESSION_IDLE_DAYS, type Session } from "../domain/access/session.ts";
import type { Clock } from "../lib/clock.ts";
import { hashOf } from "./secrets.ts";

/** Tells who a secret belongs to. */
export interface Identities {
  /** The person of a session; null when it has ended. */
  ofSession(secret: string): Promise<Identity | null>;
  /** The program of a token; null when it does not work. */
  ofToken(secret: string): Promise<Identity | null>;
  /** Forgets what is remembered: something has changed. */
  forget(): void;
}

/** How long who someone is is remembered: another process may have changed it. */
const REMEMBERED_MS = 1_000;
/** Secrets that are remembered. */
const MOST = 10_000;
/** How exactly it is known when a session or token was used last. */
const TOUCH_MS = 60_000;
const DAY_MS = 24 * 3_600_000;

/** Creates it. */
export function createIdentities({
  store,
  clock,
  monotonicMs,
}: {
  store: Pick<AccessStore, "session" | "token" | "touchSession" | "touchToken">;
  clock: Clock;
  monotonicMs(): number;
}): Identities {
  const remembered = new Map<string, { identity: Promise<Identity | null>; sinceMs: number }>();

  function remember(key: string, load: () => Promise<Identity | null>): Promise<Identity | null> {
    const nowMs = monotonicMs();
    const known = remembered.get(key);
    if (known !== undefined && nowMs - known.sinceMs < REMEMBERED_MS) return known.identity;
    // The oldest are first; a flood of wrong secrets must not grow it.
    if (remembered.size >= MOST) remembered.clear();
    const identity = load();
    remembered.set(key, { identity, sinceMs: nowMs });
    identity.catch(() => remembered.delete(key));
    return identity;
  }

  /** Records the use of something that was last used then, without keeping anyone waiting; it is no great loss. */
  function touch(usedAt: string | null, record: (nowMs: number) => Promise<void>): void {
    const nowMs = clock.now().getTime();
    if (usedAt !== null && nowMs - Date.parse(usedAt) < TOUCH_MS) return;
    record(nowMs).catch(() => {});
  }

  return {
    ofSession(secret) {
      const hash = hashOf(secret);
      return remember(`session:${hash}`, async () => {
        const session = await store.session(hash);
        if (session === null) return null;
        touch(session.seenAt, (nowMs) => store.touchSession(session.id, lastsUntil(session, nowMs)));
        return identityOfSession(session);
      });
    },
    ofToken(secret) {
      const hash = hashOf(secret);
      return remember(`token:${hash}`, async () => {
        const token = await store.token(hash);
        if (token === null) return null;
        touch(token.usedAt, () => store.touchToken(token.id));
        return identityOfToken(token);
      });
    },
    forget: () => remembered.clear(),
  };
}

/** A guest stays until the invitation ends; others some days after their last request, but not for ever. */
function lastsUntil({ accountId, createdAt, expiresAt }: Session, nowMs: number): string {
  if (accountId === null) return expiresAt;
  const most = Date.parse(createdAt) + SESSION_DAYS * DAY_MS;
  return new Date(Math.min(most, nowMs + SESSION_IDLE_DAYS * DAY_MS)).toISOString();
}

function identityOfSession({ id, accountId, name, role, createdAt, accountCreatedAt }: Session): Identity {
  return {
    ...{ kind: accountId === null ? "guest" : "account", role, name, accountId, sessionId: id },
    since: accountCreatedAt ?? createdAt,
    actor: { kind: "session", name },
  };
}

function identityOfToken({ accountId, accountName, name, role, createdAt }: AccessToken): Identity {
  const full = accountName === null ? name : `${accountName}/${name}`;
  return {
    ...{ kind: "token", role, name: full, accountId, sessionId: null },
    since: createdAt,
    actor: { kind: "token", name: full },
  };
}
