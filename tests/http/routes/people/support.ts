import type { Role } from "../../../../src/domain/access/role.ts";
import type { AppDeps } from "../../../../src/http/deps.ts";
import { createTestApp } from "../../../support/test-app.ts";

/** An application in which people log in. */
export async function peopleApp(overrides: Partial<AppDeps> = {}) {
  const { app, deps, store } = await createTestApp({
    access: "accounts",
    trust: { thisMachine: false, isProxy: () => false, isEncrypted: false },
    ...overrides,
  });
  const { people } = deps;
  const system = {
    kind: "machine",
    role: "admin",
    name: null,
    accountId: null,
    sessionId: null,
    since: null,
  } as const;
  const by = { ...system, actor: { kind: "local", name: null } as const };

  /** Adds someone who has chosen a password. @returns the cookie of a session, and the id. */
  async function person(name: string, role: Role) {
    const { account, secret } = await people.addAccount({ name, role }, by);
    const { secret: session } = await people.choosePassword(secret, `${role} correct horse`, FROM);
    return { id: account.id, cookie: `tegaki-session=${session}` };
  }

  /** Lets a guest in by an invitation. @returns the cookie of the session, its invitation and its id. */
  async function guest(name: string, title = "Class 3b") {
    const { link, secret } = await people.invite({ title, role: "labeller", hours: 4, mostUses: 40 }, by);
    const begun = await people.join(secret, name, FROM);
    const session = (await people.store.sessions()).find((one) => one.name === name)!;
    return { cookie: `tegaki-session=${begun.secret}`, link, id: session.id };
  }

  const headersOf = (cookie: string, more: Record<string, string> = {}) => ({ cookie, ...more });
  const get = (path: string, cookie: string, more: Record<string, string> = {}) =>
    app.request(path, { headers: headersOf(cookie, more) });
  const post = (
    path: string,
    cookie: string,
    fields: Record<string, string> = {},
    more: Record<string, string> = {},
  ) =>
    app.request(path, {
      method: "POST",
      body: new URLSearchParams(fields),
      headers: headersOf(cookie, more),
    });
  const audited = () => people.store.audit({ limit: 100 });

  return { app, deps, store, people, by, person, guest, get, post, audited };
}

/** From where people come. */
const FROM = { address: "192.0.2.7", agent: "Test" };

/** The text of a page, without tags and with entities as characters. */
export function wordsOf(html: string): string {
  return html
    .replaceAll(/<svg.*?<\/svg>|<[^>]+>/gs, " ")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&")
    .replaceAll(/\s+/g, " ");
}

/** The secret of the link of this path that a page shows. */
export function secretIn(html: string, path: "welcome" | "join"): string {
  const secret = new RegExp(`/${path}/([\\w-]{43})"`).exec(html)?.[1];
  if (secret === undefined) throw new Error(`The page has no link to /${path}`);
  return secret;
}
