import { describe, expect, test } from "bun:test";
import { MACHINE } from "../../src/domain/access/identity.ts";
import {
  ConflictError,
  ForbiddenError,
  InputError,
  NotFoundError,
  TooManyError,
  UnauthenticatedError,
} from "../../src/lib/errors.ts";
import { rejectionOf } from "../storage/helpers.ts";
import { peopleService } from "./support.ts";

const FROM = { address: "192.0.2.7", agent: "Test" };
const PASSWORD = "four words of iron";
const DAY_MS = 86_400_000;

/** With Ann, an admin, and Bob, a labeller, who are logged in. */
async function settled() {
  const service = await peopleService();
  const { people } = service;
  const logIn = async (secret: string) => {
    const { secret: session } = await people.choosePassword(secret, PASSWORD, FROM);
    return { session, who: (await people.ofSession(session))! };
  };
  const [ann, bob] = [
    await people.addAccount({ name: "Ann", role: "admin" }, MACHINE),
    await people.addAccount({ name: "Bob", role: "labeller" }, MACHINE),
  ];
  return { ...service, ann: await logIn(ann.secret), bob: await logIn(bob.secret), logIn };
}

describe("logIn() and logOut()", () => {
  test("a right name, in any case, and password begin a session that the cookie keeps for 90 days", async () => {
    const { people, clock, store } = await settled();
    const begun = await people.logIn({ name: "ＢＯＢ", password: PASSWORD }, FROM);
    expect(begun).toMatchObject({
      name: "Bob",
      expiresAt: new Date(clock.timeMs + 90 * DAY_MS).toISOString(),
    });
    const who = (await people.ofSession(begun.secret))!;
    expect(who).toMatchObject({ kind: "account", name: "Bob", role: "labeller" });
    expect((await store.sessions()).find(({ id }) => id === who.sessionId)).toMatchObject({
      ...{
        address: "192.0.2.7",
        agent: "Test",
        expiresAt: new Date(clock.timeMs + 14 * DAY_MS).toISOString(),
      },
    });
    await people.logOut(who);
    expect(await people.ofSession(begun.secret)).toBeNull();
    await people.logOut(MACHINE);
    expect(await store.sessions()).toHaveLength(2);
  });

  test("a wrong password, a wrong name, a disabled account and one without a password are refused in the same words", async () => {
    const { people, bob } = await settled();
    await people.addAccount({ name: "Carla", role: "viewer" }, MACHINE);
    await people.changeAccount(bob.who.accountId!, { isDisabled: true }, MACHINE);
    for (const given of [
      { name: "Ann", password: "wrong words of iron" },
      { name: "Nobody", password: PASSWORD },
      { name: "Bob", password: PASSWORD },
      { name: "Carla", password: "" },
    ]) {
      const refused = await rejectionOf(people.logIn(given, FROM));
      expect(refused).toBeInstanceOf(UnauthenticatedError);
      expect(refused.message).toBe("The name or the password is wrong");
    }
  });

  test("after ten wrong ones in a minute the right one is refused, too; a long description of the browser is cut", async () => {
    const { people, store, tick } = await settled();
    const wrong = () => people.logIn({ name: "Ann", password: "wrong" }, FROM);
    for (let i = 0; i < 10; i++) expect(await rejectionOf(wrong())).toBeInstanceOf(UnauthenticatedError);
    const right = () =>
      people.logIn({ name: "Ann", password: PASSWORD }, { ...FROM, agent: "x".repeat(900) });
    expect(await rejectionOf(right())).toBeInstanceOf(TooManyError);
    tick(60_000);
    await right();
    expect((await store.sessions())[0]!.agent).toHaveLength(200);
  });
});

