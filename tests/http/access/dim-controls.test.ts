import { expect, test } from "bun:test";
import { Hono } from "hono";
import { MACHINE } from "../../../src/domain/access/identity.ts";
import type { Role } from "../../../src/domain/access/role.ts";
import { dimControls } from "../../../src/http/access/dim-controls.ts";
import { createAccountsApp } from "../../support/accounts-app.ts";

/** A page as someone of a role gets it. */
async function pageFor(role: Role, html: string, type = "text/html; charset=UTF-8"): Promise<string> {
  const app = new Hono()
    .use(dimControls())
    .use(async (c, next) => {
      c.set("identity", { ...MACHINE, kind: "account", role });
      await next();
    })
    .get("/", (c) => c.body(html, 200, { "content-type": type }));
  return (await app.request("/")).text();
}

const PROMOTE =
  '<form method="post" action="/models/3/promote"><button type="submit">Promote</button></form>';

test("GET /models shows a viewer what he may not do, and an admin the page as it is, byte for byte", async () => {
  const app = await createAccountsApp();
  const [viewer, admin] = [await app.someone("Vera", "viewer"), await app.someone("Ada", "admin")];
  const html = await (await app.get("/models", viewer)).text();
  const submits = html.match(/<button[^>]*type="submit"[^>]*>/g)!;
  const acts = submits.filter((button) => !/name="(?:language|theme)"|class="language"/.test(button));
  expect(acts.length).toBeGreaterThan(0);
  for (const button of acts) {
    expect(button).toContain("disabled");
    expect(button).toContain('aria-description="Needs the role operator"');
  }
  const whole = await (await app.get("/models", admin)).text();
  expect(whole).not.toContain("data-needs-role");
  const plain = new Hono().get("/", (c) => c.html(whole));
  expect(await pageFor("admin", whole)).toBe(await (await plain.request("/")).text());
});

test.each([
  ["viewer", true],
  ["labeller", true],
  ["operator", false],
  ["admin", false],
] as const)(
  "dimControls() treats the button that promotes a model, for a %s, as disabled: %p",
  async (role, isOff) => {
    const html = await pageFor(role, PROMOTE);
    expect(html.includes(' disabled=""')).toBe(isOff);
    if (!isOff) expect(html).toBe(PROMOTE);
  },
);

test.each([
  [
    "a button with a target of its own",
    '<form method="post" action="/log-out"><button formaction="/models/rollback">x</button></form>',
  ],
  ["a button of the page's script", '<button type="button" hx-post="/scheduler/pause">x</button>'],
  ["a form of the page's script", '<form hx-post="/scheduler/pause"><button>x</button></form>'],
  [
    "a button beside its form",
    '<button form="f">x</button><form id="f" method="post" action="/samples/bulk"></form>',
  ],
  ["an input that submits", '<form method="post" action="/runs"><input type="submit" value="x"></form>'],
  ["a target with a query", '<form method="post" action="/models/rollback?x=1"><button>x</button></form>'],
  [
    "a target with the server's address",
    '<form method="post" action="http://localhost/models/rollback"><button>x</button></form>',
  ],
])("dimControls() disables %s", async (_, html) => {
  expect(await pageFor("labeller", html)).toMatch(
    /<(?:button|input)[^>]* disabled=""[^>]* title="Needs the role operator"/,
  );
});

test.each([
  ["a form that reads", '<form method="get" action="/models/rollback"><button>x</button></form>'],
  [
    "a button that opens something",
    '<form method="post" action="/models/rollback"><button type="button">x</button></form>',
  ],
  [
    "a button that leads elsewhere",
    '<form method="post" action="/models/rollback"><button formaction="/log-out">x</button></form>',
  ],
  ["a button after a form", '<form method="post" action="/models/rollback"></form><button>x</button>'],
  ["what everyone may", '<form method="post" action="/language"><button>x</button></form>'],
  [
    "what nothing is known of",
    '<form method="post" action="/nowhere"><button>x</button></form><button hx-post="http://[">',
  ],
  ["what a labeller may", '<form method="post" action="/label/grid"><button>x</button></form>'],
])("dimControls() leaves %s", async (_, html) => {
  expect(await pageFor("labeller", html)).not.toContain("disabled");
});

test("dimControls() leaves what is no page, and does not wait for the end of a stream", async () => {
  expect(await pageFor("viewer", PROMOTE, "text/plain")).toBe(PROMOTE);
  const app = new Hono()
    .use(dimControls())
    .use(async (c, next) => {
      c.set("identity", { ...MACHINE, role: "viewer" });
      await next();
    })
    .get("/", (c) => {
      const endless = new ReadableStream({
        start: (at) => at.enqueue(new TextEncoder().encode("data: 1\n\n")),
      });
      return c.body(endless, 200, { "content-type": "text/event-stream" });
    });
  const reader = (await app.request("/")).body!.getReader();
  expect(new TextDecoder().decode((await reader.read()).value)).toBe("data: 1\n\n");
  await reader.cancel();
});

test("dimControls() says in the reader's language which role is needed", async () => {
  const app = await createAccountsApp();
  const viewer = await app.someone("Vera", "viewer");
  const html = await (await app.get("/scheduler", viewer, { "accept-language": "ja" })).text();
  expect(html).toContain('title="「運用担当者」の権限が必要です"');
});

test("dimControls() disables the button that opens a question which its reader may not confirm, and not the one that closes it", async () => {
  const ask = (action: string) =>
    `<button type="button" popovertarget="ask">Delete…</button><div id="ask" popover="auto"><form method="post" action="${action}"><button type="button" popovertarget="ask" popovertargetaction="hide">Close</button><button>Delete</button></form></div>`;
  const html = await pageFor("viewer", ask("/models/3/delete"));
  expect(html).toMatch(/popovertarget="ask" disabled="" data-needs-role="operator"[^>]*>Delete…/);
  expect(html).toContain('popovertargetaction="hide">Close');
  expect(await pageFor("operator", ask("/models/3/delete"))).toBe(ask("/models/3/delete"));
  expect(await pageFor("viewer", ask("/language"))).toBe(ask("/language"));
});
