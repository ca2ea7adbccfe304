import { expect, test } from "bun:test";
import { MACHINE } from "../../../../src/domain/access/identity.ts";
import { peopleApp, secretIn, wordsOf } from "./support.ts";

test("GET /people lists accounts with role, state and sessions, and says what each role may do", async () => {
  const { get, person, people, by } = await peopleApp();
  const { cookie } = await person("Ann", "admin");
  await people.addAccount({ name: "Béa <b>", role: "labeller" }, by);
  const response = await get("/people", cookie);
  const html = await response.text();
  const words = wordsOf(html);
  expect(response.status).toBe(200);
  expect(response.headers.get("cache-control")).toBe("no-store");
  expect(html).not.toContain("<b>");
  for (const text of [
    ...["Ann you", "Béa <b>", "Has not chosen a password yet", "Active", "192.0.2.7"],
    ...["Ann this browser", "Everyone logs in, also on this computer.", "access: accounts"],
    ...["Draw, see predictions, label, and change their own labels.", "There are no tokens."],
  ]) {
    expect(words).toContain(text);
  }
});

test("GET /people says in Japanese who needs to log in, in each access mode", async () => {
  const says = async (access: "local" | "anyone" | "accounts", thisMachine: boolean) => {
    const trust = { thisMachine, isProxy: () => false, isEncrypted: false };
    const { get, person } = await peopleApp({ access, trust });
    const { cookie } = await person("Ann", "admin");
    return wordsOf(await (await get("/people", cookie, { "accept-language": "ja" })).text());
  };
  expect(await says("local", true)).toContain("アカウントなしですべての操作ができます。");
  expect(await says("local", false)).toContain("このコンピューターからでもログインが必要です。");
  expect(await says("anyone", true)).toContain("ログインせずに手書きとラベル付けができます。");
  expect(await says("accounts", false)).toContain("このコンピューターから使う場合も含め、全員ログイン");
});

test("POST /people shows once a link with the host of the request, by which its owner chooses a password", async () => {
  const { get, post, person, people, audited } = await peopleApp();
  const { cookie } = await person("Ann", "admin");
  const response = await post("/people", cookie, { name: " Bob ", role: "operator" });
  const html = await response.text();
  const secret = secretIn(html, "welcome");
  expect(response.status).toBe(200);
  expect(html).toContain(`value="http://localhost/welcome/${secret}"`);
  expect(html).toContain('aria-label="QR code of the link"');
  expect(wordsOf(html)).toContain("It works once, until Jan 3, 2026, 3:04 AM, and is shown only now.");
  expect(await (await get("/people", cookie)).text()).not.toContain("/welcome/");
  expect(
    await people.choosePassword(secret, "a horse of iron", { address: null, agent: null }),
  ).toMatchObject({
    name: "Bob",
  });
  const [record] = await audited();
  expect(record).toMatchObject({ action: "account.make", target: "2", outcome: "done" });
  expect(record!.actor).toEqual({ kind: "session", name: "Ann" });
  expect(record!.detail).toEqual({ name: "Bob", role: "operator" });
  expect(JSON.stringify(await audited())).not.toContain(secret);
});

test("POST /people on this machine gives the addresses that other devices reach, and https where the client has it", async () => {
  const process = {
    urls: () => ["http://192.0.2.1:8000", "http://class.local:8000"],
    openCommand: "tegaki serve --open",
    quit: () => {},
  };
  const { post, person } = await peopleApp({ process });
  const { cookie } = await person("Ann", "admin");
  const html = await (await post("/people", cookie, { name: "Bob", role: "viewer" })).text();
  const secret = secretIn(html, "welcome");
  expect(html).toContain(`value="http://192.0.2.1:8000/welcome/${secret}"`);
  expect(html).toContain(`value="http://class.local:8000/welcome/${secret}"`);
  expect(html).not.toContain(`http://localhost/welcome`);
  expect(wordsOf(html)).toContain("The connection is not encrypted");

  const trust = { thisMachine: false, isProxy: () => false, isEncrypted: true };
  const encrypted = await peopleApp({ process, trust, isOurHost: () => true });
  const admin = await encrypted.person("Ann", "admin");
  const form = { name: "Bob", role: "viewer" };
  const page = await encrypted.post("/people", admin.cookie, form, { host: "class.example" });
  const text = await page.text();
  expect(text).toContain(`value="https://class.example/welcome/${secretIn(text, "welcome")}"`);
  expect(wordsOf(text)).not.toContain("The connection is not encrypted");
});

