import { expect, test } from "bun:test";
import { MACHINE } from "../../../src/domain/access/identity.ts";
import { asRole } from "../../support/as-role.ts";
import { createTestApp, STROKES } from "../../support/test-app.ts";

const CLOSED = { thisMachine: false, isProxy: () => false, isEncrypted: false };

/** A server on whose clock no time passes unless it is told. */
async function start(access: "accounts" | "anyone" = "accounts") {
  let nowMs = 0;
  const limits = { perSession: 3, perAddress: 7, visitorsPerAddress: 2 };
  const site = await createTestApp({
    ...{ access, trust: CLOSED, drawingLimits: limits, monotonicMs: () => nowMs, isOurHost: () => true },
  });
  let drawn = 0;
  const draw = async (headers: Record<string, string>, peer = "192.0.2.1") => {
    drawn++;
    const strokes = [
      [
        [60, 40],
        [140 + (drawn % 50), 40],
        [90, 160 + Math.floor(drawn / 50)],
      ],
    ];
    return site.app.request(
      "/api/v1/samples",
      {
        method: "POST",
        headers: { host: "localhost", "content-type": "application/json", ...headers },
        body: JSON.stringify({ ...STROKES, strokes, label: "1" }),
      },
      { peer },
    );
  };
  return { ...site, draw, pass: (ms: number) => (nowMs += ms) };
}

test("a session adds as many drawings as the limit at once, then one each time its share of a minute has passed", async () => {
  const { deps, draw, pass } = await start();
  const token = await asRole(deps, "labeller");
  for (let i = 0; i < 3; i++) expect((await draw(token)).status).toBe(201);
  const refused = await draw(token);
  expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "20"]);
  expect((await refused.json()).detail).toBe(
    "At most 3 new drawings a minute are stored from here. Try again in 20 s; to bring many at once, import them as a file",
  );
  pass(19_999);
  expect((await draw(token)).status).toBe(429);
  pass(1);
  expect((await draw(token)).status).toBe(201);
  expect((await draw(token)).status).toBe(429);
});

test("what a limit has refused is not stored", async () => {
  const { deps, draw, store } = await start();
  const token = await asRole(deps, "labeller");
  for (let i = 0; i < 10; i++) await draw(token);
  expect((await store.samples.stats()).total).toBe(3);
});

test("the sessions of one address have a limit together, and another address has its own", async () => {
  const { deps, draw } = await start();
  const tokens = await Promise.all([1, 2, 3].map(() => asRole(deps, "labeller")));
  let stored = 0;
  for (const token of tokens) for (let i = 0; i < 3; i++) if ((await draw(token)).status === 201) stored++;
  expect(stored).toBe(7);
  expect((await draw(await asRole(deps, "labeller"), "192.0.2.2")).status).toBe(201);
});

test("what the limit of a session refuses does not count for its address", async () => {
  const { deps, draw } = await start();
  const [greedy, other] = [await asRole(deps, "labeller"), await asRole(deps, "labeller")];
  for (let i = 0; i < 20; i++) await draw(greedy);
  for (let i = 0; i < 3; i++) expect((await draw(other)).status).toBe(201);
});

test("visitors have a limit of their own, which does not touch those who have logged in", async () => {
  const { deps, draw } = await start("anyone");
  expect((await draw({})).status).toBe(201);
  expect((await draw({})).status).toBe(201);
  expect((await draw({})).status).toBe(429);
  expect((await draw(await asRole(deps, "labeller"))).status).toBe(201);
});

test("programs on this machine are not limited", async () => {
  const { app, store } = await createTestApp({
    drawingLimits: { perSession: 1, perAddress: 1, visitorsPerAddress: 1 },
  });
  for (let i = 0; i < 5; i++) {
    const strokes = [
      [
        [60, 40],
        [140 + i, 40],
        [90, 160],
      ],
    ];
    const body = JSON.stringify({ ...STROKES, strokes, label: "1" });
    const headers = { "content-type": "application/json" };
    expect((await app.request("/api/v1/samples", { method: "POST", headers, body })).status).toBe(201);
  }
  expect((await store.samples.stats()).total).toBe(5);
});

test("drawings for the queue count as well, and predictions do not", async () => {
  const { deps, app, draw } = await start();
  const { secret } = await deps.people.addToken({ name: "p", role: "labeller", days: null }, MACHINE);
  const headers = { authorization: `Bearer ${secret}`, "content-type": "application/json" };
  const post = (path: string) =>
    app.request(path, { method: "POST", headers, body: JSON.stringify(STROKES) }, { peer: "192.0.2.1" });
  for (let i = 0; i < 9; i++) expect((await post("/api/v1/predict")).status).toBe(200);
  expect((await post("/api/v1/queue/drawings")).status).toBe(201);
  await draw(headers);
  await draw(headers);
  expect((await post("/api/v1/queue/drawings")).status).toBe(429);
});
