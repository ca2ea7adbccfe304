import { describe, expect, test } from "bun:test";
import { createTestApp } from "../../support/test-app.ts";

const PATH = "/api/v1/models";

describe("GET /models", () => {
  test("lists versions, newest first, with aliases, metrics and the gate's checks", async () => {
    const { send } = await createTestApp();
    const { models } = (await (await send("GET", PATH)).json()) as { models: Record<string, unknown>[] };
    expect(models.map(({ version }) => version)).toEqual([3, 2, 1]);
    expect(models[2]).toMatchObject({ aliases: ["champion"], gate: null, parent_version: null });
    expect(models[0]).toMatchObject({ state: "rejected", gate: { passed: false }, parent_version: 2 });
    expect(models[1]).toMatchObject({ metrics: { mnist_test: { accuracy: 0.991 } } });
  });

  test("returns one version, 404 for any other", async () => {
    const { send } = await createTestApp();
    expect(await (await send("GET", `${PATH}/2`)).json()).toMatchObject({ name: "digits", version: 2 });
    const other = await send("GET", `${PATH}/rollback`);
    expect([other.status, other.headers.get("allow")]).toEqual([405, "POST"]);
    for (const version of ["9", "0", "-1", "1.0", "x", "99999999999999999999", "%00"]) {
      expect((await send("GET", `${PATH}/${version}`)).status).toBe(404);
    }
  });
});

describe("POST /models/{version}/promote", () => {
  test("moves the alias and says from where", async () => {
    const { send, registry } = await createTestApp();
    const response = await send("POST", `${PATH}/2/promote`, { reason: "better on my sevens" });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      alias: "champion",
      version: 2,
      previous_version: 1,
      action: "promote",
      by: "api",
      reason: "better on my sevens",
    });
    expect(registry.championVersion).toBe(2);
  });

  test("needs no body", async () => {
    const { send, registry } = await createTestApp();
    expect((await send("POST", `${PATH}/2/promote`)).status).toBe(200);
    expect(registry.championVersion).toBe(2);
  });

  test("is 409 when the champion is not the expected one, or it failed the gate and force is not set", async () => {
    const { send, registry } = await createTestApp();
    expect((await send("POST", `${PATH}/2/promote`, { expected_previous: 3 })).status).toBe(409);
    expect((await send("POST", `${PATH}/3/promote`, {})).status).toBe(409);
    expect(registry.championVersion).toBe(1);
    expect((await send("POST", `${PATH}/3/promote`, { force: true })).status).toBe(200);
  });

  test("is 404 for an unknown version and 422 for an invalid body", async () => {
    const { send, registry } = await createTestApp();
    expect((await send("POST", `${PATH}/9/promote`, {})).status).toBe(404);
    for (const body of [
      { force: "yes" },
      { expected_previous: 1.5 },
      { reason: "x".repeat(501) },
      { by: "eve" },
    ]) {
      expect((await send("POST", `${PATH}/2/promote`, body)).status).toBe(422);
    }
    expect(registry.championVersion).toBe(1);
  });
});

test("POST /models/rollback rolls back once, and is 409 when there is no earlier champion", async () => {
  const { send, registry } = await createTestApp();
  expect((await send("POST", `${PATH}/rollback`)).status).toBe(409);
  await send("POST", `${PATH}/2/promote`);
  const response = await send("POST", `${PATH}/rollback`, { reason: "worse" });
  expect(await response.json()).toMatchObject({ version: 1, previous_version: 2, action: "rollback" });
  expect(registry.championVersion).toBe(1);
});
