import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildExecutableWhenStale } from "./build.ts";
import { describeSkipped, describeTotals, readTestReport, type TestReport } from "./test-report.ts";

// `npm test` runs every test; the system and browser tests start the executable, so it is built first when it is
// stale. The run ends with one line that counts the tests. What follows `--` goes to `bun test`.

await buildExecutableWhenStale();

const { report, code } = await runTests(process.argv.slice(2));
// A crash before or after the tests is a failure even when every test that ran passed.
if (code !== 0 && report.failed === 0) report.failed = 1;

console.log();
for (const line of describeSkipped(report.skipped)) console.log(line);
console.log(describeTotals(report));
process.exit(code === 0 && report.passed > 0 ? 0 : 1);

async function runTests(flags: readonly string[]): Promise<{ report: TestReport; code: number }> {
  const scratch = await mkdtemp(join(tmpdir(), "tegaki-test-"));
  const outFile = join(scratch, "junit.xml");
  const reporter = ["--reporter=junit", `--reporter-outfile=${outFile}`];
  const runner = Bun.spawn([process.execPath, "test", "--timeout=30000", ...reporter, ...flags], {
    stdio: ["ignore", "inherit", "inherit"],
  });
  const code = await runner.exited;
  const xml = await Bun.file(outFile)
    .text()
    .catch(() => "");
  await rm(scratch, { recursive: true, force: true });
  return { report: readTestReport(xml), code };
}