test("POST /people says that nobody else can open the link while only this machine is reached", async () => {
  const { post, person } = await peopleApp();
  const { cookie } = await person("Ann", "admin");
  const words = wordsOf(await (await post("/people", cookie, { name: "Bob", role: "viewer" })).text());
  expect(words).toContain("only this computer reaches tegaki, so the link works here only");
  expect(words).toContain("tegaki serve --http 0.0.0.0:8000 --open-to-anyone");
});

test.each([
  ["en", "ann", "labeller", 409, 'Someone else is called "ann" here.'],
  ["ja", "ＡＮＮ", "labeller", 409, "「ＡＮＮ」という名前はほかの人が使っています。"],
  ["en", "  ", "labeller", 400, "A name is needed"],
  ["en", "x".repeat(61), "labeller", 400, "The name is too long"],
  ["en", "Bob", "owner", 400, 'role: expected one of viewer, labeller, operator, admin, found "owner"'],
])(
  "POST /people says on the page, in %s, why %p is refused, and adds nobody",
  async (language, name, role, status, why) => {
    const { post, person, people, audited } = await peopleApp();
    const { cookie } = await person("Ann", "admin");
    const response = await post("/people", cookie, { name, role }, { "accept-language": language });
    const html = await response.text();
    expect([response.status, wordsOf(html).includes(why)]).toEqual([status, true]);
    expect(html).toContain(`value="${name}"`);
    expect(await people.store.accounts()).toHaveLength(1);
    expect(await audited()).toEqual([]);
  },
);

test("POST /people/:id/role changes what someone may do at once, and records from and to", async () => {
  const { get, post, person, audited } = await peopleApp();
  const [ann, bob] = [await person("Ann", "admin"), await person("Bob", "viewer")];
  expect((await get("/people", bob.cookie)).status).toBe(403);
  const response = await post(`/people/${bob.id}/role`, ann.cookie, { role: "admin" });
  expect([response.status, response.headers.get("location")]).toEqual([303, "/people?done=role"]);
  expect((await get("/people", bob.cookie)).status).toBe(200);
  expect((await audited())[0]).toMatchObject({
    ...{ action: "account.role", target: String(bob.id) },
    detail: { name: "Bob", from: "viewer", to: "admin" },
  });
  const page = await (await get("/people?done=role", ann.cookie)).text();
  expect(wordsOf(page)).toContain("The role has been changed.");
  expect(await (await get("/people?done=<x>", ann.cookie)).text()).not.toContain('class="notice"');
});

test.each([
  ["role", { role: "viewer" }],
  ["disable", {}],
  ["remove", {}],
])(
  "POST /people/:id/%s refuses one's own account, and the last admin to a program, and says why on the page (409)",
  async (act, fields) => {
    const { post, person, people, audited } = await peopleApp();
    const { id, cookie } = await person("Ann", "admin");
    await person("Bob", "operator");
    const response = await post(`/people/${id}/${act}`, cookie, fields);
    expect(response.status).toBe(409);
    expect(wordsOf(await response.text())).toContain(
      "This is your own account. Ask another admin to change it",
    );
    const token = await people.addToken({ name: "app", role: "admin", days: null }, MACHINE);
    const program = await post(`/people/${id}/${act}`, "", fields, {
      authorization: `Bearer ${token.secret}`,
    });
    expect(program.status).toBe(409);
    expect(wordsOf(await program.text())).toContain(
      "This is the last admin who can log in. Make someone else an admin first",
    );
    expect(await people.store.account(id)).toMatchObject({ role: "admin", disabledAt: null });
    expect(await audited()).toEqual([]);
  },
);

test("POST /people/:id/disable and enable: sessions end, log-in is refused, and works again", async () => {
  const { get, post, person, people, audited } = await peopleApp();
  const [ann, bob] = [await person("Ann", "admin"), await person("Bob", "viewer")];
  expect((await post(`/people/${bob.id}/disable`, ann.cookie)).status).toBe(303);
  expect((await get("/runs", bob.cookie)).headers.get("location")).toStartWith("/log-in");
  expect(wordsOf(await (await get("/people", ann.cookie)).text())).toContain("Disabled since Jan 2, 2026");
  const logIn = () =>
    people.logIn({ name: "bob", password: "viewer correct horse" }, { address: null, agent: null });
  expect(logIn()).rejects.toThrow("The name or the password is wrong");
  expect((await post(`/people/${bob.id}/enable`, ann.cookie)).status).toBe(303);
  expect((await logIn()).name).toBe("Bob");
  expect((await audited()).map(({ action }) => action)).toEqual(["account.enable", "account.disable"]);
});

