/** Stands for the executable in child.test.ts: does what `--params` says, as a run would be told. */
import { getPriority } from "node:os";

const words = process.argv.slice(2);
const params = words[words.indexOf("--params") + 1]!;
if (params === "report") {
  console.error(JSON.stringify({ words, priority: getPriority() }));
} else if (params === "fail") {
  process.stderr.write(`${"x".repeat(100_000)} the end\n`);
  process.stdout.write("y".repeat(1_000_000));
  process.exitCode = 3;
} else if (params === "until-stdin-ends") {
  console.error("waiting");
  await Bun.stdin.text();
  console.error("stdin ended");
}
