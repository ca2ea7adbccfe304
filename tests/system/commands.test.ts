import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { drawingOf } from "../support/digit-strokes.ts";
import { emptyProject, runCommand } from "../support/executable.ts";

let project: Awaited<ReturnType<typeof emptyProject>>;
beforeAll(async () => {
  project = await emptyProject();
});
afterAll(() => project.remove());

const tegaki = (...args: string[]) => runCommand(project, args);

/** Ten drawings, one of each digit. */
const tenDigits = Array.from({ length: 10 }, (_, digit) => {
  const { strokes, width, height } = drawingOf(digit);
  return JSON.stringify({ label: digit, writer: `writer ${digit % 3}`, w: width, h: height, strokes });
}).join("\n");

test("tegaki version and validate work in an empty directory and leave nothing in it", async () => {
  const version = await tegaki("version", "--json");
  expect(version.code).toBe(0);
  expect(JSON.parse(version.out)).toMatchObject({ bun: Bun.version });
  expect((await tegaki("validate")).out).toBe("The config is valid\n");
  expect(await readdir(project.dir)).toHaveLength(1);
});

test("tegaki model evaluate evaluates the built-in model on drawings, and creates no project", async () => {
  await Bun.write(join(project.dir, "ten.ndjson"), tenDigits);
  const { code, out, err } = await tegaki("model", "evaluate", "ten.ndjson", "--json");
  expect(err).toBe("");
  expect(code).toBe(0);
  const report = JSON.parse(out);
  expect(report.n).toBe(10);
  expect(report.accuracy).toBeGreaterThanOrEqual(0.9);
  expect(report.per_class).toHaveLength(10);
  expect(report.confusion.flat().reduce((sum: number, n: number) => sum + n, 0)).toBe(10);
  expect(await Bun.file(join(project.dir, "data/tegaki.db")).exists()).toBe(false);
});

test("tegaki model evaluate reads MNIST IDX pairs", async () => {
  const images = new Uint8Array(16 + 2 * 784);
  new DataView(images.buffer).setUint32(0, 0x803);
  new DataView(images.buffer).setUint32(4, 2);
  new DataView(images.buffer).setUint32(8, 28);
  new DataView(images.buffer).setUint32(12, 28);
  // Two bars, 3 px wide and 20 px high: ones.
  for (let row = 4; row < 24; row++) {
    for (const n of [0, 1]) images.fill(255, 16 + n * 784 + row * 28 + 13, 16 + n * 784 + row * 28 + 16);
  }
  const labels = Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 2, 1, 1);
  await Bun.write(join(project.dir, "bars.images.idx"), images);
  await Bun.write(join(project.dir, "bars.labels.idx"), labels);
  const { code, out } = await tegaki("model", "evaluate", "bars.images.idx", "--json");
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ n: 2, accuracy: 1 });
});

test("tegaki samples export restores everything that import read, including strokes", async () => {
  const imported = await tegaki("samples", "import", "ten.ndjson", "--json");
  expect(JSON.parse(imported.out)).toMatchObject({ imported: 10, known: 0, conflicts: 0, skipped: [] });
  const exported = await tegaki("samples", "export");
  const rows = exported.out
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  const given = tenDigits.split("\n").map((line) => JSON.parse(line));
  expect(
    rows.map(({ label, writer, w, h, strokes }) => ({ label: Number(label), writer, w, h, strokes })),
  ).toEqual(given);
  const stats = JSON.parse((await tegaki("samples", "stats", "--json")).out);
  expect(stats.total).toBe(10);
  expect(stats.bySplit.train + stats.bySplit.holdout).toBe(10);
});

test("tegaki samples export into a pipe that nobody reads prints no error on standard error, and no count of what was not read", async () => {
  // As cases/epipe.sh: the executable, and not the sources, had a stack trace here.
  const script = `"$0" samples export | true; exit "\${PIPESTATUS[0]}"`;
  const child = Bun.spawn(["bash", "-c", script, project.executable], {
    cwd: project.dir,
    stdin: "ignore",
    stderr: "pipe",
  });
  const [err, code] = await Promise.all([new Response(child.stderr).text(), child.exited]);
  expect(code).toBe(0);
  // The count comes only if the pipe took everything before it was closed.
  expect(err).toMatch(/^(?:\d+ samples exported\n)?$/);
});

