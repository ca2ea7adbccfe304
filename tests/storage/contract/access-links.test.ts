import { describe, expect, test } from "bun:test";
import { rejectionOf } from "../helpers.ts";
import { accessStore, HOUR_MS } from "./access-support.ts";
import { IMPLEMENTATIONS } from "./implementations.ts";

for (const { name, open } of IMPLEMENTATIONS) {
  describe(name, () => {
    test("an account's link sets its password once and ends its sessions", async () => {
      const { store, add, session, link } = await accessStore(open);
      const { id } = await add("Ann", "viewer", null);
      const { secretHash: old } = await session(id);
      const { secretHash } = await link("account", id);
      expect(await store.useAccountLink(secretHash, "q")).toMatchObject({ id, hasPassword: true });
      expect(await store.session(old)).toBeNull();
      expect(await store.useAccountLink(secretHash, "r")).toBeNull();
      expect((await store.accountNamed("Ann"))!.passwordHash).toBe("q");
      expect(await store.link(secretHash)).toMatchObject({ uses: 1, mostUses: 1, revokedAt: null });
    });

    test.each(["admin", "account", "invitation"] as const)(
      "a link of kind %s does nothing once it has expired or is of another kind",
      async (kind) => {
        const { store, add, link, guest, wait } = await accessStore(open);
        const { id } = await add("Ann", "viewer", null);
        const { secretHash } = await link(kind, kind === "account" ? id : null, 1);
        const useAs = {
          admin: () => store.useAdminLink(secretHash, { name: "Root", passwordHash: "p" }),
          account: () => store.useAccountLink(secretHash, "q"),
          invitation: () => guest(secretHash, "Mika"),
        };
        for (const other of ["admin", "account", "invitation"] as const) {
          if (other !== kind) expect(await useAs[other]()).toBeNull();
        }
        wait(4 * HOUR_MS);
        expect(await useAs[kind]()).toBeNull();
        expect(await store.link(secretHash)).toMatchObject({ uses: 0 });
        expect(await store.accounts()).toMatchObject([{ name: "Ann", hasPassword: false, role: "viewer" }]);
        expect(await store.sessions()).toEqual([]);
      },
    );

    test("addLink() ends earlier links of the same account and of admins, but no invitation and no link of others", async () => {
      const { store, add, link } = await accessStore(open);
      const [ann, bob] = [await add("Ann"), await add("Bob")];
      const invitation = await link("invitation", null, 40);
      const [first, of] = [await link("account", ann.id), await link("account", bob.id)];
      const admin = await link("admin");
      await link("account", ann.id);
      await link("admin");
      await link("invitation", null, 40);
      const isRevoked = async ({ secretHash }: { secretHash: string }) =>
        (await store.link(secretHash))!.revokedAt !== null;
      expect(await Promise.all([first, admin, of, invitation].map(isRevoked))).toEqual([
        true,
        true,
        false,
        false,
      ]);
      expect(await store.useAccountLink(first.secretHash, "x")).toBeNull();
      expect(await store.useAdminLink(admin.secretHash, { name: "x", passwordHash: "x" })).toBeNull();
      expect((await store.invitations()).map(({ id }) => id)).toEqual([
        ...[(await store.invitations())[0]!.id, invitation.link.id],
      ]);
    });

    test("an admin's link makes an account, or makes an admin of one that is there, also of a disabled one", async () => {
      const { store, add, link } = await accessStore(open);
      const first = await link("admin");
      expect(await store.useAdminLink(first.secretHash, { name: "Root", passwordHash: "p" })).toMatchObject({
        ...{ name: "Root", role: "admin", hasPassword: true },
      });
      expect(await store.useAdminLink(first.secretHash, { name: "Other", passwordHash: "p" })).toBeNull();
      const { id } = await add("Ann", "viewer", null);
      await store.changeAccount(id, { isDisabled: true });
      const second = await link("admin");
      expect(
        await store.useAdminLink(second.secretHash, { name: "ＡＮＮ", passwordHash: "q" }),
      ).toMatchObject({
        ...{ id, name: "Ann", role: "admin", disabledAt: null },
      });
      expect(await store.accounts()).toHaveLength(2);
    });

    test("an invitation lets in as many as it says, and each stays until it expires", async () => {
      const { store, link, guest, wait, inHours } = await accessStore(open);
      const { link: invitation, secretHash } = await link("invitation", null, 2);
      expect(invitation).toMatchObject({ title: "Class 3b", role: "labeller", uses: 0, createdBy: "local" });
      const session = await guest(secretHash, " Mika ");
      expect(session).toMatchObject({
        ...{ name: "Mika", role: "labeller", accountId: null, linkId: invitation.id, expiresAt: inHours(4) },
      });
      expect(await guest(secretHash, "Leo")).not.toBeNull();
      expect(await guest(secretHash, "Third")).toBeNull();
      expect((await store.sessions()).map((one) => one.name)).toEqual(["Leo", "Mika"]);
      wait(4 * HOUR_MS - 1);
      expect(await store.sessions()).toHaveLength(2);
      wait(1);
      expect(await store.sessions()).toEqual([]);
    });

    test("of many who use the last place of an invitation at once, one gets it", async () => {
      const { store, link, guest } = await accessStore(open);
      const { secretHash } = await link("invitation", null, 3);
      const all = await Promise.all(Array.from({ length: 12 }, (_, n) => guest(secretHash, `Guest ${n}`)));
      expect(all.filter((one) => one !== null)).toHaveLength(3);
      expect(await store.link(secretHash)).toMatchObject({ uses: 3 });
      const account = await store.addAccount({ name: "Ann", role: "viewer", passwordHash: null });
      const own = await link("account", account.id);
      const used = await Promise.all(
        ["a", "b", "c"].map((hash) => store.useAccountLink(own.secretHash, hash)),
      );
      expect(used.filter((one) => one !== null)).toHaveLength(1);
    });

    test("revokeLink() ends an invitation and the sessions of those who came by it", async () => {
      const { store, link, guest, add, session } = await accessStore(open);
      const [one, other] = [await link("invitation", null, 40), await link("invitation", null, 40)];
      await guest(one.secretHash, "Mika");
      await guest(other.secretHash, "Leo");
      const { id } = await add("Ann");
      await session(id);
      expect(await store.revokeLink(one.link.id)).toBe(true);
      expect((await store.sessions()).map((found) => found.name).sort()).toEqual(["Ann", "Leo"]);
      expect(await guest(one.secretHash, "Nina")).toBeNull();
      expect(await store.revokeLink(one.link.id)).toBe(false);
      expect(await store.revokeLink(99)).toBe(false);
      expect(await store.link("unknown")).toBeNull();
    });

    test("a link's secret is known once only", async () => {
      const { store, inHours } = await accessStore(open);
      const made = {
        ...({
          secretHash: "same",
          kind: "invitation",
          title: "x",
          role: "labeller",
          accountId: null,
        } as const),
        ...{ createdBy: "local", expiresAt: inHours(1), mostUses: 1 },
      };
      await store.addLink(made);
      expect(await rejectionOf(store.addLink(made))).toBeInstanceOf(Error);
      expect(await store.invitations()).toHaveLength(1);
    });
  });
}
