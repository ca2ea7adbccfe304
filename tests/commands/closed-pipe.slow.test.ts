import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { drawingOf } from "../support/digit-strokes.ts";

const MAIN = join(import.meta.dir, "../../src/main.ts");

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "tegaki-pipe-"));
  await Bun.write(join(dir, "some.ndjson"), drawings(600));
  expect((await shell("tegaki samples import some.ndjson")).code).toBe(0);
});
afterAll(() => rm(dir, { recursive: true, force: true }));

/** 600 are more than a pipe holds: 64 KiB. */
function drawings(count: number): string {
  return Array.from({ length: count }, (_, n) => {
    const { strokes, width, height } = drawingOf(n % 10, n + 1);
    const dense = strokes.map((stroke) => stroke.flatMap((point) => [point, point, point, point]));
    return `${JSON.stringify({ label: String(n % 10), writer: `w${n}`, width, height, strokes: dense })}\n`;
  }).join("");
}

/** Runs a line of bash in the folder; `tegaki` is the program. The exit code is that of the first command. */
async function shell(line: string, stdout: "ignore" | "pipe" = "ignore") {
  const script = `tegaki() { "${process.execPath}" "${MAIN}" "$@"; }\n${line}\nexit \${PIPESTATUS[0]}`;
  const child = Bun.spawn(["bash", "-c", script], { cwd: dir, stdin: "ignore", stdout, stderr: "pipe" });
  const [out, err, code] = await Promise.all([
    stdout === "pipe" ? new Response(child.stdout).text() : "",
    new Response(child.stderr).text(),
    child.exited,
  ]);
  return { code, out, err };
}

const TRACE = /EPIPE|\bat .*:\d+|Bun v/;

/** Commands that print, with the exit code that they have when everything is read. */
const COMMANDS: readonly [command: string, code: number][] = [
  ["help", 0],
  ["--version", 0],
  ["version --json", 0],
  ["validate", 0],
  ["registry list --json", 0],
  ["registry describe __default__", 0],
  ["catalog describe-datasets", 0],
  ["catalog list-patterns", 0],
  ["model list", 0],
  ["model evaluate some.ndjson --json", 0],
  ["samples stats", 0],
  ["samples export", 0],
  ["samples import some.ndjson --json", 0],
  ["verify --json", 0],
  ["doctor", 0],
  ["backup some.ndjson", 2],
  ["restore some.ndjson", 2],
  ["run -p nothing", 2],
  ["serve --http nonsense", 2],
  ["init", 2],
  ["scheduler", 2],
  ["access reset", 0],
  ["access list", 0],
  ["access audit", 0],
  ["viz build --out", 2],
  ["nonsense", 2],
];

test.each(COMMANDS)(
  "tegaki %s prints no stack trace and keeps its exit code when no one reads its output",
  async (command, code) => {
    const noReader = await shell(`tegaki ${command} | true`);
    expect(noReader.err).not.toMatch(TRACE);
    expect(noReader.code).toBe(code);
    expect((await shell(`tegaki ${command} 2>&1 | true`)).code).toBe(code);
  },
);

test("samples export succeeds without a count when its reader leaves after one line", async () => {
  const { code, err } = await shell("tegaki samples export | head -n 1");
  expect(code).toBe(0);
  // A count of all that was not read would be wrong; only an export that is read to its end has one.
  expect(err).toBe("");
});

test("every command is in the table above", async () => {
  const { out } = await shell("tegaki help", "pipe");
  const names = [...out.matchAll(/^ {2}([a-z]+)(?: |$)/gm)].map(([, name]) => name!);
  const tested = new Set(COMMANDS.map(([command]) => command.split(" ")[0]));
  expect(names.length).toBeGreaterThan(8);
  expect(names.filter((name) => !tested.has(name))).toEqual([]);
});

test("samples import stores everything although no one reads what it prints", async () => {
  await Bun.write(join(dir, "more.ndjson"), drawings(640));
  await shell("tegaki samples import more.ndjson --json 2>&1 | true");
  const { code, err } = await shell('[ "$(tegaki samples export | wc -l)" = 640 ]');
  expect([code, err]).toEqual([0, "640 samples exported\n"]);
});

test("samples export says that its output is incomplete, and fails, when the disk is full", async () => {
  const { code, err } = await shell("tegaki samples export > /dev/full");
  expect(code).toBe(1);
  expect(err).toContain("tegaki: Cannot write to standard output: ENOSPC");
});
