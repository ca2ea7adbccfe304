import { MACHINE } from "../../src/domain/access/identity.ts";
import type { Role } from "../../src/domain/access/role.ts";
import type { AppDeps } from "../../src/http/deps.ts";
import { createTestApp } from "./test-app.ts";

/** The password of everyone in these tests. */
export const PASSWORD = "four words are enough";

const FORM = { "content-type": "application/x-www-form-urlencoded" };

/** The cookie that a response has set, as the browser sends it back. */
export function cookieOf(response: Response): string {
  return (response.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
}

/** An application that lets in only whom it knows, with a request of any path, a form, and someone of a role. */
export async function createAccountsApp(overrides: Partial<AppDeps> = {}) {
  const test = await createTestApp({
    access: "accounts",
    trust: { thisMachine: false, isProxy: () => false, isEncrypted: true },
    ...overrides,
  });
  const { people } = test.deps;
  const get = (path: string, cookie = "", headers: Record<string, string> = {}) =>
    test.app.request(path, { headers: { cookie, ...headers } });
  const post = (path: string, fields: Record<string, string>, cookie = "", headers = {}) =>
    test.app.request(path, {
      ...{ method: "POST", body: new URLSearchParams(fields).toString() },
      headers: { ...FORM, cookie, ...headers },
    });
  const logIn = async (name: string, password = PASSWORD) =>
    cookieOf(await post("/log-in", { name, password, next: "/" }));
  return {
    ...test,
    people,
    get,
    post,
    logIn,
    /** Adds an account, without logging it in. @returns the secret of its link. */
    invited: async (name: string, role: Role) => (await people.addAccount({ name, role }, MACHINE)).secret,
    /** Adds an account with a password. @returns the cookie of a session of it. */
    async someone(name: string, role: Role) {
      const { secret } = await people.addAccount({ name, role }, MACHINE);
      await people.choosePassword(secret, PASSWORD, { address: null, agent: null });
      return logIn(name);
    },
    /** Makes an invitation. @returns its secret. */
    invitation: async (title: string, role: Role = "labeller", mostUses = 30) =>
      (await people.invite({ title, role, hours: 3, mostUses }, MACHINE)).secret,
    /** What the audit log has of an action, newest first. */
    recorded: (action: string) => people.store.audit({ limit: 100, action }),
  };
}
