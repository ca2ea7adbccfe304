import { afterEach, beforeEach, expect, test } from "bun:test";
import { mkdtemp, rm, symlink, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { programFingerprint } from "../../src/project/program-fingerprint.ts";

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "tegaki-program-"));
  await Bun.write(join(dir, "tegaki"), "the executable");
  await Bun.write(join(dir, "app/main.ts"), "main();");
  await Bun.write(join(dir, "app/deep/part.ts"), "export {};");
  await Bun.write(join(dir, "project/src/pipelines/p/pipeline.ts"), "export {};");
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const compiled = () => ({ version: "1", command: [join(dir, "tegaki")] });
const fromSources = () => ({ version: "1", command: ["bun", join(dir, "app/main.ts")] });
const of = (runtime: { version: string; command: string[] }, project = "project") =>
  programFingerprint(runtime, join(dir, project));

test("programFingerprint() is the same as long as nothing changes, also without a src in the project", async () => {
  for (const runtime of [compiled(), fromSources()]) {
    expect(await of(runtime)).toBe(await of(runtime));
    expect(await of(runtime, "nowhere")).toBe(await of(runtime, "nowhere"));
  }
  expect(await of(compiled())).not.toBe(await of(fromSources()));
});

test.each<[string, () => Promise<unknown>]>([
  ["a source of the program", () => Bun.write(join(dir, "app/deep/part.ts"), "export { };")],
  ["a file of the project", () => Bun.write(join(dir, "project/src/pipelines/p/nodes.ts"), "")],
  ["a file that code may import", () => Bun.write(join(dir, "project/src/words.txt"), "ink")],
  ["the packages of the project", () => Bun.write(join(dir, "project/package.json"), "{}")],
])("programFingerprint() changes with %s", async (_, change) => {
  const before = await of(fromSources());
  await change();
  expect(await of(fromSources())).not.toBe(before);
});

test("programFingerprint() changes with another executable, and with a file in a linked folder", async () => {
  const before = await of(compiled());
  await utimes(join(dir, "tegaki"), 1_000, 1_000);
  const other = await of(compiled());
  expect(other).not.toBe(before);
  await symlink(join(dir, "app"), join(dir, "project/src/linked"));
  expect(await of(compiled())).not.toBe(other);
});
