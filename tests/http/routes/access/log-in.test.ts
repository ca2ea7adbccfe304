import { expect, test } from "bun:test";
import { MACHINE } from "../../../../src/domain/access/identity.ts";
import { cookieOf, createAccountsApp, PASSWORD } from "../../../support/accounts-app.ts";

test("POST /log-in keeps a session that scripts cannot read, records who it was, and goes to the page that was asked for", async () => {
  const app = await createAccountsApp();
  await app.someone("Ann", "viewer");
  const response = await app.post("/log-in", { name: "ann", password: PASSWORD, next: "/models?x=1" });
  expect([response.status, response.headers.get("location")]).toEqual([303, "/models?x=1"]);
  expect(response.headers.get("set-cookie")).toContain("HttpOnly");
  expect((await app.get("/account", cookieOf(response))).status).toBe(200);
  expect((await app.recorded("session.start"))[0]).toMatchObject({
    actor: { kind: "session", name: "Ann" },
    outcome: "done",
  });
});

test("POST /log-in shows the form again with 401, the name kept and the reason announced, when the password is wrong", async () => {
  const app = await createAccountsApp();
  await app.someone("Ann", "viewer");
  const response = await app.post("/log-in", { name: "Ann", password: "wrong wrong wrong", next: "/runs" });
  const html = await response.text();
  expect(response.status).toBe(401);
  expect(html).toContain('role="alert">The name or the password is wrong</p>');
  expect(html).toContain('value="Ann"');
  expect(html).toContain('name="next" value="/runs"');
  expect(html).not.toContain("wrong wrong wrong");
  expect(response.headers.get("set-cookie")).toBeNull();
});

test("POST /log-in records a refusal with the name of an account, and never what was typed when there is none", async () => {
  const app = await createAccountsApp();
  await app.someone("Ann", "viewer");
  await app.post("/log-in", { name: "ANN", password: "wrong wrong" });
  await app.post("/log-in", { name: "my secret password", password: "Ann" });
  const [none, ann] = await app.recorded("session.start");
  expect(ann).toMatchObject({ outcome: "refused", detail: { account: "Ann" } });
  expect(none).toMatchObject({ outcome: "refused", detail: {} });
  expect(JSON.stringify(await app.recorded("session"))).not.toContain("secret password");
});

test("POST /log-in answers 429 with the time to wait after ten wrong passwords, in words and in Retry-After", async () => {
  const app = await createAccountsApp();
  await app.someone("Ann", "viewer");
  for (let i = 0; i < 10; i++) await app.post("/log-in", { name: "Ann", password: "wrong" });
  const response = await app.post("/log-in", { name: "Ann", password: PASSWORD });
  expect(response.status).toBe(429);
  const seconds = response.headers.get("retry-after");
  expect(Number(seconds)).toBeGreaterThan(0);
  expect(await response.text()).toContain(`Too many wrong attempts. Try again in ${seconds} s`);
});

test.each([
  "https://elsewhere.example/",
  "//elsewhere.example",
  "/\\elsewhere.example",
  "/log-in?next=/",
  "/log-out",
])("POST /log-in goes to the Draw page when it is asked to go to %s", async (next) => {
  const app = await createAccountsApp();
  await app.someone("Ann", "viewer");
  const response = await app.post("/log-in", { name: "Ann", password: PASSWORD, next });
  expect(response.headers.get("location")).toBe("/");
});

test("POST /log-in ends the session that the browser had before", async () => {
  const app = await createAccountsApp();
  const ann = await app.someone("Ann", "viewer");
  await app.someone("Bob", "viewer");
  await app.post("/log-in", { name: "Bob", password: PASSWORD }, ann);
  expect((await app.get("/account", ann)).status).toBe(303);
});

test("GET /log-in says how an admin comes to be while there is none, and asks for no password while nobody has one", async () => {
  const app = await createAccountsApp();
  const before = await (await app.get("/log-in")).text();
  expect(before).toContain("tegaki access reset");
  expect(before).not.toContain('type="password"');
  await app.someone("Ann", "viewer");
  const between = await (await app.get("/log-in")).text();
  expect(between).toContain("tegaki access reset");
  expect(between).toContain('type="password"');
  await app.someone("Bob", "admin");
  expect(await (await app.get("/log-in")).text()).not.toContain("tegaki access reset");
});

test("GET /log-in says as whom one is logged in, with a way on and a way out", async () => {
  const app = await createAccountsApp();
  const ann = await app.someone("Ann", "operator");
  const html = await (await app.get("/log-in?next=/runs", ann)).text();
  expect(html).toContain("You are logged in as Ann. Your role: operator.");
  expect(html).toContain('href="/runs"');
  expect(html).toContain('action="/log-out"');
  expect(html).not.toContain('type="password"');
});

test("GET /log-in warns that the password can be read when the connection is not encrypted, and only then", async () => {
  const trust = { thisMachine: false, isProxy: () => false };
  const page = async (isEncrypted: boolean, host: string) => {
    const app = await createAccountsApp({ trust: { ...trust, isEncrypted }, isOurHost: () => true });
    await app.someone("Ann", "admin");
    return (await app.get("/log-in", "", { host })).text();
  };
  expect(await page(false, "tegaki.example")).toContain("This connection is not encrypted");
  expect(await page(true, "tegaki.example")).not.toContain("This connection is not encrypted");
  expect(await page(false, "localhost")).not.toContain("This connection is not encrypted");
});

test("GET /log-in shows nothing of the project to someone who is not in, and is kept by nobody", async () => {
  const app = await createAccountsApp();
  const response = await app.get("/log-in", "", { "accept-language": "ja" });
  const html = await response.text();
  expect(html).toContain("ログイン");
  expect(html).not.toContain("<nav");
  expect(html).not.toContain("home-strip");
  expect(response.headers.get("cache-control")).toBe("no-store");
});

test("POST /log-out ends the session and lets the browser forget it", async () => {
  const app = await createAccountsApp();
  const ann = await app.someone("Ann", "viewer");
  const response = await app.post("/log-out", {}, ann);
  expect([response.status, response.headers.get("location")]).toEqual([303, "/log-in"]);
  expect(response.headers.get("set-cookie")).toContain("Max-Age=0");
  expect((await app.get("/account", ann)).headers.get("location")).toBe("/log-in?next=%2Faccount");
  expect(await app.recorded("session.end")).toHaveLength(1);
});

test("POST /log-out does and records nothing without a session", async () => {
  const app = await createAccountsApp();
  expect((await app.post("/log-out", {})).status).toBe(303);
  expect(await app.recorded("session.end")).toEqual([]);
});

test("GET /log-in tells someone whose session has ended, and what a guest can do; nobody else", async () => {
  const { app, deps } = await createAccountsApp();
  const { secret } = await deps.people.invite(
    { title: "3b", role: "labeller", hours: 4, mostUses: 9 },
    MACHINE,
  );
  const { secret: session } = await deps.people.join(secret, "Ken", { address: null, agent: null });
  const page = async (cookie?: string) =>
    (await app.request("/log-in", { headers: cookie === undefined ? {} : { cookie } })).text();
  const cookie = `tegaki-session=${session}`;
  expect(await page(cookie)).not.toContain("no longer logged in here");
  const [link] = await deps.people.store.invitations();
  await deps.people.endInvitation(link!.id);
  expect(await page(cookie)).toContain("If you came by an invitation, it may have ended");
  expect(await page()).not.toContain("no longer logged in here");
});
