import { join } from "node:path";
import { createPasswords } from "../../src/access/passwords.ts";
import { createPeople, type People } from "../../src/access/people.ts";
import type { Identity } from "../../src/domain/access/identity.ts";
import { MACHINE } from "../../src/domain/access/identity.ts";
import type { Role } from "../../src/domain/access/role.ts";
import { systemClock } from "../../src/lib/clock.ts";
import { openStore } from "../../src/storage/open.ts";

const FROM = {
  address: "192.0.2.7",
  agent:
    "Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Safari/604.1",
};

/** Adds people of each role and state, an invitation with guests, a token, and what they did, next to a running server. */
export async function addPeople(dir: string): Promise<void> {
  const store = await openStore({
    path: join(dir, "data/tegaki.db"),
    clock: systemClock,
    holdoutFraction: 0.2,
  });
  try {
    const people = createPeople({
      store: store.access,
      clock: systemClock,
      passwords: createPasswords({ memoryCost: 8, timeCost: 1 }),
      monotonicMs: () => performance.now(),
    });
    await addAccounts(people);
    await addGuests(people);
    await addRecords(people);
  } finally {
    await store.close();
  }
}

async function addAccounts(people: People): Promise<void> {
  const ann = await logIn(people, "Ann", "admin");
  await logIn(people, "田中 花子", "operator");
  await people.addAccount({ name: "Bob", role: "labeller" }, ann);
  const { account } = await people.addAccount({ name: "Carla", role: "viewer" }, ann);
  await people.changeAccount(account.id, { isDisabled: true }, MACHINE);
  await people.addToken({ name: "cron", role: "operator", days: 90 }, ann);
  const { token } = await people.addToken({ name: "ci", role: "viewer", days: null }, ann);
  await people.revokeToken(token.id, ann);
}

async function logIn(people: People, name: string, role: Role): Promise<Identity> {
  const { secret } = await people.addAccount({ name, role }, MACHINE);
  const begun = await people.choosePassword(secret, "four words of iron", FROM);
  const identity = await people.ofSession(begun.secret);
  if (identity === null) throw new Error(`${name} is not logged in`);
  return identity;
}

async function addGuests(people: People): Promise<void> {
  const invite = (title: string) =>
    people.invite({ title, role: "labeller", hours: 4, mostUses: 30 }, MACHINE);
  const ended = await invite("Class 2a");
  await people.endInvitation(ended.link.id);
  const { secret } = await invite("Class 3b");
  for (const name of ["Mika", "Léo", "さくら"]) await people.join(secret, name, FROM);
}

async function addRecords(people: People): Promise<void> {
  const at = systemClock.now().toISOString();
  const [ann, nobody] = [
    { kind: "session", name: "Ann" },
    { kind: "session", name: null },
  ] as const;
  const rows = [
    {
      actor: ann,
      action: "account.role",
      target: "3",
      detail: { name: "Bob", from: "viewer", to: "labeller" },
    },
    { actor: nobody, action: "session.start", target: null, outcome: "refused", detail: { name: "ann" } },
    {
      actor: { kind: "token", name: "Ann/cron" },
      action: "samples.import",
      target: "u1",
      detail: {},
    },
    { actor: ann, action: "model.promote", target: "2", detail: {} },
    { actor: { kind: "command_line", name: null }, action: "access.reset", target: null, detail: {} },
  ] as const;
  for (const row of rows) {
    const outcome = "outcome" in row ? row.outcome : "done";
    await people.record({
      at,
      outcome,
      address: row.actor.kind === "command_line" ? null : "192.0.2.7",
      ...row,
    });
  }
}
