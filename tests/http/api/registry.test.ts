import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { openModelArchive } from "../../../src/datasets/models/model-archive.ts";
import { HOSTILE_ARCHIVES, modelArchive } from "../../support/model-archives.ts";
import { templateModel } from "../../support/models.ts";
import { createRegistryApp } from "../../support/registry-app.ts";

const PATH = "/api/v1/models";
type Json = Record<string, unknown>;

let app: Awaited<ReturnType<typeof createRegistryApp>>;
beforeEach(async () => {
  app = await createRegistryApp();
});
afterEach(() => app.remove());

const get = async (path: string) => {
  const response = await app.send("GET", `${PATH}${path}`);
  return { status: response.status, body: (await response.json()) as Json };
};
const send = async (method: string, path: string, body?: unknown) => {
  const response = await app.send(method, `${PATH}${path}`, body);
  return { status: response.status, body: (await response.json()) as Json };
};

/** Imports models that differ; the first is version 1. */
async function importModels(count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    const archive = await modelArchive({}, templateModel(20 - i));
    const response = await app.sendArchive(`${PATH}/import?name=m${i}.zip`, archive);
    expect(response.status).toBe(201);
  }
}

describe("GET /models/deployments", () => {
  test("says who moved the alias, whether it was forced, the verdict, and until when the version answered", async () => {
    await importModels(2);
    await send("POST", "/1/promote", { force: true, reason: "first" });
    await send("POST", "/2/promote", { force: true, reason: "I know better" });
    const { body } = await get("/deployments");
    expect(body.next_cursor).toBeNull();
    expect(body.deployments).toMatchObject([
      {
        ...{
          version: 2,
          previous_version: 1,
          action: "promote",
          by: "api",
          until: null,
          reason: "I know better",
        },
        ...{ actor: { kind: "local", name: null }, forced: true, verdict: null },
      },
      { version: 1, forced: true },
    ]);
    expect((await get("/2")).body).toMatchObject({ forced: true, aliases: ["champion"] });
  });

  test("has pages, and answers what was live on a day", async () => {
    await importModels(1);
    await send("POST", "/1/promote", { force: true });
    await importModelsAgain();
    await send("POST", "/2/promote", { force: true });
    const first = (await get("/deployments?limit=1")).body;
    expect(first.deployments).toMatchObject([{ version: 2 }]);
    expect((await get(`/deployments?limit=1&cursor=${first.next_cursor}`)).body).toMatchObject({
      ...{ deployments: [{ version: 1 }], next_cursor: null },
    });
    const [{ created_at }] = (await get("/deployments")).body.deployments as [{ created_at: string }];
    expect((await get(`/deployments?on=${created_at}`)).body.deployments).toMatchObject([{ version: 2 }]);
    expect((await get(`/deployments?on=${created_at.slice(0, 10)}`)).body.deployments).toHaveLength(2);
    expect((await get("/deployments?on=2020-01-01")).body.deployments).toEqual([]);
    for (const wrong of ["on=soon", "on=2026-02-30", "cursor=x", "limit=0", "when=1"]) {
      expect((await get(`/deployments?${wrong}`)).status).toBe(422);
    }
  });

  const importModelsAgain = async () => {
    const archive = await modelArchive({}, templateModel(5));
    expect((await app.sendArchive(`${PATH}/import`, archive)).status).toBe(201);
  };
});

test("GET /models has pages", async () => {
  await importModels(3);
  const first = (await get("?limit=2")).body;
  expect((first.models as Json[]).map(({ version }) => version)).toEqual([3, 2]);
  const second = (await get(`?limit=2&cursor=${first.next_cursor}`)).body;
  expect((second.models as Json[]).map(({ version }) => version)).toEqual([1]);
  expect(second.next_cursor).toBeNull();
});

test("POST /models/rollback with expected_version is 409 when another version would answer", async () => {
  await importModels(3);
  for (const version of [1, 2, 3]) await send("POST", `/${version}/promote`, { force: true });
  expect(await send("POST", "/rollback", { expected_version: 1 })).toMatchObject({
    status: 409,
    body: { detail: expect.stringContaining("version 2 would answer now") },
  });
  expect((await send("POST", "/rollback", { expected_version: 2 })).body).toMatchObject({ version: 2 });
});

describe("aliases, tags and notes", () => {
  test("PUT and DELETE /models/aliases/{alias} move and remove aliases of one's own", async () => {
    await importModels(2);
    await send("POST", "/1/promote", { force: true });
    expect((await send("PUT", "/aliases/stable", { version: 2 })).body).toEqual({
      aliases: { champion: 1, stable: 2 },
    });
    expect((await get("/2")).body.aliases).toEqual(["stable"]);
    expect((await send("DELETE", "/aliases/stable")).status).toBe(200);
    expect((await send("DELETE", "/aliases/stable")).status).toBe(404);
    expect((await get("/aliases")).body).toEqual({ aliases: { champion: 1 } });
  });

  test("reserved and malformed names are 400, an unknown version 404", async () => {
    await importModels(1);
    for (const alias of ["champion", "challenger", "base", "7", "A", "%20", "__proto__"]) {
      expect((await send("PUT", `/aliases/${alias}`, { version: 1 })).status).toBe(400);
      expect((await send("DELETE", `/aliases/${alias}`)).status).toBe(400);
    }
    expect((await send("PUT", "/aliases/x", { version: 9 })).status).toBe(404);
    expect((await send("PUT", "/aliases/x", { version: "1" })).status).toBe(422);
  });

  test("PATCH /models/{version} changes them, and GET .../changes tells who", async () => {
    await importModels(1);
    const change = { note: "for the fair", tags: { team: "kanji" } };
    expect((await send("PATCH", "/1", change)).body).toMatchObject(change);
    expect((await send("PATCH", "/1", { tags: { team: null } })).body).toMatchObject({
      ...{ note: "for the fair", tags: {} },
    });
    for (const [body, status] of [
      [{ tags: { "a b": "x" } }, 400],
      [{ note: 7 }, 422],
      [{ name: "x" }, 422],
    ] as const) {
      expect((await send("PATCH", "/1", body)).status).toBe(status);
    }
    expect((await send("PATCH", "/9", { note: "x" })).status).toBe(404);
    const { body } = await get("/1/changes?limit=2");
    expect(body.changes).toMatchObject([
      { what: "tag_removed", detail: "team", actor: { kind: "local", name: null } },
      { what: "tag_set", detail: "team=kanji" },
    ]);
    expect((await get(`/1/changes?cursor=${body.next_cursor}`)).body.changes).toMatchObject([
      { what: "note" },
      { what: "imported", detail: "m0.zip" },
    ]);
  });
});

