import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestNeed } from "../../src/build/test-needs.ts";
import {
  describeSkipped,
  describeTotals,
  readTestReport,
  type TestReport,
} from "../../src/build/test-report.ts";

const NEEDING = join(import.meta.dir, "../support/needing.ts");
const MOON: TestNeed = { name: "a full moon", isMet: false, hint: "Wait for it" };

const EXAMPLE = `
import { beforeEach, expect, test } from "bun:test";
import { describeNeeding, testNeeding } from ${JSON.stringify(NEEDING)};
const moon = ${JSON.stringify(MOON)};
describeNeeding(moon, "a wolf", () => {
  beforeEach(() => {});
  test("howls & \\"runs\\"", () => {});
  test("sleeps", () => {});
});
testNeeding(moon, "a bat flies", async () => {});
testNeeding({ ...moon, isMet: true }, "a cat sleeps", async () => {});
test("one and one is two", () => expect(1 + 1).toBe(2));
test("one and one is three", () => expect(1 + 1).toBe(3));
test.skip("nobody knows why", () => {});
`;

let folder = "";
let report: TestReport;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tegaki-report-"));
  await Bun.write(join(folder, "example.test.ts"), EXAMPLE);
  const outFile = join(folder, "junit.xml");
  const reporter = ["--reporter=junit", `--reporter-outfile=${outFile}`];
  const run = Bun.spawn([process.execPath, "test", ...reporter], {
    cwd: folder,
    stdio: ["ignore", "ignore", "ignore"],
  });
  expect(await run.exited).toBe(1);
  report = readTestReport(await Bun.file(outFile).text());
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test("readTestReport() counts what Bun ran, and no hooks of skipped groups", () => {
  expect(report).toMatchObject({ passed: 2, failed: 1 });
  expect(report.skipped).toEqual([
    'a wolf [needs a full moon] > howls & "runs"',
    "a wolf [needs a full moon] > sleeps",
    "a bat flies [needs a full moon]",
    "nobody knows why",
  ]);
  expect(describeTotals(report)).toBe("2 passed, 1 failed, 4 skipped");
});

test("readTestReport() has the duration of each file", () => {
  expect(report.files.map(({ file }) => file)).toEqual(["example.test.ts"]);
  expect(report.files[0]!.seconds).toBeGreaterThan(0);
});

test("describeSkipped() prints one line per need: how many tests lack it, and how to get it", () => {
  expect(describeSkipped(report.skipped, [MOON])).toEqual([
    "skipped: 3 tests need a full moon. Wait for it",
    "skipped: nobody knows why",
  ]);
  expect(describeSkipped(report.skipped.slice(0, 1), [MOON])).toEqual([
    "skipped: 1 test needs a full moon. Wait for it",
  ]);
});

test("a run without a report has no counts", () => {
  const nothing = readTestReport("");
  expect(nothing).toEqual({ passed: 0, failed: 0, skipped: [], files: [] });
  expect(describeTotals(nothing)).toBe("0 passed, 0 failed");
});