describe("accounts", () => {
  test.each([
    [" ", "A name is needed"],
    ["x".repeat(61), "The name is too long: at most 60 characters"],
    ["a\u200bb", "The name has characters that cannot be seen. Type it again"],
    ["a\nb", "The name has characters that cannot be seen. Type it again"],
  ])("no account, token, guest or invitation is called %j", async (name, message) => {
    const { people, ann } = await settled();
    const { secret } = await people.invite({ title: "x", role: "labeller", hours: 1, mostUses: 9 }, MACHINE);
    for (const work of [
      people.addAccount({ name, role: "viewer" }, MACHINE),
      people.addToken({ name, role: "viewer", days: null }, ann.who),
      people.join(secret, name, FROM),
      people.invite({ title: name, role: "labeller", hours: 1, mostUses: 9 }, MACHINE),
      people.becomeAdmin(secret, { name, password: PASSWORD }, FROM),
    ]) {
      const refused = await rejectionOf(work);
      expect([refused.constructor, refused.message]).toEqual([InputError, message]);
    }
    expect((await people.openLink(secret))!.uses).toBe(0);
  });

  test("a name is cleaned, and 60 characters of any kind are enough", async () => {
    const { people } = await settled();
    const name = "😀".repeat(60);
    expect((await people.addAccount({ name: `  ${name} `, role: "viewer" }, MACHINE)).account.name).toBe(
      name,
    );
    expect(await rejectionOf(people.addAccount({ name: "ANN", role: "viewer" }, MACHINE))).toBeInstanceOf(
      ConflictError,
    );
  });

  test("a link chooses a password once, within 24 hours, and begins a session; a newer link ends it", async () => {
    const { people, clock } = await settled();
    const { account, secret } = await people.addAccount({ name: "Carla", role: "viewer" }, MACHINE);
    expect(await people.openLink(secret)).toMatchObject({
      kind: "account",
      accountId: account.id,
      createdBy: "local",
    });
    const { secret: newer } = await people.passwordLink(account.id, MACHINE);
    expect(await people.openLink(secret)).toBeNull();
    clock.timeMs += DAY_MS - 1;
    expect(await people.choosePassword(newer, PASSWORD, FROM)).toMatchObject({ name: "Carla" });
    for (const used of [secret, newer, "unknown"]) {
      const refused = await rejectionOf(people.choosePassword(used, PASSWORD, FROM));
      expect([refused.constructor, refused.message]).toEqual([
        ...[NotFoundError, "This link does not work any more. Ask for a new one"],
      ]);
    }
    const { secret: late } = await people.passwordLink(account.id, MACHINE);
    clock.timeMs += DAY_MS;
    expect(await people.openLink(late)).toBeNull();
    expect(await rejectionOf(people.choosePassword(late, PASSWORD, FROM))).toBeInstanceOf(NotFoundError);
  });

  test.each([
    ["short", "The password is too short: at least 10 characters. Several words are easy to remember"],
    ["x1y".repeat(200), "The password is too long: at most 512 bytes"],
    ["password123", "This password is among those that are tried first. Choose another one"],
    ["carla is my name", "The password contains the name of the account. Choose another one"],
  ])(
    "a password that is no good (%p) is refused with the reason, and leaves the link as it is",
    async (password, message) => {
      const { people } = await settled();
      const { secret } = await people.addAccount({ name: "Carla", role: "viewer" }, MACHINE);
      const refused = await rejectionOf(people.choosePassword(secret, password, FROM));
      expect([refused.constructor, refused.message]).toEqual([InputError, message]);
      expect(await people.openLink(secret)).not.toBeNull();
    },
  );

  test("a disabled account cannot be opened by its link", async () => {
    const { people } = await settled();
    const { account, secret } = await people.addAccount({ name: "Carla", role: "viewer" }, MACHINE);
    await people.changeAccount(account.id, { isDisabled: true }, MACHINE);
    expect(await rejectionOf(people.choosePassword(secret, PASSWORD, FROM))).toBeInstanceOf(ForbiddenError);
    expect(await people.store.sessions()).toHaveLength(2);
  });

  test("a change counts at once, and what is gone is said", async () => {
    const { people, bob } = await settled();
    const id = bob.who.accountId!;
    await people.changeAccount(id, { role: "operator" }, MACHINE);
    expect(await people.ofSession(bob.session)).toMatchObject({ role: "operator" });
    expect(await people.removeAccount(id, MACHINE)).toMatchObject({ name: "Bob" });
    expect(await people.ofSession(bob.session)).toBeNull();
    for (const work of [
      people.changeAccount(id, { role: "viewer" }, MACHINE),
      people.removeAccount(id, MACHINE),
      people.passwordLink(id, MACHINE),
    ]) {
      expect((await rejectionOf(work)).message).toBe("There is no such account any more.");
    }
    expect(await rejectionOf(people.removeAccount(1, MACHINE))).toBeInstanceOf(ConflictError);
    expect(await rejectionOf(people.changeAccount(1, { isDisabled: true }, MACHINE))).toBeInstanceOf(
      ConflictError,
    );
  });
});

