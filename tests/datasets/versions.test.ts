import { afterAll, expect, test } from "bun:test";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { JsonDataset } from "../../src/datasets/json-dataset.ts";
import { fixedLocation, formatVersion, versionedLocation } from "../../src/datasets/versions.ts";

const root = await mkdtemp(join(tmpdir(), "tegaki-versions-"));
afterAll(() => rm(root, { recursive: true }));
let count = 0;
const fresh = () => join(root, `report-${count++}.json`);

function versioned(path: string, version: string): JsonDataset {
  return new JsonDataset(versionedLocation(path, version, { name: "report.json" }), {});
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
    /exists already; a version is never written twice/,
  );
  expect(await versioned(path, "v1").load()).toBe(1);
});

test("a versioned dataset without versions says what to do", async () => {
  const dataset = versioned(fresh(), "v1");
  expect(await dataset.exists()).toBe(false);
  await expect(dataset.load()).rejects.toThrow(
    /has no version yet. Run the pipeline that makes report-\d+.json first/,
  );
});

test("a plain dataset is replaced as a whole and leaves no temporary file", async () => {
  const path = join(root, "plain", "x.json");
  const dataset = new JsonDataset(fixedLocation(path), { type: "json" });
  await dataset.save([1]);
  await dataset.save([2]);
  expect(await dataset.load()).toEqual([2]);
  expect(await readdir(join(root, "plain"))).toEqual(["x.json"]);
  expect(dataset.describe()).toEqual({ type: "json" });
});

test("JsonDataset names the file that is missing or malformed, and refuses what JSON cannot hold", async () => {
  const path = fresh();
  const dataset = new JsonDataset(fixedLocation(path), {});
  await expect(dataset.load()).rejects.toThrow(
    /report-\d+.json does not exist. Run the pipeline that makes it first/,
  );
  await writeFile(path, "{");
  await expect(dataset.load()).rejects.toThrow(/report-\d+.json is not JSON: /);
  await expect(dataset.save(() => 1)).rejects.toThrow("a function cannot be written as JSON");
});
