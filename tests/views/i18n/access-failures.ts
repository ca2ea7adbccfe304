import type { Context } from "hono";
import { createLogInLimits } from "../../../src/access/log-in-limits.ts";
import { MACHINE } from "../../../src/domain/access/identity.ts";
import { ROLES } from "../../../src/domain/access/role.ts";
import { requireRole } from "../../../src/http/access/authorise.ts";
import { limitDrawings } from "../../../src/http/access/drawing-limits.ts";
import { identify } from "../../../src/http/access/identity.ts";
import { ownDrawings } from "../../../src/http/access/own-drawings.ts";
import type { Sentence } from "../../../src/lib/saying.ts";
import { peopleService } from "../../access/support.ts";
import { newSample } from "../../storage/helpers.ts";
import { createTestApp } from "../../support/test-app.ts";

type ThrownBy = (work: () => unknown) => Promise<Sentence>;

const FROM = { address: "192.0.2.7", agent: null };
const PASSWORD = "four words of iron";
const CI = { kind: "token", name: "ci" } as const;
const LABELLER = { ...MACHINE, ...CI, role: "labeller", actor: CI } as const;

/** Why people and programs are refused, by the code that refuses them. */
export async function accessFailures(thrownBy: ThrownBy): Promise<Sentence[]> {
  return [
    ...(await peopleFailures(thrownBy)),
    ...(await limitFailures(thrownBy)),
    ...(await requestFailures(thrownBy)),
  ];
}

async function peopleFailures(thrownBy: ThrownBy): Promise<Sentence[]> {
  const { people } = await peopleService();
  const add = (name: string) => people.addAccount({ name, role: "admin" }, MACHINE);
  const { account, secret } = await add("Annette");
  const begun = await people.choosePassword(secret, PASSWORD, FROM);
  const who = (await people.ofSession(begun.secret))!;
  const disabled = await add("Bob");
  await people.changeAccount(disabled.account.id, { isDisabled: true }, MACHINE);
  const { secret: link } = await people.passwordLink(account.id, MACHINE);
  const token = (name: string) => people.addToken({ name, role: "viewer", days: null }, who);
  await token("ci");
  const weak = ["short", "x1y".repeat(200), "aaaaaaaaaaaa", "I am annette"];
  const tries: (() => unknown)[] = [
    ...["", "x".repeat(61), "a\u200bb", "annette"].map((name) => () => add(name)),
    ...weak.map((password) => () => people.choosePassword(link, password, FROM)),
    () => people.logIn({ name: "Annette", password: "wrong" }, FROM),
    () => people.changePassword(who, { current: "wrong", next: PASSWORD }, FROM),
    () => people.changePassword(MACHINE, { current: "", next: PASSWORD }, FROM),
    () => people.choosePassword(disabled.secret, PASSWORD, FROM),
    () => people.choosePassword("unknown", PASSWORD, FROM),
    () => people.addToken({ name: "x", role: "admin", days: null }, { ...who, role: "labeller" }),
    () => people.addToken({ name: "x", role: "viewer", days: null }, LABELLER),
    () => token("ci"),
    () => people.removeAccount(account.id, MACHINE),
    () => people.removeAccount(account.id, who),
    () => people.removeAccount(99, MACHINE),
    () => people.endSession(99, MACHINE),
    () => people.revokeToken(99, MACHINE),
    () => people.endInvitation(99),
  ];
  const found: Sentence[] = [];
  for (const work of tries) found.push(await thrownBy(work));
  return found;
}

async function limitFailures(thrownBy: ThrownBy): Promise<Sentence[]> {
  const limits = createLogInLimits(() => 0);
  const wrong = (address: string) => limits.attempt({ address, account: address }, async () => null);
  for (let n = 0; n < 10; n++) await wrong("192.0.2.1");
  const never = () => new Promise<null>(() => {});
  const busy = createLogInLimits(() => 0);
  for (let n = 0; n < 200; n++) void busy.attempt({ address: `a${n}`, account: `x${n}` }, never);
  const few = { perSession: 1, perAddress: 9, visitorsPerAddress: 9 };
  const limited = limitDrawings({ drawingLimits: few, monotonicMs: () => 0 });
  const c = contextOf({ identity: LABELLER, client: { address: null } });
  await limited(c, async () => {});
  return [
    await thrownBy(() => wrong("192.0.2.1")),
    await thrownBy(() => busy.attempt({ address: null, account: "x" }, never)),
    await thrownBy(() => limited(c, async () => {})),
  ];
}

async function requestFailures(thrownBy: ThrownBy): Promise<Sentence[]> {
  const { deps, store } = await createTestApp();
  const { sample } = await store.samples.insert(newSample());
  const needs = ROLES.slice(1).map((needed, n) =>
    thrownBy(() => requireRole(contextOf({ identity: { ...MACHINE, role: ROLES[n]! } }), needed)),
  );
  const wrongToken = contextOf({}, { authorization: "Bearer tgk_x" });
  return [
    ...(await Promise.all(needs)),
    await thrownBy(() => requireRole(contextOf({ identity: null }), "viewer")),
    await thrownBy(() => identify(deps)(wrongToken, async () => {})),
    await thrownBy(() => ownDrawings(deps)(contextOf({ identity: LABELLER }, {}, sample.id), async () => {})),
  ];
}

/** A request with these variables, headers and this id. */
function contextOf(
  variables: Readonly<Record<string, unknown>>,
  headers: Readonly<Record<string, string>> = {},
  id = "",
): Context {
  const raw = new Request("http://localhost/", { headers });
  return {
    get: (name: string) => variables[name],
    set: () => {},
    req: { raw, url: raw.url, header: (name: string) => raw.headers.get(name) ?? undefined, param: () => id },
  } as unknown as Context;
}
