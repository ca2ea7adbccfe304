import { describe, expect, test } from "bun:test";
import { isAtLeast, ROLES, type Role } from "../../../src/domain/access/role.ts";
import { ruleOf } from "../../../src/http/access/rules.ts";
import { createApp } from "../../../src/http/app.ts";
import { asRole } from "../../support/as-role.ts";
import { createTestApp, type TestApp } from "../../support/test-app.ts";

/** Everyone has to log in, also this process. */
const CLOSED = {
  access: "accounts" as const,
  trust: { thisMachine: false, isProxy: () => false, isEncrypted: false },
};

/** A path that a pattern matches: parameters are filled in by what they accept. */
function pathOf(pattern: string): string {
  return pattern.replaceAll(/:(\w+)(?:\{([^/]*)\})?/g, (_, name: string, accepts: string | undefined) => {
    if (accepts === undefined) return name === "name" ? "x" : "1";
    if (accepts.includes("|")) return accepts.split("|")[0]!;
    return accepts.startsWith("[0-9a-f-]{36}") ? "01930000-0000-7000-8000-000000000001" : "1";
  });
}

function routesOf({ app }: TestApp): { method: string; path: string }[] {
  const seen = new Map<string, { method: string; path: string }>();
  for (const { method, path } of app.routes)
    if (method !== "ALL") seen.set(`${method} ${path}`, { method, path });
  return [...seen.values()];
}

/** Whether an empty request is refused for its role: what the route itself says to it does not matter. Streams are cut. */
async function isRefused({ app }: TestApp, method: string, path: string, headers: object): Promise<boolean> {
  const abort = new AbortController();
  const response = await app.request(path, {
    method,
    headers: { accept: "application/json", ...headers },
    signal: abort.signal,
  });
  // The routes to log in and of the account refuse with these, too, for other reasons.
  const isMeant =
    response.status === 401 || response.status === 403
      ? /Log in first|This needs the role/.test(await response.text())
      : false;
  await response.body?.cancel().catch(() => {});
  abort.abort();
  return isMeant;
}

const known = routesOf(await createTestApp(CLOSED));

describe.each(["nobody", ...ROLES])("%s", (who) => {
  test("is refused by each route that needs more, and by no other", async () => {
    const site = await createTestApp(CLOSED);
    // The requests are about number 1 of everything: an admin must not revoke the token that is used here.
    await asRole(site.deps, "viewer");
    const headers = who === "nobody" ? {} : await asRole(site.deps, who as Role);
    const wrong: string[] = [];
    for (const { method, path } of known) {
      const needs = ruleOf(method, path)!.needs;
      const isAllowed = needs === "open" || (who !== "nobody" && isAtLeast(who as Role, needs));
      if (isAllowed === (await isRefused(site, method, pathOf(path), headers)))
        wrong.push(`${method} ${path} needs ${needs}`);
    }
    expect(wrong).toEqual([]);
  });
});

test("a refusal changes nothing and names the role that is needed, in the language of the request", async () => {
  const site = await createTestApp(CLOSED);
  const headers = await asRole(site.deps, "viewer");
  const response = await site.send("POST", "/api/v1/models/rollback", {}, headers);
  expect(response.status).toBe(403);
  expect((await response.json()).detail).toBe(
    "This needs the role operator, and you have the role viewer. Ask an admin of this server, or log in with another account",
  );
  const ja = await site.send("POST", "/api/v1/models/rollback", {}, { ...headers, "accept-language": "ja" });
  expect((await ja.json()).detail).toContain("「運用担当者」の権限が必要");
});

test("createApp() refuses a route that nobody has decided about, naming it", async () => {
  const { deps } = await createTestApp();
  const app = createApp(deps);
  app.post("/new/:thing", (c) => c.text(""));
  const { requireRules } = await import("../../../src/http/access/authorise.ts");
  expect(() => requireRules(app)).toThrow("POST /new/:thing");
});

test("rules.ts has no rule for a route that does not exist", async () => {
  const { RULES } = await import("../../../src/http/access/rules.ts");
  const routes = new Set(known.map(({ method, path }) => `${method} ${path}`));
  // Assets are sent before anyone is asked who they are.
  expect([...RULES.keys()].filter((route) => !routes.has(route))).toEqual([]);
});

test("a page sends people who have not logged in to the page to log in, and back", async () => {
  const { app } = await createTestApp(CLOSED);
  const page = await app.request("/runs?status=failed", { headers: { accept: "text/html" } });
  expect([page.status, page.headers.get("location")]).toEqual([
    303,
    "/log-in?next=%2Fruns%3Fstatus%3Dfailed",
  ]);
  const part = await app.request("/strip", { headers: { accept: "text/html", "hx-request": "true" } });
  expect(part.status).toBe(401);
});

test("the stricter of two routes that match a path decides", async () => {
  const site = await createTestApp(CLOSED);
  const headers = await asRole(site.deps, "operator");
  // Also matches GET /samples/:id, which a viewer may read.
  expect((await site.send("GET", "/samples/forget?writer=a", undefined, headers)).status).toBe(403);
});

test("HEAD needs what GET needs, and a method that a path does not allow tells a stranger nothing", async () => {
  const site = await createTestApp(CLOSED);
  expect((await site.send("HEAD", "/api/v1/runs")).status).toBe(401);
  expect((await site.send("PUT", "/api/v1/runs")).status).toBe(401);
  expect((await site.send("GET", "/nowhere")).status).toBe(303);
  const viewer = await asRole(site.deps, "viewer");
  expect((await site.send("PUT", "/api/v1/runs", undefined, viewer)).status).toBe(405);
  expect((await site.send("GET", "/api/v1/nowhere", undefined, viewer)).status).toBe(404);
});