test("tegaki samples import --on-conflict refuses, keeps or replaces, with every row in --json", async () => {
  const relabelled = tenDigits.replace('"label":3', '"label":5');
  await Bun.write(join(project.dir, "relabelled.ndjson"), relabelled);
  const refused = await tegaki("samples", "import", "relabelled.ndjson", "--json");
  expect(refused.code).toBe(2);
  expect(refused.err).toContain('4: the drawing has another label: "3" is stored, found "5"');
  expect(JSON.parse(refused.out)).toMatchObject({ imported: 0, conflicts: 1 });
  for (const [action, result] of [
    ["keep", "kept"],
    ["replace", "replaced"],
    ["fail", "known"],
  ] as const) {
    const { code, out } = await tegaki(
      "samples",
      "import",
      "relabelled.ndjson",
      "--on-conflict",
      action,
      "--json",
    );
    expect(code).toBe(0);
    expect(JSON.parse(out).rows[3]).toMatchObject({ at: 4, result });
  }
  expect((await tegaki("samples", "import", "ten.ndjson", "--on-conflict", "replace")).code).toBe(0);
  expect((await tegaki("samples", "import", "ten.ndjson", "--on-conflict", "ask")).code).toBe(2);
});

test("tegaki samples import stores nothing of a file with one bad line, and names it", async () => {
  const before = JSON.parse((await tegaki("samples", "stats", "--json")).out).total;
  await Bun.write(
    join(project.dir, "bad.ndjson"),
    `${tenDigits}\n{"label":"eleven","w":1,"h":1,"strokes":[]}\n`,
  );
  const { code, err } = await tegaki("samples", "import", "bad.ndjson");
  expect(code).toBe(2);
  expect(err).toMatch(/^tegaki: bad\.ndjson, line 11: expected a label .*found "eleven"\. Correct the label/);
  expect(JSON.parse((await tegaki("samples", "stats", "--json")).out).total).toBe(before);
});

test.each([
  [["run", "--pipeline", "tunning"], 2, /No pipeline "tunning".*tuning/],
  [["run", "--params", "epochs=none"], 2, /epochs/],
  [["run", "--params", "epoch=1"], 2, /epoch.*epochs/],
  [["run", "-p", "tuning", "--params", "epochs=1"], 2, /epochs=1\. Did you mean "tuning_epochs"\?/],
  [["run", "-p", "evaluate"], 2, /Cannot start pipeline evaluate alone: it reads test.* Run tuning instead/],
  [["run", "--nodes", "train_modle"], 2, /train_model/],
  [["model", "show", "99"], 1, /no model version 99/],
  [["model", "evaluate", "nowhere.ndjson"], 2, /nowhere\.ndjson: it does not exist/],
  [["serve", "--http", "here"], 2, /^tegaki: --http: expected host:port/],
  [["serve", "--env", "nowhere"], 2, /conf\/nowhere/],
])("tegaki %p ends with %d and one clear line", async (args, expected, message) => {
  const { code, err } = await tegaki(...args);
  expect(err).toMatch(message);
  expect(err).not.toMatch(/\n\s+at /);
  expect(err.trim().split("\n")).toHaveLength(1);
  expect(code).toBe(expected);
});

test("tegaki validate lists every problem with its file and line when conf/local is wrong", async () => {
  await mkdir(join(project.dir, "conf/local"), { recursive: true });
  await Bun.write(join(project.dir, "conf/local/parameters.yml"), "epochs: many\nlearnig_rate: 1\n");
  await Bun.write(join(project.dir, "conf/local/server.yml"), "gate:\n  threshold: 7\n");
  try {
    const { code, err } = await tegaki("validate");
    expect(code).toBe(2);
    expect(err).toMatch(/conf\/local\/parameters\.yml:1:\d+.*epochs/);
    expect(err).toMatch(/conf\/local\/parameters\.yml:2:\d+.*learnig_rate.*learning_rate/);
    expect(err).toMatch(/conf\/local\/server\.yml:2:\d+.*threshold/);
  } finally {
    await Bun.file(join(project.dir, "conf/local/parameters.yml")).delete();
    await Bun.file(join(project.dir, "conf/local/server.yml")).delete();
  }
});
