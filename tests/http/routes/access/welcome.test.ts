import { expect, test } from "bun:test";
import type { Log, LogFields } from "../../../../src/lib/log.ts";
import { cookieOf, createAccountsApp, PASSWORD } from "../../../support/accounts-app.ts";

const LOCAL = { kind: "local", name: null } as const;
const TWICE = { password: PASSWORD, again: PASSWORD };

test("POST /welcome makes an admin by the link for it, once, and logs him in", async () => {
  const app = await createAccountsApp();
  const path = `/welcome/${await app.people.adminLink(LOCAL)}`;
  for (let i = 0; i < 3; i++) expect((await app.get(path)).status).toBe(200);
  const response = await app.post(path, { name: "Ann", ...TWICE });
  expect([response.status, response.headers.get("location")]).toEqual([303, "/"]);
  expect(await (await app.get("/account", cookieOf(response))).text()).toContain("Your role: admin.");
  expect((await app.get(path)).status).toBe(404);
  expect((await app.post(path, { name: "Eve", ...TWICE })).status).toBe(404);
  expect((await app.people.store.accounts()).map(({ name }) => name)).toEqual(["Ann"]);
  expect((await app.recorded("account.password"))[0]).toMatchObject({
    actor: { kind: "session", name: "Ann" },
    detail: { by: "link", role: "admin" },
  });
});

test("POST /welcome lets the owner of an account choose its password, and logs him in", async () => {
  const app = await createAccountsApp();
  const path = `/welcome/${await app.invited("Bob", "operator")}`;
  expect(await (await app.get(path)).text()).toContain("Welcome, Bob");
  const response = await app.post(path, { ...TWICE, name: "Eve" });
  expect(response.status).toBe(303);
  expect(await (await app.get("/account", cookieOf(response))).text()).toContain(
    "You are logged in as Bob. Your role: operator.",
  );
});

test.each([
  [{ password: "xyzzy", again: "xyzzy" }, "The password is too short"],
  [{ password: "correct horse annika", again: "correct horse annika" }, "contains the name of the account"],
  [{ password: PASSWORD, again: "four words are enougj" }, "The two passwords are not the same"],
])(
  "POST /welcome shows the form again with 422 and the name kept for %j, and the link still works",
  async (fields, words) => {
    const app = await createAccountsApp();
    const path = `/welcome/${await app.people.adminLink(LOCAL)}`;
    const response = await app.post(path, { name: "Annika", ...fields });
    const html = await response.text();
    expect(response.status).toBe(422);
    expect(html).toContain(words);
    expect(html).toContain('value="Annika"');
    expect(html).not.toContain(fields.password);
    expect((await app.post(path, { name: "Annika", ...TWICE })).status).toBe(303);
  },
);

test("GET /welcome and /join answer 404 in words for a link that never was, and for one of the other kind", async () => {
  const app = await createAccountsApp();
  const invitation = await app.invitation("Class 3b");
  const admin = await app.people.adminLink(LOCAL);
  for (const path of ["/welcome/none", `/welcome/${invitation}`, "/join/none", `/join/${admin}`]) {
    const response = await app.get(path);
    expect([path, response.status]).toEqual([path, 404]);
    expect(await response.text()).toContain("This link does not work any more");
  }
  expect((await app.post(`/welcome/${invitation}`, { name: "Eve", ...TWICE })).status).toBe(404);
  expect((await app.post(`/join/${admin}`, { name: "Eve" })).status).toBe(404);
  expect(await app.people.openLink(admin)).not.toBeNull();
});

test("the secret of a link is in no line of the log, and no other site and no store on the way learns of it", async () => {
  const lines: unknown[] = [];
  const keep = (message: string, fields: LogFields = {}) => void lines.push([message, fields]);
  const log: Log = {
    ...{ debug: keep, info: keep, warning: keep, error: keep },
    ...{
      of: () => log,
      with: (fields) => {
        lines.push(fields);
        return log;
      },
      hiding: () => log,
    },
  };
  const app = await createAccountsApp({ log });
  const secret = await app.people.adminLink(LOCAL);
  const response = await app.get(`/welcome/${secret}`);
  await app.post(`/welcome/${secret}`, { name: "", password: "" });
  expect(lines.length).toBeGreaterThan(1);
  expect(JSON.stringify(lines)).not.toContain(secret);
  expect(JSON.stringify(lines)).toContain("/welcome/:secret");
  expect(response.headers.get("referrer-policy")).toBe("same-origin");
  expect(response.headers.get("cache-control")).toBe("no-store");
  expect(JSON.stringify(await app.recorded("account"))).not.toContain(secret);
});
