import { expect, test } from "bun:test";
import type { Role } from "../../../../src/domain/access/role.ts";
import { cookieOf, createAccountsApp } from "../../../support/accounts-app.ts";

const LINKS = ["/settings", "/server", "/webhooks", "/people", "/people/invitations", "/account"];

const linksOf = (html: string) => LINKS.filter((href) => html.includes(`<a href="${href}"`));

test.each([
  ["viewer", ["/account"]],
  ["labeller", ["/account"]],
  ["operator", ["/settings", "/server", "/webhooks", "/people/invitations", "/account"]],
  ["admin", ["/settings", "/server", "/webhooks", "/people", "/account"]],
] as [Role, string[]][])("a page leads a %s only to pages that he may open: %j", async (role, links) => {
  const app = await createAccountsApp();
  const html = await (await app.get("/runs", await app.someone("Ann", role))).text();
  expect(linksOf(html)).toEqual(links);
});

test("the head of a page names who is logged in, with the way to the account and the way out", async () => {
  const app = await createAccountsApp();
  const html = await (await app.get("/", await app.someone("Ann", "labeller"))).text();
  expect(html).toContain('<a class="who-name" href="/account" title="Ann"><strong>Ann</strong>');
  expect(html).toContain(">labeller<");
  expect(html).toContain('action="/log-out"');
});

test("the head of a page names a guest as he called himself, with markup as text", async () => {
  const app = await createAccountsApp();
  const response = await app.post(`/join/${await app.invitation("Class 3b")}`, { name: "<b>Mia" });
  const html = await (await app.get("/", cookieOf(response))).text();
  expect(html).toContain("<strong>&lt;b&gt;Mia</strong>");
});

test("the head of a page offers a visitor to log in, and to return to the page", async () => {
  const app = await createAccountsApp({ access: "anyone" });
  const html = await (await app.get("/runs?tag=a")).text();
  expect(html).toContain('href="/log-in?next=%2Fruns%3Ftag%3Da"');
  expect(html).not.toContain('action="/log-out"');
});

test("a page has nothing about logging in on the computer on which tegaki runs", async () => {
  const trust = { thisMachine: true, isProxy: () => false, isEncrypted: false };
  const app = await createAccountsApp({ trust });
  const html = await (await app.get("/runs")).text();
  expect(html).not.toContain("/log-");
  expect(linksOf(html)).toEqual(["/settings", "/server", "/webhooks", "/people", "/account"]);
});

test("an error page for someone who is not in leads to the page to log in, and to no page that is closed", async () => {
  const app = await createAccountsApp();
  const headers = { referer: "http://localhost/runs?tag=a" };
  const response = await app.post("/runs", {}, "", headers);
  const html = await response.text();
  expect(response.status).toBe(401);
  expect(html).toContain('href="/log-in?next=%2Fruns%3Ftag%3Da"');
  expect(html).not.toContain('<a href="/runs"');
  expect(html).not.toContain("<nav");
});

test("a fragment that a page requests on its own never takes the page away; what someone does leads to the page to log in", async () => {
  const app = await createAccountsApp();
  const headers = { "hx-request": "true", "hx-current-url": "http://localhost/runs?tag=a" };
  const polled = await app.get("/strip", "", headers);
  expect([polled.status, polled.headers.get("hx-reswap"), polled.headers.get("hx-redirect")]).toEqual([
    401,
    "none",
    null,
  ]);
  const done = await app.post("/scheduler/pause", {}, "", headers);
  expect([done.status, done.headers.get("hx-redirect")]).toEqual([401, "/log-in?next=%2Fruns%3Ftag%3Da"]);
  const viewer = await app.someone("Vera", "viewer");
  const refused = await app.post("/scheduler/pause", {}, viewer, headers);
  expect([refused.status, refused.headers.get("hx-reswap"), refused.headers.get("hx-redirect")]).toEqual([
    403,
    "none",
    null,
  ]);
});