describe("export and import", () => {
  test("GET /models/{version}/export is an archive that can be imported again", async () => {
    await importModels(1);
    const response = await app.send("GET", `${PATH}/1/export`);
    expect(response.headers.get("content-type")).toBe("application/zip");
    expect(response.headers.get("content-disposition")).toBe('attachment; filename="tegaki-digits-1.zip"');
    const archive = new Uint8Array(await response.arrayBuffer());
    const source = await openModelArchive(archive);
    const card = new TextDecoder().decode(await source.read("README.md", 1e6));
    for (const heading of ["# digits 1", "## Figures", "## Data", "## Limits", "## Licence"]) {
      expect(card).toContain(heading);
    }
    expect(JSON.parse(new TextDecoder().decode(await source.read("metrics.json", 1e6)))).toMatchObject({
      ...{ version: 1, classes: [..."0123456789"], verdict: null },
    });
    expect((await app.sendArchive(`${PATH}/import`, archive)).status).toBe(409);
    await send("DELETE", "/1");
    expect((await app.sendArchive(`${PATH}/import`, archive)).status).toBe(201);
  });

  test.each([...HOSTILE_ARCHIVES])(
    "POST /models/import of an archive with %s is 400, and writes nothing",
    async (...hostile) => {
      const [, change, reason] = hostile;
      const response = await app.sendArchive(`${PATH}/import`, await modelArchive(change));
      expect(response.status).toBe(400);
      expect(((await response.json()) as { detail: string }).detail).toMatch(reason);
      expect((await get("")).body.models).toEqual([]);
      expect(await readdir(app.dataDir)).not.toContain("registry");
      expect(app.errors).toEqual([]);
    },
  );

  test("POST /models/import takes an archive only, up to its own limit", async () => {
    const archive = await modelArchive();
    expect((await app.sendArchive(`${PATH}/import`, archive, "application/json")).status).toBe(415);
    expect((await app.sendArchive(`${PATH}/import`, new Uint8Array(5_000_000))).status).toBe(413);
    expect((await app.sendArchive(`${PATH}/import`, new Uint8Array(0))).status).toBe(400);
  });

  test("a damaged version is 409 with the reason, for export and promotion alike", async () => {
    await importModels(1);
    const { key } = (await app.store.models.get(1))!;
    await Bun.write(join(app.dataDir, key, "weights.bin"), "short");
    expect(await get("/1/export")).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining("weights.bin: has 5 bytes, but model.json requires 31400") },
    });
  });
});

describe("DELETE /models/{version}", () => {
  test("removes the files and keeps the record, unless something needs the version", async () => {
    await importModels(2);
    await send("POST", "/1/promote", { force: true });
    expect(await send("DELETE", "/1")).toMatchObject({
      status: 409,
      body: { detail: 'Version 1 cannot be deleted: the alias "champion" points to it' },
    });
    const { key } = (await app.store.models.get(2))!;
    expect(await send("DELETE", "/2")).toMatchObject({ status: 200, body: { version: 2, state: "deleted" } });
    expect(await Bun.file(join(app.dataDir, key, "model.json")).exists()).toBe(false);
    expect((await send("DELETE", "/2")).status).toBe(409);
    expect((await send("DELETE", "/9")).status).toBe(404);
    expect((await send("POST", "/2/promote", { force: true })).status).toBe(409);
    expect((await get("/2/export")).status).toBe(409);
  });
});

test("GET /models/{a}/diff/{b} compares versions and aliases, and is 404 for an unknown one", async () => {
  await importModels(2);
  await send("PUT", "/aliases/stable", { version: 1 });
  expect((await get("/stable/diff/2")).body).toMatchObject({
    ...{ versions: [1, 2], sets: [], parameters: null, data: { runs: [null, null], more_samples: null } },
    files: { is_same_architecture: true, layers: [{ layer: "predictions", weights: 7850 }] },
  });
  for (const path of ["/1/diff/9", "/nope/diff/1", "/__proto__/diff/1"]) {
    expect((await get(path)).status).toBe(404);
  }
});

test("POST /models/prune says what would be removed, and removes it when told to", async () => {
  await importModels(1);
  expect((await send("POST", "/prune")).body).toEqual({ dry_run: true, removed: [] });
  expect((await send("POST", "/prune", { dry_run: false })).body).toEqual({ dry_run: false, removed: [] });
});
