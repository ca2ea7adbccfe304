import { expect, test } from "bun:test";
import type { Role } from "../../../../src/domain/access/role.ts";
import { peopleApp } from "../../routes/people/support.ts";

const AT = "2026-01-02T03:04:05.000Z";

test("GET /api/v1/audit gives the log newest first, in pages by cursor, filtered by actor and action", async () => {
  const { get, person, people } = await peopleApp();
  const { cookie } = await person("Ann", "admin");
  for (const [n, action] of ["model.promote", "model.alias", "run.start", "model.promote"].entries()) {
    const actor = { kind: "session", name: n === 3 ? "Bob" : "Ann" } as const;
    await people.record({
      at: AT,
      actor,
      action,
      target: String(n),
      outcome: "done",
      detail: { n },
      address: null,
    });
  }
  type Page = { records: { id: number; action: string }[]; next_cursor: string | null };
  const page = async (query: string) => (await (await get(`/api/v1/audit${query}`, cookie)).json()) as Page;
  const first = await page("?limit=3");
  expect(first.records[0]).toEqual({
    ...{ id: 4, at: AT, actor: { kind: "session", name: "Bob" }, action: "model.promote" },
    ...{ target: "3", outcome: "done", detail: { n: 3 }, address: null },
  } as never);
  expect(first.next_cursor).toBe("2");
  const second = await page(`?limit=3&cursor=${first.next_cursor}`);
  expect(second).toMatchObject({ records: [{ id: 1 }], next_cursor: null });
  expect((await page("?action=model")).records.map(({ id }) => id)).toEqual([4, 2, 1]);
  expect((await page("?action=model.promote&actor=session%3AAnn")).records.map(({ id }) => id)).toEqual([1]);
  expect((await get("/api/v1/audit?limit=0", cookie)).status).toBe(422);
  expect((await get("/api/v1/audit?cursor=x", cookie)).status).toBe(422);
  expect((await get("/api/v1/audit?who=x", cookie)).status).toBe(422);
});

test.each(["viewer", "operator", "admin"] as const)(
  "GET /api/v1/me names a person with role %s, and a token of theirs",
  async (role: Role) => {
    const { app, get, person, people } = await peopleApp();
    await person("Ann", "admin");
    const { cookie } = await person("Bob", role);
    expect(await (await get("/api/v1/me", cookie)).json()).toEqual({ kind: "account", name: "Bob", role });
    const identity = (await people.ofSession(cookie.split("=")[1]!))!;
    const { secret } = await people.addToken({ name: "ci", role: "viewer", days: null }, identity);
    const byToken = await app.request("/api/v1/me", { headers: { authorization: `Bearer ${secret}` } });
    expect(await byToken.json()).toEqual({ kind: "token", name: "Bob/ci", role: "viewer" });
  },
);

test("GET /api/v1/me names guests, this machine and visitors by what they are; 401 without any", async () => {
  const { app, get, guest } = await peopleApp();
  const { cookie } = await guest("Mika");
  expect(await (await get("/api/v1/me", cookie)).json()).toEqual({
    kind: "guest",
    name: "Mika",
    role: "labeller",
  });
  const anonymous = await app.request("/api/v1/me");
  expect([anonymous.status, anonymous.headers.get("content-type")]).toEqual([
    401,
    "application/problem+json",
  ]);
  const trust = { thisMachine: true, isProxy: () => false, isEncrypted: false };
  const local = await peopleApp({ access: "local", trust });
  expect(await (await local.app.request("/api/v1/me")).json()).toEqual({
    kind: "machine",
    name: null,
    role: "admin",
  });
  const open = await peopleApp({ access: "anyone" });
  expect(await (await open.app.request("/api/v1/me")).json()).toEqual({
    kind: "visitor",
    name: null,
    role: "labeller",
  });
});
