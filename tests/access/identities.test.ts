import { expect, test } from "bun:test";
import { createIdentities } from "../../src/access/identities.ts";
import { hashOf } from "../../src/access/secrets.ts";
import type { AccessStore } from "../../src/domain/access/access-store.ts";
import { settledStore } from "./support.ts";

const DAY_MS = 86_400_000;
const ISO = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

test("ofSession() and ofToken() name who a secret belongs to; null for a wrong one", async () => {
  const { identities, store, account } = await settledStore();
  const { sessionSecret, tokenSecret } = await account("Ann", "operator");
  expect(await identities.ofSession(sessionSecret)).toEqual({
    ...{ kind: "account", role: "operator", name: "Ann", accountId: 1, sessionId: 1 },
    since: expect.stringMatching(ISO),
    actor: { kind: "session", name: "Ann" },
  });
  expect(await identities.ofToken(tokenSecret)).toEqual({
    ...{ kind: "token", role: "viewer", name: "Ann/ci", accountId: 1, sessionId: null },
    since: expect.stringMatching(ISO),
    actor: { kind: "token", name: "Ann/ci" },
  });
  expect(await identities.ofSession(tokenSecret)).toBeNull();
  expect(await identities.ofToken(sessionSecret)).toBeNull();
  const made = { name: "machine", role: "admin", accountId: null, expiresAt: null } as const;
  await store.addToken({ secretHash: hashOf("x"), ...made });
  expect(await identities.ofToken("x")).toMatchObject({ name: "machine", accountId: null });
});

test("a change of this process is seen at once after forget(); one of another process within a second", async () => {
  const { identities, store, account, tick } = await settledStore();
  const { sessionSecret, tokenSecret } = await account("Ann", "operator");
  const roles = async () => [
    (await identities.ofSession(sessionSecret))?.role ?? null,
    (await identities.ofToken(tokenSecret))?.role ?? null,
  ];
  expect(await roles()).toEqual(["operator", "viewer"]);
  await store.changeAccount(1, { role: "viewer" });
  tick(999);
  expect(await roles()).toEqual(["operator", "viewer"]);
  tick(1);
  expect(await roles()).toEqual(["viewer", "viewer"]);
  await store.changeAccount(1, { role: "labeller" });
  expect(await roles()).toEqual(["viewer", "viewer"]);
  identities.forget();
  expect(await roles()).toEqual(["labeller", "viewer"]);
  await store.changeAccount(1, { isDisabled: true });
  tick(1_000);
  expect(await roles()).toEqual([null, null]);
});

test("a session that has begun is let in, although its secret was refused just before", async () => {
  const { identities, store, tick } = await settledStore();
  expect(await identities.ofToken("later")).toBeNull();
  const made = { name: "ci", role: "viewer", accountId: null, expiresAt: null } as const;
  await store.addToken({ secretHash: hashOf("later"), ...made });
  tick(1_000);
  expect(await identities.ofToken("later")).toMatchObject({ name: "ci" });
});

test("requests at once ask the store once, a failure is not remembered, and a flood of secrets does not grow it", async () => {
  const asked: string[] = [];
  let isBroken = true;
  const store: Pick<AccessStore, "session" | "token" | "touchSession" | "touchToken"> = {
    async session(hash) {
      asked.push(hash);
      if (isBroken) throw new Error("the store is closed");
      return null;
    },
    token: async () => null,
    touchSession: async () => {},
    touchToken: async () => {},
  };
  const clock = { now: () => new Date(0) };
  const identities = createIdentities({ store, clock, monotonicMs: () => 0 });
  expect(identities.ofSession("a")).rejects.toThrow("the store is closed");
  await Promise.allSettled([identities.ofSession("a")]);
  isBroken = false;
  expect(await identities.ofSession("a")).toBeNull();
  asked.length = 0;
  await Promise.all(Array.from({ length: 20 }, () => identities.ofSession("b")));
  expect(asked).toEqual([hashOf("b")]);
  for (let i = 0; i < 10_001; i++) await identities.ofSession(`flood ${i}`);
  asked.length = 0;
  await identities.ofSession("b");
  expect(asked).toEqual([hashOf("b")]);
});

test("use is recorded at most once a minute; a session then lasts 14 days more, but 90 in all, and a guest's does not", async () => {
  const { identities, store, account, guest, clock, tick } = await settledStore();
  const { sessionSecret, tokenSecret } = await account("Ann", "viewer");
  const guestSecret = await guest("Mika", 1_000);
  const [startMs, guestEnds] = [clock.timeMs, (await store.sessions())[0]!.expiresAt];
  const seen = async () => (await store.sessions()).find(({ name }) => name === "Ann")!;
  const use = async () => {
    tick(1_000);
    for (const secret of [sessionSecret, guestSecret]) await identities.ofSession(secret);
    await identities.ofToken(tokenSecret);
    // Nobody waits for the records of use; this write comes after them.
    await store.touchToken(99);
  };
  clock.timeMs += 59_999;
  await use();
  expect((await seen()).seenAt).toBe(new Date(startMs).toISOString());
  clock.timeMs += 1;
  await use();
  expect(await seen()).toMatchObject({
    seenAt: new Date(startMs + 60_000).toISOString(),
    expiresAt: new Date(startMs + 60_000 + 14 * DAY_MS).toISOString(),
  });
  expect((await store.tokens())[0]!.usedAt).not.toBeNull();
  for (let day = 10; day <= 80; day += 10) {
    clock.timeMs = startMs + day * DAY_MS;
    await use();
  }
  expect((await seen()).expiresAt).toBe(new Date(startMs + 90 * DAY_MS).toISOString());
  clock.timeMs = startMs;
  expect((await store.sessions()).find(({ name }) => name === "Mika")!.expiresAt).toBe(guestEnds);
});
