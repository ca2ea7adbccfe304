import { afterEach, beforeEach, expect, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Runtime } from "../../src/project/runtime.ts";
import { refreshProjectTypes } from "../../src/project/types-refresh.ts";

const MARK = "// Made by `tegaki init`; nothing here is meant to be changed.\n";
const CURRENT = `${MARK}declare module "tegaki" { type Now = 1 }\n`;

let dir: string;
let notes: string[];
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "tegaki-types-"));
  notes = [];
});
afterEach(() => rm(dir, { recursive: true }));

/** Returns the file's content after a refresh; null when it does not exist. */
async function refreshed(before: string | null): Promise<string | null> {
  const path = join(dir, "tegaki.d.ts");
  if (before !== null) await Bun.write(path, before);
  const runtime = {
    version: "9.9.9",
    embedded: { project: async () => ({ "tegaki.d.ts": CURRENT }) },
    note: (line: string) => void notes.push(line),
  } as unknown as Runtime;
  await refreshProjectTypes(runtime, dir);
  return (await Bun.file(path).exists()) ? Bun.file(path).text() : null;
}

test("tegaki.d.ts of an older version is brought up to date, and it is said", async () => {
  expect(await refreshed(`${MARK}declare module "tegaki" { type Old = 1 }\n`)).toBe(CURRENT);
  expect(notes).toEqual(["tegaki.d.ts now has the types of tegaki 9.9.9"]);
});

test.each<[string, string | null]>([
  ["as it is now", CURRENT],
  ["somebody's own", 'declare module "tegaki" {}\n'],
  ["missing", null],
])("tegaki.d.ts that is %s is not changed, silently", async (_, before) => {
  expect(await refreshed(before)).toBe(before);
  expect(notes).toEqual([]);
});
