import { describe, expect, test } from "bun:test";
import { ConflictError } from "../../../src/lib/errors.ts";
import { rejectionOf } from "../helpers.ts";
import { accessStore, HOUR_MS } from "./access-support.ts";
import { IMPLEMENTATIONS } from "./implementations.ts";

for (const { name, open } of IMPLEMENTATIONS) {
  describe(name, () => {
    test("a session has the name and present role of its account until it expires, to the millisecond", async () => {
      const { store, add, session, wait, clock, inHours } = await accessStore(open);
      const { id } = await add("Ann", "viewer");
      const at = clock.now().toISOString();
      const { secretHash, id: sessionId } = await session(id, 2);
      expect(await store.session(secretHash)).toEqual({
        accountCreatedAt: at,
        ...{ id: sessionId, accountId: id, linkId: null, name: "Ann", role: "viewer" },
        ...{ createdAt: at, seenAt: at, expiresAt: inHours(2), agent: "Test", address: "192.0.2.7" },
      });
      expect(await store.account(id)).toMatchObject({ lastLogInAt: at });
      await store.changeAccount(id, { role: "operator" });
      expect(await store.session(secretHash)).toMatchObject({ role: "operator" });
      wait(2 * HOUR_MS - 1);
      expect(await store.session(secretHash)).not.toBeNull();
      wait(1);
      expect(await store.session(secretHash)).toBeNull();
      expect(await store.sessions()).toEqual([]);
      expect(await store.session("unknown")).toBeNull();
    });

    test("touchSession() keeps a session and puts it first; endSession() ends one, once", async () => {
      const { store, add, session, wait, inHours } = await accessStore(open);
      const [ann, bob] = [await add("Ann"), await add("Bob")];
      const [first, second] = [await session(ann.id, 1), await session(bob.id, 1)];
      const ids = async (accountId?: number) => (await store.sessions(accountId)).map(({ id }) => id);
      expect(await ids()).toEqual([second.id, first.id]);
      wait(1_000);
      await store.touchSession(first.id, inHours(5));
      expect(await ids()).toEqual([first.id, second.id]);
      expect(await ids(bob.id)).toEqual([second.id]);
      wait(2 * HOUR_MS);
      expect(await ids()).toEqual([first.id]);
      expect([await store.endSession(first.id), await store.endSession(first.id)]).toEqual([true, false]);
      expect(await store.session(first.secretHash)).toBeNull();
    });

    test.each([
      ["a new password", { passwordHash: "q" }],
      ["being disabled", { isDisabled: true }],
    ])("%s ends all sessions of the account at once, and of no other", async (_, change) => {
      const { store, add, session } = await accessStore(open);
      const [ann, bob] = [await add("Ann"), await add("Bob")];
      const sessions = [await session(ann.id), await session(ann.id)];
      const other = await session(bob.id);
      await store.changeAccount(ann.id, change);
      for (const { secretHash } of sessions) expect(await store.session(secretHash)).toBeNull();
      expect(await store.session(other.secretHash)).not.toBeNull();
      // Enabled again, the old ones are still gone.
      await store.changeAccount(ann.id, { isDisabled: false });
      expect(await store.session(sessions[0]!.secretHash)).toBeNull();
    });

    test.each([
      ["viewer", "admin", "viewer"],
      ["operator", "operator", "operator"],
      ["admin", "labeller", "labeller"],
    ] as const)(
      "a token of role %s of an account that becomes %s may do what a %s may",
      async (own, later, may) => {
        const { store, add, token } = await accessStore(open);
        await add("Root", "admin");
        const { id } = await add("Ann", "admin");
        const { secretHash, token: made } = await token(id, "ci", own);
        expect(made).toMatchObject({
          name: "ci",
          role: own,
          accountName: "Ann",
          revokedAt: null,
          usedAt: null,
        });
        await store.changeAccount(id, { role: later });
        expect(await store.token(secretHash)).toMatchObject({ role: may });
        expect((await store.tokens())[0]).toMatchObject({ role: may });
      },
    );

    test("a token stops when it is revoked or expires or its account is disabled, and works again when that is enabled", async () => {
      const { store, add, token, wait } = await accessStore(open);
      const { id } = await add("Ann");
      const [kept, revoked, short] = [
        await token(id, "kept"),
        await token(id, "revoked"),
        await token(id, "short", "viewer", 1),
      ];
      expect([await store.revokeToken(revoked.token.id), await store.revokeToken(revoked.token.id)]).toEqual([
        ...[true, false],
      ]);
      expect(await store.token(revoked.secretHash)).toBeNull();
      wait(HOUR_MS - 1);
      expect(await store.token(short.secretHash)).not.toBeNull();
      wait(1);
      expect(await store.token(short.secretHash)).toBeNull();
      await store.changeAccount(id, { isDisabled: true });
      expect(await store.token(kept.secretHash)).toBeNull();
      await store.changeAccount(id, { isDisabled: false });
      expect(await store.token(kept.secretHash)).not.toBeNull();
      // Newest first, those that were revoked too.
      expect((await store.tokens(id)).map((one) => one.name)).toEqual(["short", "revoked", "kept"]);
      expect(await store.revokeToken(99)).toBe(false);
    });

    test("a token's name is unique among those of its account that work", async () => {
      const { store, add, token, clock, wait } = await accessStore(open);
      const [ann, bob] = [await add("Ann"), await add("Bob")];
      const first = await token(ann.id, "ci", "viewer", 1);
      expect(await rejectionOf(token(ann.id, "ci"))).toBeInstanceOf(ConflictError);
      await token(bob.id, "ci");
      await token(null, "ci");
      expect(await rejectionOf(token(null, "ci"))).toBeInstanceOf(ConflictError);
      await store.touchToken(first.token.id);
      expect(await store.token(first.secretHash)).toMatchObject({ usedAt: clock.now().toISOString() });
      wait(HOUR_MS);
      const again = await token(ann.id, "ci");
      expect(again.token.id).toBeGreaterThan(first.token.id);
      expect(await store.tokens()).toHaveLength(4);
    });
  });
}
