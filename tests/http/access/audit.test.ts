import { expect, test } from "bun:test";
import { asRole } from "../../support/as-role.ts";
import { createTestApp, STROKES } from "../../support/test-app.ts";

const records = ({ deps }: Awaited<ReturnType<typeof createTestApp>>) =>
  deps.people.store.audit({ limit: 100 });

test("an action is recorded with who did it, to what, when and from where", async () => {
  const site = await createTestApp();
  const operator = await asRole(site.deps, "operator");
  await site.app.request(
    "/api/v1/scheduler/pause",
    {
      method: "POST",
      headers: { ...operator, host: "localhost", "content-type": "application/json" },
      body: JSON.stringify({ reason: "exam" }),
    },
    { peer: "127.0.0.1" },
  );
  const [record, ...more] = await records(site);
  expect(more).toEqual([]);
  expect(record).toMatchObject({
    ...{ at: "2026-01-02T03:04:05.000Z", action: "scheduler.pause", target: null, outcome: "done" },
    ...{ actor: { kind: "token", name: expect.stringContaining("operator") }, address: "127.0.0.1" },
  });
});

test("the target is the parameter of the path, of the API and of the page alike", async () => {
  const site = await createTestApp();
  const form = { "content-type": "application/x-www-form-urlencoded" };
  expect((await site.send("POST", "/api/v1/models/1/promote", {})).status).toBeLessThan(400);
  expect((await site.send("POST", "/models/1/promote", "force=true", form)).status).toBeLessThan(400);
  expect((await records(site)).map(({ action, target }) => [action, target])).toEqual([
    ["model.promote", "1"],
    ["model.promote", "1"],
  ]);
});

test("what was refused is not recorded as done, and neither are reading and single labels", async () => {
  const site = await createTestApp();
  const viewer = await asRole(site.deps, "viewer");
  await site.send("POST", "/api/v1/scheduler/pause", {}, viewer);
  await site.send("POST", "/api/v1/runs", { pipeline: "nope" });
  await site.send("GET", "/api/v1/runs");
  await site.send("POST", "/api/v1/samples", { ...STROKES, label: "1" });
  expect(await records(site)).toEqual([]);
});

test("an action stands when it cannot be recorded, and the log says so", async () => {
  const site = await createTestApp();
  site.deps.people.record = () => Promise.reject(new Error("disk full"));
  const response = await site.send("POST", "/api/v1/scheduler/pause", {});
  expect(response.status).toBeLessThan(400);
  expect(site.errors).toHaveLength(1);
});
