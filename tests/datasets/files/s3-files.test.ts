import { afterEach, beforeEach, expect, test } from "bun:test";
import { createDatasetFactories, type DatasetDeps } from "../../../src/datasets/factories.ts";
import { versionsOf } from "../../../src/datasets/files/locate.ts";
import { DataCatalog } from "../../../src/engine/catalog/catalog.ts";
import type { Credentials, DatasetConfig } from "../../../src/engine/catalog/dataset.ts";
import { DatasetError } from "../../../src/engine/errors.ts";
import { UsageError } from "../../../src/lib/errors.ts";
import { startFakeS3 } from "../../support/fake-s3.ts";

const SECRET = "hunter2hunter2";

let s3: ReturnType<typeof startFakeS3>;
beforeEach(() => {
  s3 = startFakeS3();
});
afterEach(() => s3.stop());

const credentialsOf = (more: Credentials = {}): Credentials => ({
  access_key_id: "AK",
  secret_access_key: SECRET,
  endpoint: s3.endpoint,
  region: "here",
  ...more,
});

function catalogOf(
  config: Record<string, Partial<DatasetConfig>>,
  { runVersion = "v1", credentials = credentialsOf() as Credentials, loadVersions = {} } = {},
): DataCatalog {
  const deps = { projectDir: "/nowhere", runVersion, classes: ["0"], store: {} } as unknown as DatasetDeps;
  const entries = Object.entries(config).map(([name, entry]) => [
    name,
    Object.fromEntries(Object.entries({ type: "json", ...entry }).filter(([, value]) => value !== undefined)),
  ]);
  return new DataCatalog({
    config: Object.fromEntries(entries),
    factories: createDatasetFactories(deps),
    parameters: {},
    credentials: { bucket: credentials },
    loadVersions,
  });
}

const INK = { filepath: "s3://box/some data/ink.json", credentials: "bucket" };
const objects = () => [...s3.objects.keys()].toSorted();

test("a file in a bucket is saved by one put, loaded back, and its hash is that of its content", async () => {
  const catalog = catalogOf({ ink: INK });
  expect(s3.requests).toEqual([]);
  expect(await catalog.exists("ink")).toBe(false);
  await catalog.save("ink", { a: [1, "手"] });
  expect(objects()).toEqual(["box/some data/ink.json"]);
  expect(s3.requests.filter(({ method }) => method === "PUT")).toHaveLength(1);
  expect(await catalog.load("ink")).toEqual({ a: [1, "手"] });
  expect(await catalog.exists("ink")).toBe(true);
  const hash = new Bun.CryptoHasher("sha256").update('{\n  "a": [\n    1,\n    "手"\n  ]\n}\n').digest("hex");
  expect(await catalog.fingerprint("ink")).toBe(hash);
});

test.each<[string, Partial<DatasetConfig>, unknown]>([
  ["csv", { type: "csv" }, [{ a: 1 }]],
  ["text", { type: "text" }, "x\n"],
  ["yaml", { type: "yaml" }, { a: 1 }],
  ["metrics", { type: "metrics" }, { a: 0.5 }],
])("%s works in a bucket as on this machine", async (type, entry, value) => {
  const catalog = catalogOf({ one: { ...entry, filepath: `s3://box/one.${type}`, credentials: "bucket" } });
  await catalog.save("one", value);
  expect(await catalog.load("one")).toEqual(value);
});

test("versions in a bucket lie as on this machine; the newest, or the one that is named, is loaded", async () => {
  const entry = { ...INK, versioned: true };
  for (const runVersion of ["v1", "v2", "v3"]) {
    await catalogOf({ ink: entry }, { runVersion }).save("ink", runVersion);
  }
  // Half-written by somebody else: no data, so no version.
  s3.objects.set("box/some data/ink.json/v9/other.json", new Uint8Array());
  expect(objects()[0]).toBe("box/some data/ink.json/v1/ink.json");
  const catalog = catalogOf({ ink: entry }, { runVersion: "v4" });
  expect(await catalog.versions("ink")).toEqual(["v3", "v2", "v1"]);
  expect(await versionsOf("/nowhere", { type: "json", ...entry }, credentialsOf())).toEqual([
    "v3",
    "v2",
    "v1",
  ]);
  expect(await catalog.load("ink")).toBe("v3");
  expect(await catalogOf({ ink: entry }, { loadVersions: { ink: "v1" } }).load("ink")).toBe("v1");
  await expect(catalogOf({ ink: entry }, { runVersion: "v3" }).save("ink", 1)).rejects.toThrow(
    "already exists; a version is never overwritten",
  );
});

