import { expect, test } from "bun:test";
import { project } from "../../config/project.ts";
import { asRole } from "../../support/as-role.ts";
import { projectSettings } from "../../support/project-settings.ts";
import { createTestApp } from "../../support/test-app.ts";

const PATH = "/api/v1/settings";

async function start() {
  const dir = await project();
  const { settings, live } = await projectSettings({
    dir,
    environ: { TEGAKI_SERVER__GATE__MARGIN: "0.01" },
  });
  const { send, deps } = await createTestApp({ settings });
  const state = async () => (await send("GET", PATH)).json();
  return { send, deps, live, state };
}

test("GET /api/v1/settings lists values, bounds, effects and locks", async () => {
  const { state } = await start();
  const { file, hash, can_change, settings } = await state();
  expect({ file, hash, can_change }).toEqual({
    file: "conf/local/server.yml",
    hash: "absent",
    can_change: true,
  });
  expect(settings.find(({ key }: { key: string }) => key === "gate.margin")).toEqual({
    ...{
      key: "gate.margin",
      value: 0.01,
      in_use: 0.01,
      default: 0.002,
      is_set: false,
      type: "number",
      min: 0,
      max: 1,
    },
    ...{ choices: null, takes_effect: "now" },
    locked_by: { by: "variable", name: "TEGAKI_SERVER__GATE__MARGIN" },
  });
});

test("PUT /api/v1/settings changes what the server uses, and responds with the diff", async () => {
  const { send, live, state } = await start();
  const { hash } = await state();
  const values = { "scheduler.triggers.new_samples": 50, "scheduler.triggers.cron": "0 3 * * *" };
  const dry = await send("PUT", PATH, { hash, values, dry_run: true });
  expect(dry.status).toBe(200);
  expect(live.current().scheduler.triggers.new_samples).toBe(500);

  const response = await send("PUT", PATH, { hash, values });
  expect(response.status).toBe(200);
  const { changed, diff, hash: next } = await response.json();
  expect(changed).toEqual(["scheduler.triggers.new_samples", "scheduler.triggers.cron"]);
  expect(diff.map(({ text }: { text: string }) => text)).toContain('    cron: "0 3 * * *"');
  expect(live.current().scheduler.triggers).toMatchObject({ new_samples: 50, cron: "0 3 * * *" });
  expect((await state()).hash).toBe(next);
});

test("PUT /api/v1/settings responds with 422 and each field, with 409 after another change, and writes nothing", async () => {
  const { send, live, state } = await start();
  const { hash } = await state();
  const invalid = await send("PUT", PATH, { hash, values: { "gate.threshold": 2, "gate.margin": 0.5 } });
  expect(invalid.status).toBe(422);
  expect((await invalid.json()).errors).toEqual([
    { path: "values.gate.margin", message: "is set by TEGAKI_SERVER__GATE__MARGIN. Change it there" },
  ]);
  const outside = await send("PUT", PATH, { hash, values: { "gate.threshold": 2 } });
  expect((await outside.json()).errors).toEqual([
    { path: "values.gate.threshold", message: "must be at most 1, found 2" },
  ]);
  const unknown = await send("PUT", PATH, { hash, values: { "gate.treshold": 0.5 } });
  expect(unknown.status).toBe(422);
  const stale = await send("PUT", PATH, { hash: "other", values: { "gate.threshold": 0.5 } });
  expect(stale.status).toBe(409);
  expect((await state()).hash).toBe("absent");
  expect(live.current().gate.threshold).toBe(0.98);
});

test("PUT /api/v1/settings removes the keys of `reset`, and null stays a value", async () => {
  const { send, live, state } = await start();
  const values = { "scheduler.triggers.new_samples": null, "gate.threshold": 0.9 };
  const { hash } = await (await send("PUT", PATH, { hash: "absent", values })).json();
  expect(live.current().scheduler.triggers.new_samples).toBeNull();
  const reset = ["scheduler.triggers.new_samples", "models.keep"];
  const response = await send("PUT", PATH, { hash, reset });
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({
    changed: ["scheduler.triggers.new_samples"],
    reset: ["scheduler.triggers.new_samples"],
  });
  expect(live.current()).toMatchObject({
    scheduler: { triggers: { new_samples: 500 } },
    gate: { threshold: 0.9 },
  });
  const { settings } = await state();
  const isSet = (wanted: string) => settings.find(({ key }: { key: string }) => key === wanted).is_set;
  expect(["gate.threshold", "scheduler.triggers.new_samples"].map(isSet)).toEqual([true, false]);
});

test("PUT /api/v1/settings refuses a `reset` of a locked, an unknown and a set key, each at its place", async () => {
  const { send, state } = await start();
  const errorsOf = async (body: object) => {
    const response = await send("PUT", PATH, { hash: "absent", ...body });
    expect(response.status).toBe(422);
    return (await response.json()).errors;
  };
  expect(
    await errorsOf({ values: { "gate.threshold": 0.5 }, reset: ["models.keep", "gate.threshold"] }),
  ).toEqual([{ path: "reset[1]", message: "is in both `values` and `reset`. Name it in one of them" }]);
  expect((await errorsOf({ reset: ["gate.treshold"] }))[0].path).toBe("reset[0]");
  expect((await state()).hash).toBe("absent");
});

test("PUT /api/v1/settings responds with 403 and the role that is needed to an operator", async () => {
  const { send, deps } = await start();
  const operator = await asRole(deps, "operator");
  expect((await (await send("GET", PATH, undefined, operator)).json()).can_change).toBe(false);
  const change = { hash: "absent", values: { "gate.threshold": 0.5 } };
  const response = await send("PUT", PATH, change, operator);
  expect(response.status).toBe(403);
  expect((await response.json()).detail).toContain("needs the role admin");
});
