import { afterAll, expect, test } from "bun:test";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FileDataset } from "../../../src/datasets/files/file-dataset.ts";
import {
  fixedLocation,
  formatVersion,
  type VersionOptions,
  versionedLocation,
} from "../../../src/datasets/files/versions.ts";
import { jsonFormat } from "../../../src/datasets/formats/json-format.ts";

const root = await mkdtemp(join(tmpdir(), "tegaki-versions-"));
afterAll(() => rm(root, { recursive: true }));
let count = 0;
const fresh = () => join(root, `report-${count++}.json`);

const JSON_FILE = jsonFormat({ type: "json" });

function versioned(path: string, version: string, options: Partial<VersionOptions> = {}): FileDataset {
  return new FileDataset(
    versionedLocation(path, version, { file: "report.json", ...options }),
    JSON_FILE,
    {},
  );
}

test("formatVersion() stamps as Kedro does", () => {
  expect(formatVersion(new Date("2026-11-23T14:42:31Z"))).toBe("2026-11-23T14.42.31.000Z");
});

test("a versioned dataset saves under <path>/<version>/<file> and loads what it saved", async () => {
  const path = fresh();
  const dataset = versioned(path, "2026-01-02T00.00.00.000Z");
  await dataset.save({ a: 1 });
  expect(JSON.parse(await readFile(join(path, "2026-01-02T00.00.00.000Z/report.json"), "utf8"))).toEqual({
    a: 1,
  });
  expect(await dataset.load()).toEqual({ a: 1 });
});

test("a versioned dataset loads the newest version, and its own once it has saved", async () => {
  const path = fresh();
  await versioned(path, "2026-01-02T00.00.00.000Z").save("second");
  await versioned(path, "2026-01-01T00.00.00.000Z").save("first");
  const later = versioned(path, "2025-12-31T00.00.00.000Z");
  expect(await later.load()).toBe("second");
  await later.save("mine");
  expect(await later.load()).toBe("mine");
});

test("a versioned dataset passes over a version that a crash left without its file", async () => {
  const path = fresh();
  await versioned(path, "2026-01-01T00.00.00.000Z").save("whole");
  await mkdir(join(path, "2026-01-02T00.00.00.000Z"));
  await writeFile(join(path, "2026-01-02T00.00.00.000Z/.report.json.half"), "{");
  expect(await versioned(path, "x").load()).toBe("whole");
});

test("a versioned dataset never writes a version twice", async () => {
  const path = fresh();
  await versioned(path, "v1").save(1);
  await expect(versioned(path, "v1").save(2)).rejects.toThrow(
    /already exists; a version is never overwritten/,
  );
  expect(await versioned(path, "v1").load()).toBe(1);
});

test("a versioned dataset without versions says what to do", async () => {
  const dataset = versioned(fresh(), "v1");
  expect(await dataset.exists()).toBe(false);
  await expect(dataset.load()).rejects.toThrow(
    /has no version yet. Run the pipeline that writes report-\d+.json first/,
  );
});

test("a plain dataset is replaced as a whole and leaves no temporary file", async () => {
  const path = join(root, "plain", "x.json");
  const dataset = new FileDataset(fixedLocation(path), JSON_FILE, { type: "json" });
  await dataset.save([1]);
  await dataset.save([2]);
  expect(await dataset.load()).toEqual([2]);
  expect(await readdir(join(root, "plain"))).toEqual(["x.json"]);
  expect(dataset.describe()).toEqual({ type: "json" });
});

test("a file dataset names the file that is missing or malformed, and refuses what JSON cannot hold", async () => {
  const path = fresh();
  const dataset = new FileDataset(fixedLocation(path), JSON_FILE, {});
  await expect(dataset.load()).rejects.toThrow(
    /report-\d+.json does not exist. Run the pipeline that writes it first/,
  );
  await writeFile(path, "{");
  await expect(dataset.load()).rejects.toThrow(/report-\d+.json: is not JSON: /);
  await expect(dataset.save(() => 1)).rejects.toThrow("a function cannot be written as JSON");
});

test("a versioned dataset lists its whole versions, newest first, and says which it used", async () => {
  const path = fresh();
  for (const stamp of ["v1", "v3", "v2"]) await versioned(path, stamp).save(stamp);
  await mkdir(join(path, "v4"));
  const dataset = versioned(path, "v9");
  expect(await dataset.versions()).toEqual(["v3", "v2", "v1"]);
  expect(dataset.describe()).toEqual({});
  await dataset.load();
  expect(dataset.describe()).toEqual({ version: "v3" });
  await dataset.save("new");
  expect(dataset.describe()).toEqual({ version: "v9" });
});

test("a versioned dataset loads the requested version, even after saving another", async () => {
  const path = fresh();
  for (const stamp of ["v1", "v2"]) await versioned(path, stamp).save(stamp);
  const dataset = versioned(path, "v3", { loadVersion: "v1" });
  expect(await dataset.load()).toBe("v1");
  await dataset.save("new");
  expect(await dataset.load()).toBe("v1");
});

test.each(["v9", "../elsewhere", "", "v1/report.json", ".v1"])(
  "a versioned dataset refuses to load version %j, naming those that are there",
  async (loadVersion) => {
    const path = fresh();
    await versioned(path, "v1").save(1);
    const dataset = versioned(path, "v2", { loadVersion });
    await expect(dataset.load()).rejects.toThrow(`has no version "${loadVersion}". Its newest versions: v1`);
    expect(await dataset.exists()).toBe(false);
  },
);

test("a versioned dataset retains the newest, and every version that something points to", async () => {
  const path = fresh();
  const paths = [join(path, "v1"), join(path, "v3/report.json"), join(path, "v2-and-more")];
  const pointedTo = async () => ({ paths, stamps: ["v0", "v9"] });
  for (const stamp of ["v0", "v1", "v2", "v3", "v4", "v5"]) await versioned(path, stamp).save(stamp);
  await versioned(path, "v6", { retain: 2, pointedTo }).save("v6");
  expect((await readdir(path)).toSorted()).toEqual(["v0", "v1", "v3", "v5", "v6"]);
});

test("a versioned dataset never removes a version that this run saves or loads, or an incomplete version", async () => {
  const path = fresh();
  for (const stamp of ["v1", "v2", "v9"]) await versioned(path, stamp).save(stamp);
  await mkdir(join(path, "v0"));
  await versioned(path, "v3", { retain: 1, loadVersion: "v1" }).save("v3");
  expect((await readdir(path)).toSorted()).toEqual(["v0", "v1", "v3", "v9"]);
});

test("a versioned dataset that cannot learn what is pointed to removes nothing, and says so", async () => {
  const path = fresh();
  for (const stamp of ["v1", "v2"]) await versioned(path, stamp).save(stamp);
  const pointedTo = () => Promise.reject(new Error("the store is locked"));
  await expect(versioned(path, "v3", { retain: 1, pointedTo }).save("v3")).rejects.toThrow(
    "the store is locked",
  );
  expect((await readdir(path)).toSorted()).toEqual(["v1", "v2", "v3"]);
});