describe("changePassword()", () => {
  test("it needs the current one, ends other sessions and begins another", async () => {
    const { people, bob } = await settled();
    const other = await people.logIn({ name: "Bob", password: PASSWORD }, FROM);
    const given = { current: PASSWORD, next: "five words of iron" };
    const begun = await people.changePassword(bob.who, given, FROM);
    for (const secret of [bob.session, other.secret]) expect(await people.ofSession(secret)).toBeNull();
    expect(await people.ofSession(begun.secret)).toMatchObject({ name: "Bob" });
    expect(await rejectionOf(people.logIn({ name: "Bob", password: PASSWORD }, FROM))).toBeInstanceOf(
      UnauthenticatedError,
    );
    await people.logIn({ name: "Bob", password: given.next }, FROM);
  });

  test("a wrong current one, one that is no good, and someone without a password are refused", async () => {
    const { people, bob, ann } = await settled();
    const change = (who: typeof bob.who, current: string, next: string) =>
      rejectionOf(people.changePassword(who, { current, next }, FROM));
    expect((await change(bob.who, "wrong", "five words of iron")).message).toBe(
      "The current password is wrong",
    );
    expect(await change(bob.who, PASSWORD, "short")).toBeInstanceOf(InputError);
    expect(await change(MACHINE, "", "five words of iron")).toBeInstanceOf(ForbiddenError);
    const { secret } = await people.addToken({ name: "ci", role: "admin", days: null }, ann.who);
    const program = (await people.ofToken(secret))!;
    expect(await change(program, PASSWORD, "five words of iron")).toBeInstanceOf(ForbiddenError);
    for (let i = 0; i < 9; i++) await change(bob.who, "wrong", "five words of iron");
    expect(await change(bob.who, PASSWORD, "five words of iron")).toBeInstanceOf(TooManyError);
    expect(await people.ofSession(bob.session)).not.toBeNull();
  });
});

describe("tokens and sessions", () => {
  test("a token has at most the role of who makes it, works until it expires, and is revoked by its owner or an admin", async () => {
    const { people, ann, bob, clock, tick } = await settled();
    const above = await rejectionOf(people.addToken({ name: "ci", role: "operator", days: 1 }, bob.who));
    expect([above.constructor, above.message]).toEqual([
      ...[ForbiddenError, "Role operator is above labeller, the most that can be given here"],
    ]);
    const made = await people.addToken({ name: "ci", role: "labeller", days: 1 }, bob.who);
    expect(made.secret).toMatch(/^tgk_[\w-]{43}$/);
    expect(made.token.expiresAt).toBe(new Date(clock.timeMs + DAY_MS).toISOString());
    expect(await people.ofToken(made.secret)).toMatchObject({
      kind: "token",
      name: "Bob/ci",
      role: "labeller",
    });
    clock.timeMs += DAY_MS;
    tick(1_000);
    expect(await people.ofToken(made.secret)).toBeNull();
    const [own, byAdmin] = [
      await people.addToken({ name: "own", role: "viewer", days: null }, bob.who),
      await people.addToken({ name: "other", role: "viewer", days: null }, bob.who),
    ];
    const anns = await people.addToken({ name: "a", role: "admin", days: null }, ann.who);
    expect(await people.revokeToken(own.token.id, bob.who)).toMatchObject({
      name: "own",
      accountName: "Bob",
    });
    expect(await people.ofToken(own.secret)).toBeNull();
    await people.revokeToken(byAdmin.token.id, ann.who);
    for (const id of [anns.token.id, 99]) {
      const refused = await rejectionOf(people.revokeToken(id, bob.who));
      expect([refused.constructor, refused.message]).toEqual([
        NotFoundError,
        "There is no such token any more.",
      ]);
    }
    expect(await people.ofToken(anns.secret)).not.toBeNull();
  });

  test("endSession(): one's own, any as an admin, a guest's as an operator, and no one else's", async () => {
    const { people, ann, bob, logIn } = await settled();
    const carla = await logIn((await people.addAccount({ name: "Carla", role: "operator" }, MACHINE)).secret);
    const { secret } = await people.invite({ title: "3b", role: "labeller", hours: 1, mostUses: 9 }, MACHINE);
    const guest = async (name: string) => {
      const { secret: session } = await people.join(secret, name, FROM);
      return { session, who: (await people.ofSession(session))! };
    };
    const [mika, leo] = [await guest("Mika"), await guest("Leo")];
    const refused = async (of: typeof bob, by: typeof bob) => {
      const error = await rejectionOf(people.endSession(of.who.sessionId!, by.who));
      expect([error.constructor, error.message]).toEqual([
        NotFoundError,
        "There is no such session any more.",
      ]);
      expect(await people.ofSession(of.session)).not.toBeNull();
    };
    await refused(ann, bob);
    await refused(ann, carla);
    await refused(mika, leo);
    await refused(mika, bob);
    expect(await people.endSession(mika.who.sessionId!, carla.who)).toMatchObject({ name: "Mika" });
    await people.endSession(leo.who.sessionId!, leo.who);
    await people.endSession(bob.who.sessionId!, bob.who);
    await people.endSession(carla.who.sessionId!, ann.who);
    for (const { session } of [mika, leo, bob, carla]) expect(await people.ofSession(session)).toBeNull();
  });
});

