import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildAssets } from "./assets.ts";
import { buildExecutableWhenStale } from "./build.ts";
import { describeSkipped, describeTotals, readTestReport, type TestReport } from "./test-report.ts";

// `npm test` runs every test. The system and browser tests start the executable, so it is built first if it is stale.
// `npm run test:fast` omits SLOW_TESTS and builds no executable. Both end with one line that counts the tests.
// Arguments after `--` are passed to `bun test`.

const FAST_FLAG = "--fast";

/** Tests of the executable and the browser, and those that train or compile for seconds, with `.slow` in their names. */
const SLOW_TESTS = ["tests/system/**", "tests/browser/**", "**/*.slow.test.ts"];
/** Seconds after which a file, even on a busy machine, should be named `.slow`. */
const SLOW_FILE_SECONDS = 10;

/**
 * Files at a time, each in a process of its own. The slow ones mostly wait for a browser or a training run; more at a time
 * would leave too few cores to those.
 */
const FILES_AT_A_TIME = 2;

const isFast = process.argv.includes(FAST_FLAG);
const options = process.argv.slice(2).filter((argument) => argument !== FAST_FLAG);

if (isFast) await buildAssets();
else await buildExecutableWhenStale();

const { report, code } = await runTests([
  ...(isFast ? SLOW_TESTS.map((pattern) => `--path-ignore-patterns=${pattern}`) : []),
  ...options,
]);
// A crash before or after the tests is a failure, even if every test that ran passed.
if (code !== 0 && report.failed === 0) report.failed = 1;

console.log();
if (isFast) for (const line of describeSlow(report)) console.log(line);
for (const line of describeSkipped(report.skipped)) console.log(line);
console.log(describeTotals(report));
process.exit(code === 0 && report.passed > 0 ? 0 : 1);

async function runTests(flags: readonly string[]): Promise<{ report: TestReport; code: number }> {
  const scratch = await mkdtemp(join(tmpdir(), "tegaki-test-"));
  const outFile = join(scratch, "junit.xml");
  const reporter = ["--reporter=junit", `--reporter-outfile=${outFile}`];
  const own = ["--timeout=30000", `--parallel=${FILES_AT_A_TIME}`, ...reporter];
  const runner = Bun.spawn([process.execPath, "test", ...own, ...flags], {
    stdio: ["ignore", "inherit", "inherit"],
  });
  const code = await runner.exited;
  const xml = await Bun.file(outFile)
    .text()
    .catch(() => "");
  await rm(scratch, { recursive: true, force: true });
  return { report: readTestReport(xml), code };
}

function describeSlow({ files }: TestReport): string[] {
  return files
    .filter(({ seconds }) => seconds > SLOW_FILE_SECONDS)
    .map(
      ({ file, seconds }) => `slow: ${file} took ${seconds.toFixed(0)} s. Put .slow before .test in its name`,
    );
}
