import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { buildExecutableWhenStale, EXECUTABLE } from "../../src/build/build.ts";
import { emptyProject, runCommand, startServer } from "../support/executable.ts";
import { median } from "./support/competitor.ts";
import { buildRevision, nameOf, newestTag } from "./support/revision-executable.ts";

// The size of the executable and how fast it starts, compared with the last release, which is the newest git tag, or
// with any other revision. The baseline is built in a worktree in a temporary folder, and the two take turns.
//
//   bun tests/bench/size.ts [--against REVISION] [--rounds 11]

const { values } = parseArgs({
  options: { against: { type: "string" }, rounds: { type: "string", default: "11" } },
});

interface Contender {
  name: string;
  project: Awaited<ReturnType<typeof emptyProject>>;
  megabytes: number;
  startMs: number[];
  versionMs: number[];
}

await buildExecutableWhenStale();
const against = values.against ?? (await newestTag());
const scratch = await mkdtemp(join(tmpdir(), "tegaki-size-"));
const contenders = [await enter(await nameOf().catch(() => "these sources"), EXECUTABLE)];
const baseline = against === null ? null : await buildRevision(against, join(scratch, "baseline"));
try {
  if (baseline !== null) contenders.push(await enter(await nameOf(against!), baseline.path));
  for (const contender of contenders) await warmUp(contender);
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const contender of round % 2 === 0 ? contenders : contenders.toReversed()) await measure(contender);
  }
  report(contenders);
} finally {
  await Promise.all(contenders.map(({ project }) => project.remove()));
  await baseline?.remove();
  await rm(scratch, { recursive: true, force: true });
}

async function enter(name: string, executable: string): Promise<Contender> {
  const megabytes = (await stat(executable)).size / 1e6;
  return { name, project: await emptyProject(executable), megabytes, startMs: [], versionMs: [] };
}

/** The first start creates the store, and reads the executable from disk. */
async function warmUp({ project }: Contender): Promise<void> {
  await (await startServer(project)).stop();
}

async function measure({ project, startMs, versionMs }: Contender): Promise<void> {
  const start = performance.now();
  const server = await startServer(project);
  startMs.push(performance.now() - start);
  await server.stop();
  const ask = performance.now();
  const { code, err } = await runCommand(project, ["version"]);
  versionMs.push(performance.now() - ask);
  if (code !== 0) throw new Error(`tegaki version failed: ${err}`);
}

/** Medians with the smallest and the largest, and how this executable compares with the baseline. */
function report([own, base]: readonly Contender[]): void {
  for (const { name, megabytes, startMs, versionMs } of base === undefined ? [own!] : [own!, base]) {
    const times = `start to /readyz ${spread(startMs, 0)} ms; tegaki version ${spread(versionMs, 0)} ms`;
    console.log(
      `${name}: ${megabytes.toFixed(1)} MB; ${times}; median (smallest to largest) of ${values.rounds}`,
    );
  }
  if (base === undefined) {
    console.log("No baseline: git has no tag yet. Name a revision with --against to compare");
    return;
  }
  const size = (own!.megabytes / base.megabytes).toFixed(3);
  const start = spread(ratios(own!.startMs, base.startMs), 2);
  const version = spread(ratios(own!.versionMs, base.versionMs), 2);
  console.log(
    `${own!.name} to ${base.name}, round by round: size ${size}; start ${start}; version ${version}`,
  );
}

function ratios(ours: readonly number[], theirs: readonly number[]): number[] {
  return ours.map((time, round) => time / theirs[round]!);
}

function spread(numbers: readonly number[], digits: number): string {
  const [smallest, largest] = [Math.min(...numbers), Math.max(...numbers)];
  return `${median(numbers).toFixed(digits)} (${smallest.toFixed(digits)} to ${largest.toFixed(digits)})`;
}
