/** Stands for the executable in child.test.ts: does what its parameters say, as a run would be told. */
import { existsSync, readFileSync } from "node:fs";
import { getPriority } from "node:os";
import { firstLine } from "../../src/lib/first-line.ts";

const words = process.argv.slice(2);
const params: string = words.includes("--params-from-stdin")
  ? JSON.parse(await firstLine(process.stdin))
  : words[words.indexOf("--params") + 1];
if (params === "report") {
  const adj = "/proc/self/oom_score_adj";
  const oomScoreAdj = existsSync(adj) ? Number(readFileSync(adj, "utf8")) : null;
  console.error(JSON.stringify({ words, priority: getPriority(), oomScoreAdj }));
} else if (params === "fail") {
  process.stderr.write(`${"x".repeat(100_000)} the end\n`);
  process.stdout.write("y".repeat(1_000_000));
  process.exitCode = 3;
} else if (params === "until-stdin-ends") {
  console.error("waiting");
  await new Promise((resolve) => process.stdin.on("end", resolve).resume());
  console.error("stdin ended");
} else {
  console.error(params.length);
}
process.exit();
