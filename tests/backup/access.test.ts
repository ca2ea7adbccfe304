import { expect, test } from "bun:test";
import { join } from "node:path";
import { withDirectory } from "../storage/helpers.ts";
import { backUp, clock, makeProject, restore, storeIn } from "./helpers.ts";

const LATER = "2099-01-01T00:00:00.000Z";

/** Lets an admin with a session, a guest, and a program into a project. */
async function letIn(dir: string): Promise<void> {
  const { access, close } = await storeIn(dir);
  const ann = await access.addAccount({ name: "Ann", role: "admin", passwordHash: "$argon2id$of-ann" });
  const session = { accountId: ann.id, expiresAt: LATER, agent: null, address: null };
  await access.startSession({ ...session, secretHash: "session" });
  await access.addToken({
    secretHash: "token",
    name: "app",
    role: "viewer",
    accountId: ann.id,
    expiresAt: null,
  });
  const link = {
    role: "labeller",
    accountId: null,
    createdBy: "local",
    expiresAt: LATER,
    mostUses: 9,
  } as const;
  await access.addLink({ ...link, secretHash: "invitation", kind: "invitation", title: "3b" });
  await access.useInvitation("invitation", { name: "Mio", sessionHash: "guest", agent: null, address: null });
  await close();
}

test("a restored project has its accounts and tokens, no session and no link of the backup, and says in the audit log that it was restored", () =>
  withDirectory(async (root) => {
    const [dir, file] = [join(root, "project"), join(root, "b.zip")];
    await makeProject(dir, 2);
    await letIn(dir);
    await backUp(dir, file);
    await restore(file, dir, true);
    const { access, close } = await storeIn(dir);
    try {
      expect((await access.accounts()).map(({ name, role }) => [name, role])).toEqual([["Ann", "admin"]]);
      expect((await access.accountNamed("Ann"))?.passwordHash).toBe("$argon2id$of-ann");
      expect((await access.token("token"))?.name).toBe("app");
      expect([await access.session("session"), await access.session("guest")]).toEqual([null, null]);
      expect(await access.sessions()).toEqual([]);
      expect((await access.link("invitation"))?.revokedAt).toBe(clock.now().toISOString());
      expect((await access.audit({ limit: 9 })).map(({ action }) => action)).toEqual(["server.restore"]);
    } finally {
      await close();
    }
  }));
