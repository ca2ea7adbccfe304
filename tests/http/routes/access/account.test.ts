import { expect, test } from "bun:test";
import { MACHINE } from "../../../../src/domain/access/identity.ts";
import { cookieOf, createAccountsApp, PASSWORD } from "../../../support/accounts-app.ts";

const LINUX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

test("GET /account names the reader and says what he may do, for each kind of reader", async () => {
  const app = await createAccountsApp();
  const ann = await app.someone("Ann", "operator");
  const mia = cookieOf(await app.post(`/join/${await app.invitation("Class 3b")}`, { name: "Mia" }));
  const { secret } = await app.people.addToken({ name: "robot", role: "viewer", days: null }, MACHINE);
  const token = await app.get("/account", "", { authorization: `Bearer ${secret}` });
  expect(await (await app.get("/account", ann)).text()).toContain("decide which model answers.");
  const guest = await (await app.get("/account", mia)).text();
  expect(guest).toContain("You are here as Mia, by an invitation. Your role: labeller.");
  expect(guest).not.toContain('type="password"');
  expect(guest).not.toContain("/account/tokens");
  expect(await token.text()).toContain("This request has the token robot. Its role: viewer.");
  const open = await createAccountsApp({ access: "anyone" });
  expect(await (await open.get("/account")).text()).toContain("Anyone may draw and label here.");
  const trust = { thisMachine: true, isProxy: () => false, isEncrypted: false };
  const here = await createAccountsApp({ trust });
  expect(await (await here.get("/account")).text()).toContain(
    "it needs no account, and you may do everything",
  );
});

test("POST /account/password changes it, keeps this browser and logs all others out", async () => {
  const app = await createAccountsApp();
  const [here, there] = [await app.someone("Ann", "viewer"), await app.logIn("Ann")];
  const fields = { current: PASSWORD, password: "quite another one", again: "quite another one" };
  const response = await app.post("/account/password", fields, here);
  expect([response.status, response.headers.get("location")]).toEqual([303, "/account?done=password"]);
  const page = await (await app.get("/account?done=password", cookieOf(response))).text();
  expect(page).toContain("The password is changed. All other browsers are logged out.");
  for (const old of [here, there]) expect((await app.get("/account", old)).status).toBe(303);
  expect(await app.logIn("Ann")).toBe("");
  expect(await app.logIn("Ann", "quite another one")).not.toBe("");
});

test.each([
  [
    { current: "wrong", password: "quite another one", again: "quite another one" },
    "The current password is wrong",
  ],
  [
    { current: PASSWORD, password: "quite another one", again: "quite an other" },
    "The two passwords are not the same",
  ],
  [{ current: PASSWORD, password: "qwertyuiop", again: "qwertyuiop" }, "among those that are tried first"],
])("POST /account/password changes nothing and says why for %j", async (fields, words) => {
  const app = await createAccountsApp();
  const ann = await app.someone("Ann", "viewer");
  const response = await app.post("/account/password", fields, ann);
  expect(response.status).toBe(422);
  expect(await response.text()).toContain(words);
  expect(await app.logIn("Ann")).not.toBe("");
  expect((await app.recorded("account.password")).filter(({ actor }) => actor.name === "Ann")).toEqual([]);
});

test("GET /account lists where one is logged in, in short words, and POST …/end logs one of them out", async () => {
  const app = await createAccountsApp();
  const here = await app.someone("Ann", "viewer");
  const linux = await app.post("/log-in", { name: "Ann", password: PASSWORD }, "", { "user-agent": LINUX });
  const page = await (await app.get("/account", here)).text();
  expect(page).toContain("Firefox on Linux");
  expect(page.match(/>this browser</g)).toHaveLength(1);
  const sessions = await app.people.store.sessions();
  const other = sessions.find(({ agent }) => agent === LINUX)!;
  const response = await app.post(`/account/sessions/${other.id}/end`, {}, here);
  expect(response.headers.get("location")).toBe("/account?done=session");
  expect((await app.get("/account", cookieOf(linux))).status).toBe(303);
  expect((await app.get("/account", here)).status).toBe(200);
});