describe("invitations and the admin's link", () => {
  test("guests join with a name until it is full, has expired or has ended, and leave with it", async () => {
    const { people, clock, tick } = await settled();
    const { link, secret } = await people.invite(
      { title: " 3b ", role: "labeller", hours: 2, mostUses: 2 },
      MACHINE,
    );
    expect(link).toMatchObject({ title: "3b", mostUses: 2, createdBy: "local" });
    const mika = await people.join(secret, "Mika", FROM);
    expect(mika).toMatchObject({ name: "Mika", expiresAt: link.expiresAt });
    expect(await people.ofSession(mika.secret)).toMatchObject({
      kind: "guest",
      role: "labeller",
      accountId: null,
    });
    for (const name of ["MIKA", "ann"]) {
      expect(await rejectionOf(people.join(secret, name, FROM))).toBeInstanceOf(ConflictError);
    }
    await people.join(secret, "Leo", FROM);
    expect(await rejectionOf(people.join(secret, "Nina", FROM))).toBeInstanceOf(NotFoundError);
    expect(await people.endInvitation(link.id)).toMatchObject({ title: "3b" });
    expect(await people.ofSession(mika.secret)).toBeNull();
    expect((await rejectionOf(people.endInvitation(99))).message).toBe(
      "There is no such invitation any more.",
    );
    const other = await people.invite({ title: "4a", role: "viewer", hours: 1, mostUses: 9 }, MACHINE);
    const nina = await people.join(other.secret, "Nina", FROM);
    clock.timeMs += 3_600_000;
    tick(1_000);
    expect(await people.ofSession(nina.secret)).toBeNull();
    expect(await rejectionOf(people.join(other.secret, "Otto", FROM))).toBeInstanceOf(NotFoundError);
  });

  test.each(["operator", "admin"] as const)("nobody joins as %s", async (role) => {
    const { people } = await settled();
    const refused = await rejectionOf(people.invite({ title: "3b", role, hours: 1, mostUses: 9 }, MACHINE));
    expect(refused).toBeInstanceOf(ForbiddenError);
    expect(await people.store.invitations()).toEqual([]);
  });

  test("adminLink() makes an admin once, also of someone who has lost the password, and ends earlier ones", async () => {
    const { people } = await peopleService();
    const [first, second] = [await people.adminLink(MACHINE.actor), await people.adminLink(MACHINE.actor)];
    const given = { name: "Ann", password: PASSWORD };
    expect(await rejectionOf(people.becomeAdmin(first, given, FROM))).toBeInstanceOf(NotFoundError);
    expect(
      await rejectionOf(people.becomeAdmin(second, { ...given, password: "short" }, FROM)),
    ).toBeInstanceOf(InputError);
    const begun = await people.becomeAdmin(second, given, FROM);
    expect(await people.ofSession(begun.secret)).toMatchObject({ name: "Ann", role: "admin" });
    expect(await people.store.hasAdmin()).toBe(true);
    expect(await rejectionOf(people.becomeAdmin(second, given, FROM))).toBeInstanceOf(NotFoundError);
    const again = await people.adminLink(MACHINE.actor);
    await people.becomeAdmin(again, { name: "ann", password: "five words of iron" }, FROM);
    expect(await people.store.accounts()).toHaveLength(1);
    expect(await people.ofSession(begun.secret)).toBeNull();
    await people.logIn({ name: "Ann", password: "five words of iron" }, FROM);
  });

  test("a link of one kind is no link of another", async () => {
    const { people, bob } = await settled();
    const { secret: invitation } = await people.invite(
      { title: "3b", role: "labeller", hours: 1, mostUses: 9 },
      MACHINE,
    );
    const { secret: account } = await people.passwordLink(bob.who.accountId!, MACHINE);
    const admin = await people.adminLink(MACHINE.actor);
    for (const work of [
      people.join(account, "Mika", FROM),
      people.join(admin, "Mika", FROM),
      people.choosePassword(invitation, PASSWORD, FROM),
      people.choosePassword(admin, PASSWORD, FROM),
      people.becomeAdmin(invitation, { name: "Eve", password: PASSWORD }, FROM),
      people.becomeAdmin(account, { name: "Eve", password: PASSWORD }, FROM),
    ]) {
      expect(await rejectionOf(work)).toBeInstanceOf(NotFoundError);
    }
    expect((await people.store.accounts()).map(({ name, role }) => [name, role])).toEqual([
      ["Ann", "admin"],
      ["Bob", "labeller"],
    ]);
  });
});

test("no secret is in the store", async () => {
  const { people, store, ann } = await settled();
  const { secret: link } = await people.passwordLink(ann.who.accountId!, MACHINE);
  const { secret: token } = await people.addToken({ name: "ci", role: "viewer", days: null }, ann.who);
  const rows = JSON.stringify([
    ...[await store.accounts(), await store.sessions(), await store.tokens(), await store.invitations()],
    ...[await people.openLink(link), await store.accountNamed("Ann")],
  ]);
  for (const secret of [link, token, ann.session, PASSWORD]) expect(rows).not.toContain(secret);
});
