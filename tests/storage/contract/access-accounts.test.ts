import { describe, expect, test } from "bun:test";
import { ConflictError } from "../../../src/lib/errors.ts";
import { rejectionOf } from "../helpers.ts";
import { accessStore } from "./access-support.ts";
import { IMPLEMENTATIONS } from "./implementations.ts";

for (const { name, open } of IMPLEMENTATIONS) {
  describe(name, () => {
    test("accounts() lists by name whatever the case, and account() finds one by id", async () => {
      const { store, add, clock } = await accessStore(open);
      const bob = await add("bob");
      await add("Ann", "admin", null);
      const at = clock.now().toISOString();
      expect(await store.accounts()).toEqual([
        {
          ...{ id: 2, name: "Ann", role: "admin", hasPassword: false },
          ...{ createdAt: at, disabledAt: null, lastLogInAt: null },
        },
        bob,
      ]);
      expect(await store.account(bob.id)).toEqual(bob);
      expect(await store.account(99)).toBeNull();
    });

    test.each([
      ["Ann", "ann"],
      ["Ann", " ANN  "],
      ["Ann", "Ａｎｎ"],
      ["ｶﾅ", "カナ"],
      ["Zoe\u0301", "Zoé"],
      ["ÅSA", "åsa"],
    ])("a name is unique in any case, width and form: %p and %p", async (first, second) => {
      const { store, add } = await accessStore(open);
      const { id } = await add(first);
      expect(await rejectionOf(add(second))).toBeInstanceOf(ConflictError);
      expect(await store.accountNamed(second)).toMatchObject({ account: { id }, passwordHash: "p" });
      expect(await store.accounts()).toHaveLength(1);
      await add(`${second}x`);
    });

    test("an account and a guest who is here never have the same name; one who has left frees it", async () => {
      const { store, add, link, guest, wait } = await accessStore(open);
      await add("Ann");
      const { link: invitation, secretHash } = await link("invitation", null, 40);
      expect(await rejectionOf(guest(secretHash, "ＡＮＮ"))).toBeInstanceOf(ConflictError);
      // The refused one has not used the invitation.
      expect((await store.link(secretHash))!.uses).toBe(0);
      await guest(secretHash, "Mika");
      expect(await rejectionOf(guest(secretHash, "mika"))).toBeInstanceOf(ConflictError);
      expect(await rejectionOf(add("MIKA"))).toBeInstanceOf(ConflictError);
      const admin = await link("admin");
      expect(
        await rejectionOf(store.useAdminLink(admin.secretHash, { name: "mika", passwordHash: "p" })),
      ).toBeInstanceOf(ConflictError);
      expect((await store.link(admin.secretHash))!.uses).toBe(0);
      await store.revokeLink(invitation.id);
      expect((await add("Mika")).name).toBe("Mika");
      const other = await link("invitation", null, 40);
      await guest(other.secretHash, "Leo");
      wait(4 * 3_600_000);
      expect((await add("leo")).name).toBe("leo");
    });

    test.each([
      ["another role", { role: "operator" as const }],
      ["disabled", { isDisabled: true }],
    ])("the last admin who can log in cannot be %s or removed", async (_, change) => {
      const { store, add, link } = await accessStore(open);
      const { id } = await add("Ann", "admin");
      await add("Waits", "admin", null);
      const disabled = await add("Off", "admin");
      await store.changeAccount(disabled.id, { isDisabled: true });
      expect(await rejectionOf(store.changeAccount(id, change))).toBeInstanceOf(ConflictError);
      expect(await rejectionOf(store.removeAccount(id))).toBeInstanceOf(ConflictError);
      expect(await store.account(id)).toMatchObject({ role: "admin", disabledAt: null });
      expect(await store.hasAdmin()).toBe(true);
      // With another one who can, it is possible.
      const waiting = (await store.accountNamed("Waits"))!.account;
      const { secretHash } = await link("account", waiting.id);
      await store.useAccountLink(secretHash, "p2");
      expect(await store.changeAccount(id, change)).toMatchObject({ id });
      expect(await store.removeAccount(id)).toBe(true);
    });

    test("without an admin, hasAdmin() is false, and accounts can be changed and removed freely", async () => {
      const { store, add } = await accessStore(open);
      const { id } = await add("Ann", "admin", null);
      expect(await store.hasAdmin()).toBe(false);
      await store.changeAccount(id, { role: "viewer" });
      expect(await store.removeAccount(id)).toBe(true);
      expect(await store.removeAccount(id)).toBe(false);
      expect(await store.changeAccount(id, { role: "admin" })).toBeNull();
    });

    test("changeAccount() disables once, enables again, and changes only what is given", async () => {
      const { store, add, wait, clock } = await accessStore(open);
      const { id } = await add("Ann", "viewer");
      const first = clock.now().toISOString();
      expect(await store.changeAccount(id, { isDisabled: true })).toMatchObject({ disabledAt: first });
      wait(60_000);
      expect(await store.changeAccount(id, { isDisabled: true })).toMatchObject({ disabledAt: first });
      expect(await store.changeAccount(id, { role: "operator" })).toMatchObject({ disabledAt: first });
      expect(await store.changeAccount(id, { isDisabled: false })).toMatchObject({
        ...{ disabledAt: null, role: "operator", hasPassword: true },
      });
      await store.changeAccount(id, { passwordHash: "q" });
      expect((await store.accountNamed("ann"))!.passwordHash).toBe("q");
    });

    test("removeAccount() removes its sessions, tokens and links, and those of nobody else", async () => {
      const { store, add, session, token, link } = await accessStore(open);
      const [ann, bob] = [await add("Ann"), await add("Bob")];
      const of = async (id: number) => ({
        session: (await session(id)).secretHash,
        token: (await token(id)).secretHash,
        link: (await link("account", id)).secretHash,
      });
      const [gone, stays] = [await of(ann.id), await of(bob.id)];
      await store.removeAccount(ann.id);
      expect([
        await store.session(gone.session),
        await store.token(gone.token),
        await store.link(gone.link),
      ]).toEqual([...[null, null, null]]);
      expect(await store.session(stays.session)).toMatchObject({ name: "Bob" });
      expect(await store.token(stays.token)).toMatchObject({ accountName: "Bob" });
      expect(await store.link(stays.link)).toMatchObject({ accountId: bob.id });
      expect(await store.tokens()).toHaveLength(1);
      // Its number is never another one's.
      expect((await add("Carla")).id).toBe(3);
    });
  });
}
