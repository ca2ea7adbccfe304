import { expect, test } from "bun:test";
import { MACHINE } from "../../../src/domain/access/identity.ts";
import { createTestApp, STROKES } from "../../support/test-app.ts";

const ORIGIN = { address: null, agent: null };

async function asGuest({ deps }: Awaited<ReturnType<typeof createTestApp>>, name: string) {
  const { secret } = await deps.people.invite(
    { title: "Class 3b", role: "labeller", hours: 1, mostUses: 5 },
    MACHINE,
  );
  const session = await deps.people.join(secret, name, ORIGIN);
  return { cookie: `tegaki-session=${session.secret}` };
}

test("a guest draws and labels by the name that was given on entering, whatever the request says", async () => {
  const site = await createTestApp();
  const guest = await asGuest(site, "Mio");
  const body = { ...STROKES, label: "1", writer: "Ken" };
  const { id } = await (await site.send("POST", "/api/v1/samples", body, guest)).json();
  const sample = await site.store.samples.get(id);
  expect(sample).toMatchObject({ writer: "Mio", actor: { kind: "session", name: "Mio" } });

  const strokes = [
    [
      [10, 10],
      [150, 150],
    ],
  ];
  await site.send("POST", "/api/v1/queue/drawings", { ...STROKES, strokes, writer: "Ken" }, guest);
  const next = { labeller: "Ken", order: "newest", n: 1, holding: [] };
  const { questions } = await (await site.send("POST", "/api/v1/queue/next", next, guest)).json();
  const answer = { labeller: "Someone", answer: { label: "1" } };
  const path = `/api/v1/queue/questions/${questions[0].id}/answer`;
  expect((await site.send("POST", path, answer, guest)).status).toBe(200);
  const { labellers } = await site.store.opinions.labellers(10);
  expect(labellers.map(({ labeller }) => labeller)).toEqual(["Mio"]);
  const { samples } = await site.store.samples.list({});
  expect(samples.map(({ writer }) => writer)).toEqual(["Mio", "Mio"]);
});

test("a program names the people that it speaks for", async () => {
  const site = await createTestApp();
  const { secret } = await site.deps.people.addToken({ name: "app", role: "labeller", days: null }, MACHINE);
  const headers = { authorization: `Bearer ${secret}` };
  const body = { ...STROKES, label: "1", writer: "Ken" };
  const { id } = await (await site.send("POST", "/api/v1/samples", body, headers)).json();
  expect(await site.store.samples.get(id)).toMatchObject({
    writer: "Ken",
    actor: { kind: "token", name: "app" },
  });
});

test("a session counts until it ends, and its cookie alone is not enough after that", async () => {
  const site = await createTestApp({
    ...{ access: "accounts", trust: { thisMachine: false, isProxy: () => false, isEncrypted: false } },
  });
  const guest = await asGuest(site, "Mio");
  expect((await site.send("GET", "/api/v1/runs", undefined, guest)).status).toBe(200);
  const [session] = await site.deps.people.store.sessions();
  await site.deps.people.endSession(session!.id, MACHINE);
  expect((await site.send("GET", "/api/v1/runs", undefined, guest)).status).toBe(401);
});

test("a token that does not work is 401 even where no account is needed, so that its program notices", async () => {
  const site = await createTestApp();
  const response = await site.send("GET", "/api/v1/runs", undefined, { authorization: "Bearer tgk_wrong" });
  expect(response.status).toBe(401);
  expect((await response.json()).detail).toContain("The token does not work");
  const other = await site.send("GET", "/api/v1/runs", undefined, { authorization: "Basic YTpi" });
  expect(other.status).toBe(200);
});
