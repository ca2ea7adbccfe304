import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { accessCommands } from "../../../src/commands/access/access-commands.ts";
import type { Application } from "../../../src/commands/application.ts";
import { runProgram } from "../../../src/commands/program.ts";
import { sampleCommands } from "../../../src/commands/samples/import-export.ts";
import { reviewCommands } from "../../../src/commands/samples/review-commands.ts";
import { loadProject, openProjectStore } from "../../../src/project/project.ts";
import { newRun, newSample } from "../../storage/helpers.ts";
import { runtime } from "../../support/run-project.ts";

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "tegaki-review-"));
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** A project whose run r1 has put two labels into review as suspect, and holds two more. */
async function project() {
  const dir = await mkdtemp(join(root, "project-"));
  const store = await openProjectStore(runtime, await loadProject(runtime, { dir }));
  const ids: string[] = [];
  for (const p of [0.4, 0.01, 0.9, 0.95]) {
    const { sample } = await store.samples.insert(newSample({ writer: "ann" }));
    ids.push(sample.id);
    const state = p >= 0.9 ? "held" : "suspect";
    await store.samples.putMarks("r1", [{ id: sample.id, label: "7", state, reading: "1", p }]);
  }
  await store.runs.create(newRun("r1"));
  await store.close();
  return { dir, ids, run: (...argv: string[]) => run("samples", ...argv, "--dir", dir) };
}

async function run(...argv: string[]) {
  const printed = { out: "", err: "" };
  const terminal = {
    out: (text: string) => {
      printed.out += text;
    },
    err: (text: string) => {
      printed.err += text;
    },
    isInteractive: false,
  };
  const app = {
    version: "1.0",
    samples: sampleCommands(runtime),
    reviews: reviewCommands(runtime),
    access: accessCommands(runtime),
  } as Application;
  const code = await runProgram(argv, app, terminal);
  return { code, ...printed };
}

test("samples review list prints the least probable first, with the counts", async () => {
  const { ids, run } = await project();
  const { code, out, err } = await run("review", "list");
  expect(code).toBe(0);
  expect(out).toBe(`${ids[1]}  7 -> 1  0.010\n${ids[0]}  7 -> 1  0.40\n`);
  expect(err).toBe("2 suspect, 2 held, 0 pinned\n  run r1: 4, as a whole\n");
  const held = JSON.parse((await run("review", "list", "--state", "held", "--run", "r1", "--json")).out);
  expect(held.counts).toEqual({ suspect: 2, held: 2, pinned: 0, batches: [{ run_id: "r1", n: 4, held: 2 }] });
  expect(held.samples.map(({ id }: { id: string }) => id)).toEqual(ids.slice(2));
  expect(held.samples[0].review).toEqual({ state: "held", run_id: "r1", reading: "1", p: 0.9 });
});

test("samples review confirm and withdraw take labels out of review, by id and by run", async () => {
  const { ids, run } = await project();
  expect(await run("review", "confirm", ids[0]!)).toMatchObject({ code: 0, out: "1 label confirmed\n" });
  expect(await run("review", "withdraw", ids[1]!, "--json")).toMatchObject({ code: 0, out: '{"n":1}\n' });
  expect(await run("review", "withdraw", "--run", "r1")).toMatchObject({
    code: 0,
    out: "2 labels withdrawn\n",
  });
  const { out } = await run("review", "list", "--json");
  expect(JSON.parse(out).counts).toEqual({ suspect: 0, held: 0, pinned: 0, batches: [] });
});

test("samples review refuses ids together with a run, and neither, with exit code 2", async () => {
  const { ids, run } = await project();
  for (const argv of [[], [ids[0]!, "--run", "r1"]]) {
    const { code, err } = await run("review", "confirm", ...argv);
    expect([code, err]).toEqual([2, expect.stringContaining("Expected either ids of samples or --run ID")]);
  }
  expect((await run("review", "list", "--limit", "0")).code).toBe(2);
  expect((await run("review", "list", "--state", "odd")).code).toBe(2);
});

test("an unknown sample or run is exit code 1, and nothing is changed", async () => {
  const { ids, run } = await project();
  for (const argv of [
    ["review", "confirm", ids[0]!, "none"],
    ["review", "withdraw", "--run", "r9"],
    ["pin", ids[0]!, "none"],
  ]) {
    const { code, err } = await run(...argv);
    expect([code, err]).toEqual([1, expect.stringMatching(/There is no (sample none|run r9)/)]);
  }
  expect(JSON.parse((await run("review", "list", "--json")).out).counts.suspect).toBe(2);
  expect((await run("pinned")).out).toBe("");
});

test("samples pin, pinned and unpin", async () => {
  const { ids, run } = await project();
  expect(await run("pin", ids[0]!, ids[2]!)).toMatchObject({ code: 0, out: "2 drawings pinned\n" });
  const { out, err } = await run("pinned");
  expect([out, err]).toEqual([`${ids[0]}  7  ann\n${ids[2]}  7  ann\n`, "2 pinned drawings\n"]);
  expect(JSON.parse((await run("pinned", "--json")).out)[0]).toMatchObject({
    ...{ id: ids[0]!, review: { state: "pinned" } },
  });
  const refused = await run("review", "withdraw", ids[0]!);
  expect([refused.code, refused.err]).toEqual([1, expect.stringContaining(`tegaki samples unpin ${ids[0]}`)]);
  expect(await run("unpin", ids[0]!, ids[2]!)).toMatchObject({ code: 0, out: "2 drawings unpinned\n" });
  expect((await run("pinned")).err).toBe("0 pinned drawings\n");
  expect((await run("pin")).code).toBe(2);
});

test("samples pin refuses a withdrawn drawing, and then pins none", async () => {
  const { ids, run } = await project();
  await run("review", "withdraw", ids[1]!);
  const { code, err } = await run("pin", ids[0]!, ids[1]!);
  expect([code, err]).toEqual([1, expect.stringContaining("this one is rejected. Nothing was pinned")]);
  expect((await run("pinned")).out).toBe("");
});

test("an import never changes a pinned drawing, also not with --on-conflict replace", async () => {
  const { dir, ids, run } = await project();
  let lines = "";
  await sampleCommands(runtime).export({
    dir,
    write: async (line) => {
      lines += `${line}\n`;
      return true;
    },
  });
  await run("pin", ids[0]!);
  const file = join(dir, "changed.ndjson");
  await Bun.write(file, lines.replaceAll('"label":"7"', '"label":"2"'));
  expect((await run("import", file)).code).toBe(2);
  const { code, out } = await run("import", file, "--on-conflict", "replace");
  expect(code).toBe(0);
  expect(out).toContain("3 got the label of the file; 1 kept the stored label");
  expect((await run("pinned")).out).toBe(`${ids[0]}  7  ann\n`);
});
