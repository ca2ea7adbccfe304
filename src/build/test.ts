import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildExecutableWhenStale } from "./build.ts";

// `npm test`: builds the executable when it is stale (the system and browser tests start it), runs every test, and ends with
// one line that counts them. What follows `npm test --` goes to `bun test`.
await buildExecutableWhenStale();
const scratch = await mkdtemp(join(tmpdir(), "tegaki-test-"));
const report = join(scratch, "junit.xml");
const runner = Bun.spawn(
  [
    process.execPath,
    "test",
    "--timeout=30000",
    "--reporter=junit",
    `--reporter-outfile=${report}`,
    ...process.argv.slice(2),
  ],
  { stdio: ["ignore", "inherit", "inherit"] },
);
const code = await runner.exited;
const xml = await Bun.file(report)
  .text()
  .catch(() => "");
await rm(scratch, { recursive: true, force: true });

const totals = /<testsuites[^>]*>/.exec(xml)?.[0] ?? "";
const count = (name: string) => Number(new RegExp(`\\b${name}="(\\d+)"`).exec(totals)?.[1] ?? 0);
const failed = count("failures") + count("errors");
const skipped = count("skipped");
const passed = count("tests") - failed - skipped;
// A crash before or after the tests is a failure even when every test that ran passed.
const isCrash = code !== 0 && failed === 0;
console.log(
  `\n${passed} passed, ${failed + (isCrash ? 1 : 0)} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`,
);
process.exit(code === 0 && passed > 0 ? 0 : 1);