test("POST /people/:id/remove asks first what happens, then ends sessions and tokens", async () => {
  const { get, post, person, people } = await peopleApp();
  const [ann, bob] = [await person("Ann", "admin"), await person("Bob", "viewer")];
  const identity = (await people.ofSession(bob.cookie.split("=")[1]!))!;
  const { secret } = await people.addToken({ name: "ci", role: "viewer", days: null }, identity);
  const words = wordsOf(await (await get("/people", ann.cookie)).text());
  for (const text of ["Remove Bob?", "Sessions end at once.", "Drawings and labels stay, under this name."]) {
    expect(words).toContain(text);
  }
  expect((await post(`/people/${bob.id}/remove`, ann.cookie)).status).toBe(303);
  expect(await people.store.account(bob.id)).toBeNull();
  expect(await people.ofToken(secret)).toBeNull();
  const again = await post(`/people/${bob.id}/remove`, ann.cookie);
  expect([again.status, wordsOf(await again.text()).includes("There is no such account any more.")]).toEqual([
    404,
    true,
  ]);
});

test("POST /people/:id/link makes a new link, and the one before stops working", async () => {
  const { post, person, people, by, audited } = await peopleApp();
  const { cookie } = await person("Ann", "admin");
  const { account, secret: first } = await people.addAccount({ name: "Bob", role: "viewer" }, by);
  const html = await (await post(`/people/${account.id}/link`, cookie)).text();
  expect(await people.openLink(first)).toBeNull();
  expect(await people.openLink(secretIn(html, "welcome"))).toMatchObject({ accountId: account.id });
  expect((await audited())[0]).toMatchObject({ action: "account.link", detail: { name: "Bob" } });
});

test("POST /people/sessions/:id/end and tokens/:id/revoke end anyone's, and record whose", async () => {
  const { get, post, person, people, audited } = await peopleApp();
  const [ann, bob] = [await person("Ann", "admin"), await person("Bob", "viewer")];
  const identity = (await people.ofSession(bob.cookie.split("=")[1]!))!;
  const { token, secret } = await people.addToken({ name: "ci", role: "viewer", days: 30 }, identity);
  const html = await (await get("/people", ann.cookie)).text();
  expect(wordsOf(html)).toContain("Revoke the token “ci”?");
  expect((await post(`/people/tokens/${token.id}/revoke`, ann.cookie)).status).toBe(303);
  expect(await people.ofToken(secret)).toBeNull();
  expect((await post(`/people/sessions/${identity.sessionId}/end`, ann.cookie)).status).toBe(303);
  expect(await people.ofSession(bob.cookie.split("=")[1]!)).toBeNull();
  expect((await audited()).map(({ action, target, detail }) => ({ action, target, detail }))).toEqual([
    { action: "session.end", target: String(identity.sessionId), detail: { account: "Bob" } },
    { action: "token.revoke", target: String(token.id), detail: { name: "ci", account: "Bob" } },
  ]);
  const revoked = wordsOf(await (await get("/people", ann.cookie)).text());
  expect(revoked).toContain("Revoked Jan 2, 2026, 3:04 AM");
  expect(revoked).not.toContain("Revoke the token");
  expect((await post("/people/sessions/999/end", ann.cookie)).status).toBe(404);
  expect((await post("/people/tokens/0x1/revoke", ann.cookie)).status).toBe(404);
});

test.each(["viewer", "labeller", "operator"] as const)(
  "/people is not for a person with role %s",
  async (role) => {
    const { get, post, person, people } = await peopleApp();
    const ann = await person("Ann", "admin");
    const { cookie } = await person("Bob", role);
    expect((await get("/people", cookie)).status).toBe(403);
    for (const path of ["/people", `/people/${ann.id}/remove`, "/people/sessions/1/end"]) {
      expect((await post(path, cookie, { name: "x", role: "admin" })).status).toBe(403);
    }
    expect(await people.store.accounts()).toHaveLength(2);
    expect(await people.store.sessions()).toHaveLength(2);
  },
);