test("POST /account/sessions/:id/end ends the session of this browser, and none of someone else", async () => {
  const app = await createAccountsApp();
  const [ann, bob] = [await app.someone("Ann", "operator"), await app.someone("Bob", "viewer")];
  const own = (await app.people.store.sessions()).find(({ name }) => name === "Bob")!;
  expect((await app.post(`/account/sessions/${own.id}/end`, {}, ann)).status).toBe(404);
  expect((await app.post("/account/sessions/x/end", {}, ann)).status).toBe(404);
  expect((await app.get("/account", bob)).status).toBe(200);
  const response = await app.post(`/account/sessions/${own.id}/end`, {}, bob);
  expect(response.headers.get("location")).toBe("/log-in");
  expect((await app.get("/account", bob)).status).toBe(303);
});

test("POST /account/tokens shows the secret once, with a command that works, and POST …/revoke ends it", async () => {
  const app = await createAccountsApp();
  const ann = await app.someone("Ann", "operator");
  const made = await app.post("/account/tokens", { name: "robot", role: "labeller", days: "30" }, ann);
  const page = await made.text();
  const secret = /value="(tgk_[\w-]+)"/.exec(page)![1]!;
  expect(made.headers.get("cache-control")).toBe("no-store");
  expect(page).toContain(`curl -H &#39;Authorization: Bearer ${secret}&#39; https://localhost/api/v1/runs`);
  expect(await (await app.get("/account", ann)).text()).not.toContain(secret);
  const headers = { authorization: `Bearer ${secret}` };
  expect((await app.get("/api/v1/runs", "", headers)).status).toBe(200);
  const [token] = await app.people.store.tokens();
  expect(token).toMatchObject({ name: "robot", role: "labeller", expiresAt: "2026-02-01T03:04:05.000Z" });
  expect((await app.recorded("token.make"))[0]).toMatchObject({
    ...{ target: String(token!.id), detail: { name: "robot", role: "labeller" } },
  });
  await app.post(`/account/tokens/${token!.id}/revoke`, {}, ann);
  expect((await app.get("/api/v1/runs", "", headers)).status).toBe(401);
  expect(await (await app.get("/account", ann)).text()).toContain(">revoked<");
});

test("POST /account/tokens refuses a role above one's own, and a name that is taken, and keeps what was typed", async () => {
  const app = await createAccountsApp();
  const ann = await app.someone("Ann", "labeller");
  const above = await app.post("/account/tokens", { name: "robot", role: "admin", days: "never" }, ann);
  expect(above.status).toBe(403);
  expect(await above.text()).toContain("Role admin is above labeller");
  await app.post("/account/tokens", { name: "robot", role: "viewer", days: "never" }, ann);
  const twice = await app.post("/account/tokens", { name: "robot", role: "viewer", days: "never" }, ann);
  expect(twice.status).toBe(409);
  expect(await twice.text()).toContain('value="robot"');
  expect(await app.people.store.tokens()).toHaveLength(1);
});

test("POST /account/tokens refuses those who do not stay: a guest, a visitor and a token", async () => {
  const app = await createAccountsApp();
  const mia = cookieOf(await app.post(`/join/${await app.invitation("Class 3b")}`, { name: "Mia" }));
  const { secret } = await app.people.addToken({ name: "robot", role: "admin", days: null }, MACHINE);
  const fields = { name: "mine", role: "viewer", days: "never" };
  expect((await app.post("/account/tokens", fields, mia)).status).toBe(403);
  const headers = { authorization: `Bearer ${secret}` };
  expect((await app.post("/account/tokens", fields, "", headers)).status).toBe(403);
  const open = await createAccountsApp({ access: "anyone" });
  expect((await open.post("/account/tokens", fields)).status).toBe(403);
  expect(
    [await app.people.store.tokens(), await open.people.store.tokens()].map((all) => all.length),
  ).toEqual([1, 0]);
});

test("GET /account shows the machine its own tokens, and nobody else's", async () => {
  const trust = { thisMachine: true, isProxy: () => false, isEncrypted: false };
  const app = await createAccountsApp({ trust });
  const ann = await app.someone("Ann", "viewer");
  await app.post("/account/tokens", { name: "of-ann", role: "viewer", days: "never" }, ann);
  await app.post("/account/tokens", { name: "of-machine", role: "admin", days: "never" });
  const page = await (await app.get("/account")).text();
  expect(page).toContain("of-machine");
  expect(page).not.toContain("of-ann");
  expect(await (await app.get("/account", ann)).text()).not.toContain("of-machine");
});