test("retain removes old versions in a bucket, with every file in them", async () => {
  const entry = { ...INK, versioned: true, retain: 2 };
  for (const runVersion of ["v1", "v2", "v3"]) {
    await catalogOf({ ink: entry }, { runVersion }).save("ink", runVersion);
    s3.objects.set(`box/some data/ink.json/${runVersion}/deep/er.txt`, new Uint8Array());
  }
  await catalogOf({ ink: entry }, { runVersion: "v4" }).save("ink", 4);
  expect(objects()).toEqual([
    "box/some data/ink.json/v3/deep/er.txt",
    "box/some data/ink.json/v3/ink.json",
    "box/some data/ink.json/v4/ink.json",
  ]);
});

test("a listing of several pages is read to its end", async () => {
  s3.stop();
  s3 = startFakeS3(2);
  const entry = { ...INK, versioned: true };
  for (const n of [1, 2, 3, 4, 5]) await catalogOf({ ink: entry }, { runVersion: `v${n}` }).save("ink", n);
  expect(await catalogOf({ ink: entry }).versions("ink")).toEqual(["v5", "v4", "v3", "v2", "v1"]);
});

test("credentials may have the names that s3fs gives them", async () => {
  const credentials = {
    key: "AK",
    secret: SECRET,
    client_kwargs: { endpoint_url: s3.endpoint, region_name: "x" },
  };
  const catalog = catalogOf({ ink: INK }, { credentials });
  await catalog.save("ink", 1);
  expect(await catalog.load("ink")).toBe(1);
});

test("what is not in the bucket is named with its place, as is a bucket that refuses", async () => {
  await expect(catalogOf({ ink: INK }).load("ink")).rejects.toThrow(
    'Cannot load dataset "ink": s3://box/some data/ink.json does not exist. Run the pipeline that writes it first',
  );
  const refused = catalogOf({ ink: INK }, { credentials: credentialsOf({ access_key_id: "other" }) });
  const error = await refused.load("ink").catch((thrown: unknown) => thrown as Error);
  expect(error).toBeInstanceOf(DatasetError);
  expect((error as Error).message).toMatch(/s3:\/\/box\/some data\/ink.json.*AccessDenied/);
});

test.each<[string, Partial<DatasetConfig>, Credentials, RegExp]>([
  [
    "no credentials",
    { credentials: undefined },
    {},
    /s3:\/\/box.* requires "credentials": the name of an entry of conf\/local\/credentials.yml/,
  ],
  [
    "missing credentials",
    { credentials: "buckt" },
    {},
    /there are no credentials "buckt". Did you mean "bucket"/,
  ],
  [
    "credentials without a secret",
    {},
    { access_key_id: "AK" },
    /its credentials have no "secret_access_key"/,
  ],
  [
    "an unknown key",
    {},
    { access_key: SECRET },
    /its credentials have an unknown key "access_key". Did you mean/,
  ],
  [
    "a key that is not a string",
    {},
    { access_key_id: 7 },
    /"access_key_id" of its credentials must be a string/,
  ],
  [
    "no key of the bucket",
    { filepath: "s3://box" },
    credentialsOfNothing(),
    /expected s3:\/\/bucket\/key, found "s3:\/\/box"/,
  ],
  [
    "credentials for a file of this machine",
    { filepath: "ink.json" },
    {},
    /"credentials" have no effect for ink.json/,
  ],
  ["a model", { type: "tfjs_model", credentials: undefined }, {}, /is not on this machine; files of csv/],
  [
    "another scheme",
    { filepath: "gs://box/ink.json", credentials: undefined },
    {},
    /"gs:\/\/box\/ink.json" is not on this machine/,
  ],
])("an entry in a bucket with %s is refused before anything runs", (_, change, credentials, message) => {
  const make = () => catalogOf({ ink: { ...INK, ...change } }, { credentials });
  expect(make).toThrow(UsageError);
  expect(make).toThrow(message);
  expect(s3.requests).toEqual([]);
});

function credentialsOfNothing(): Credentials {
  return { access_key_id: "AK", secret_access_key: SECRET };
}

test("no message and no description has a secret in it", async () => {
  const catalog = catalogOf(
    { ink: { ...INK, versioned: true } },
    { credentials: credentialsOf({ endpoint: "http://127.0.0.1:1" }) },
  );
  const error = await catalog.load("ink").catch((thrown: unknown) => thrown as Error);
  expect((error as Error).message).not.toContain(SECRET);
  expect(JSON.stringify(catalog.describe("ink"))).not.toContain(SECRET);
});
