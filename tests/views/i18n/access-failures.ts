import { Hono } from "hono";
import { createLogInLimits } from "../../../src/access/log-in-limits.ts";
import { createPasswords } from "../../../src/access/passwords.ts";
import { createPeople } from "../../../src/access/people.ts";
import { type Identity, MACHINE, VISITOR } from "../../../src/domain/access/identity.ts";
import { ROLES } from "../../../src/domain/access/role.ts";
import { authorise } from "../../../src/http/access/authorise.ts";
import { limitDrawings } from "../../../src/http/access/drawing-limits.ts";
import { identify } from "../../../src/http/access/identity.ts";
import { saysOf } from "../../../src/lib/errors.ts";
import { type Sentence, saying } from "../../../src/lib/saying.ts";
import { memoryStore } from "../../storage/helpers.ts";
import { createAccountsApp } from "../../support/accounts-app.ts";

type ThrownBy = (work: () => unknown) => Promise<Sentence>;

const PASSWORD = "four words are enough";
const NOWHERE = { address: null, agent: null };

/** Why someone is refused: by the people, by the limits, and by the server that asks who sent a request. */
export async function accessFailures(thrownBy: ThrownBy): Promise<Sentence[]> {
  return [
    ...(await peopleFailures(thrownBy)),
    ...(await limitFailures(thrownBy)),
    ...(await requestFailures()),
    // A role stands in other sentences only.
    ...ROLES.map((role) => ({ message: role, says: saying(`role.${role}`) })),
  ];
}

async function peopleFailures(thrownBy: ThrownBy): Promise<Sentence[]> {
  const { access: store } = await memoryStore();
  const people = createPeople({
    ...{ store, clock: { now: () => new Date() }, monotonicMs: () => 0 },
    passwords: createPasswords({ memoryCost: 8, timeCost: 1 }),
  });
  const add = async (name: string, role: (typeof ROLES)[number]) => {
    const { account, secret } = await people.addAccount({ name, role }, MACHINE);
    const { secret: session } = await people.choosePassword(secret, PASSWORD, NOWHERE);
    return { account, who: (await people.ofSession(session)) as Identity };
  };
  const admin = await add("Ann", "admin");
  const viewer = await add("Bob", "viewer");
  const change = (current: string, next: string) =>
    people.changePassword(viewer.who, { current, next }, NOWHERE);
  const token = (role: (typeof ROLES)[number], by: Identity) =>
    people.addToken({ name: "robot", role, days: null }, by);
  await token("viewer", viewer.who);
  const { account: off } = await people.addAccount({ name: "Off", role: "viewer" }, MACHINE);
  const { secret: link } = await people.passwordLink(off.id, MACHINE);
  await people.changeAccount(off.id, { isDisabled: true });
  const named = (name: string) => people.addAccount({ name, role: "viewer" }, MACHINE);
  return Promise.all([
    thrownBy(() => people.logIn({ name: "Ann", password: "wrong" }, NOWHERE)),
    thrownBy(() => change("wrong", "quite another one")),
    ...["short", "x".repeat(600), "qwertyuiop", "my name is bob"].map((next) =>
      thrownBy(() => change(PASSWORD, next)),
    ),
    thrownBy(() => people.changePassword(MACHINE, { current: "", next: "" }, NOWHERE)),
    thrownBy(() => people.choosePassword(link, PASSWORD, NOWHERE)),
    thrownBy(() => people.join("none", "Mia", NOWHERE)),
    thrownBy(() => token("admin", viewer.who)),
    thrownBy(() => token("viewer", viewer.who)),
    thrownBy(() => token("viewer", VISITOR)),
    ...["", "x".repeat(61), "a\u200bb", "ann"].map((name) => thrownBy(() => named(name))),
    thrownBy(() => people.removeAccount(admin.account.id)),
    thrownBy(() => people.removeAccount(999)),
    thrownBy(() => people.endSession(999, MACHINE)),
    thrownBy(() => people.revokeToken(999, MACHINE)),
    thrownBy(() => people.endInvitation(999)),
  ]);
}

async function limitFailures(thrownBy: ThrownBy): Promise<Sentence[]> {
  const limits = createLogInLimits(() => 0);
  const wrong = () => limits.attempt({ address: "192.0.2.1", account: "ann" }, async () => null);
  for (let i = 0; i < 10; i++) await wrong();
  const never = createLogInLimits(() => 0);
  const waiting = Promise.withResolvers<null>();
  const wait = () => never.attempt({ address: "192.0.2.1", account: "ann" }, () => waiting.promise);
  const all = Array.from({ length: 200 }, () => wait().catch(() => null));
  const busy = await thrownBy(wait);
  waiting.resolve(null);
  await Promise.all(all);
  return [await thrownBy(wrong), busy];
}

/** What the server refuses a request with, before a route handles it. */
async function requestFailures(): Promise<Sentence[]> {
  const thrown: Sentence[] = [];
  const { deps, someone } = await createAccountsApp();
  const cookie = await someone("Lea", "labeller");
  const app = new Hono();
  app.onError((error, c) => {
    thrown.push({ message: error.message, says: saysOf(error) });
    return c.text("", 403);
  });
  const drawingLimits = { perSession: 1, perAddress: 100, visitorsPerAddress: 1 };
  app.use(identify(deps), authorise());
  app.get("/settings", (c) => c.text(""));
  app.post("/api/v1/samples", limitDrawings({ ...deps, drawingLimits }), (c) => c.text(""));
  await app.request("/settings");
  await app.request("/settings", { headers: { authorization: "Bearer tgk_none" } });
  await app.request("/settings", { headers: { cookie } });
  for (let i = 0; i < 2; i++) await app.request("/api/v1/samples", { method: "POST", headers: { cookie } });
  return thrown;
}
