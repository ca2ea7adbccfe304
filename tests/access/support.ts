import { createIdentities } from "../../src/access/identities.ts";
import { createPasswords } from "../../src/access/passwords.ts";
import { createPeople } from "../../src/access/people.ts";
import { newSecret, newTokenSecret } from "../../src/access/secrets.ts";
import type { Role } from "../../src/domain/access/role.ts";
import { FakeClock, memoryStore } from "../storage/helpers.ts";

/** A real store in memory, with identities of it and a monotonic clock of their own. */
export async function settledStore() {
  const clock = new FakeClock();
  const store = (await memoryStore(clock)).access;
  let monotonicMs = 0;
  const identities = createIdentities({ store, clock, monotonicMs: () => monotonicMs });
  const inHours = (hours: number) => new Date(clock.timeMs + hours * 3_600_000).toISOString();
  return {
    ...{ clock, store, identities },
    tick: (ms: number) => {
      monotonicMs += ms;
    },
    /** An account with a session of two weeks, and a token of a viewer. */
    async account(name: string, role: Role) {
      const { id } = await store.addAccount({ name, role, passwordHash: "p" });
      const [session, token] = [newSecret(), newTokenSecret()];
      const browser = { agent: null, address: null };
      const expiresAt = inHours(14 * 24);
      await store.startSession({ secretHash: session.hash, accountId: id, expiresAt, ...browser });
      const made = { name: "ci", role: "viewer", accountId: id, expiresAt: null } as const;
      await store.addToken({ secretHash: token.hash, ...made });
      return { id, sessionSecret: session.secret, tokenSecret: token.secret };
    },
    /** A guest whose invitation is valid for so many hours. @returns the secret of the session. */
    async guest(name: string, hours: number) {
      const [link, session] = [newSecret(), newSecret()];
      await store.addLink({
        ...{ secretHash: link.hash, kind: "invitation", title: "x", role: "labeller", accountId: null },
        ...{ createdBy: "local", expiresAt: inHours(hours), mostUses: 1 },
      });
      await store.useInvitation(link.hash, { name, sessionHash: session.hash, agent: null, address: null });
      return session.secret;
    },
  };
}

/** The People service on a real store in memory, with a clock that stands still. */
export async function peopleService() {
  const clock = new FakeClock();
  const { access: store } = await memoryStore(clock);
  let monotonicMs = 0;
  const people = createPeople({
    ...{ store, clock, monotonicMs: () => monotonicMs },
    passwords: createPasswords({ memoryCost: 8, timeCost: 1 }),
  });
  return {
    ...{ clock, store, people },
    tick: (ms: number) => {
      monotonicMs += ms;
    },
  };
}
