import { expect, test } from "bun:test";
import { createApplication } from "../../../src/commands/create-application.ts";
import { runProgram } from "../../../src/commands/program.ts";
import { LOCAL } from "../../../src/domain/actor.ts";
import { contentOf } from "../../../src/domain/lineage/run-data.ts";
import { loadProject, openProjectStore } from "../../../src/project/project.ts";
import { newRun, newSample, withDirectory } from "../../storage/helpers.ts";
import { drawAndLabel } from "../../support/labeller.ts";
import { runtime } from "../../support/run-project.ts";

const app = createApplication(runtime);

async function tegaki(...argv: string[]) {
  let [out, err] = ["", ""];
  const terminal = {
    out: (text: string) => {
      out += text;
    },
    err: (text: string) => {
      err += text;
    },
    isInteractive: false,
  };
  const code = await runProgram(argv, app, terminal);
  return { code, out, err };
}

/** A project with a drawing of "ann" that model 1 was trained on, and one of "bob". */
async function prepared(dir: string): Promise<string> {
  const store = await openProjectStore(runtime, await loadProject(runtime, { dir }));
  const { sample } = await store.samples.insert(newSample({ writer: "ann", label: "7", preprocessing: 99 }));
  await store.samples.insert(newSample({ writer: "bob", preprocessing: 99 }));
  await store.samples.update(sample.id, { label: "1" }, { kind: "token", name: "ci" });
  await store.runs.create(newRun("run-1"));
  const content = contentOf(sample.pixels, "1");
  await store.lineage.putRunData("run-1", [
    { sampleId: sample.id, side: "train", reason: null, label: "1", content },
  ]);
  const { version } = await store.models.create({
    ...{ name: "digits", key: "k", sha256: "00", runId: "run-1", parentVersion: null },
    ...{ metrics: { evaluations: {} } as never, gate: null, state: "candidate" },
  });
  await store.runs.update("run-1", { modelVersion: version });
  await store.models.moveAlias({
    alias: "champion",
    version,
    action: "promote",
    actor: LOCAL,
    isForced: false,
    verdict: null,
    by: "cli",
    reason: "x",
  });
  await store.close();
  return sample.id;
}

test("samples lineage prints who labelled a drawing as what, and the runs and models that used it", () =>
  withDirectory(async (dir) => {
    const id = await prepared(dir);
    const { code, out } = await tegaki("samples", "lineage", id, "--dir", dir);
    expect(code).toBe(0);
    expect(out).toContain(`sample ${id}\n  label   1\n`);
    expect(out).toMatch(/7 -> 1 {2}by token:ci\n.* stored as 7 {2}by local\n/);
    expect(out).toMatch(/run-1 {2}tuning {2}train {2}as 1 {2}model 1\n/);
    expect(out).toContain("models trained on it\n  1  as 1\n");
    const json = JSON.parse((await tegaki("samples", "lineage", id, "--dir", dir, "--json")).out);
    expect(json).toMatchObject({ id, sample: { label: "1" }, models: [{ version: 1, how: "trained" }] });
    expect(json.sample.pixels).toBeUndefined();
    const unknown = await tegaki("samples", "lineage", "none", "--dir", dir);
    expect(unknown).toEqual({ code: 1, out: "", err: "tegaki: There is no sample none\n" });
  }));

test("samples forget removes nothing without --yes, and names the models that keep traces with it", () =>
  withDirectory(async (dir) => {
    await prepared(dir);
    const asked = ["samples", "forget", "--writer", "ann", "--dir", dir];
    const preview = "1 drawing; these models were trained on some of them:\n  1  1 drawing  [champion]\n";
    expect(await tegaki(...asked, "--dry-run")).toEqual({ code: 0, out: preview, err: "" });
    expect(await tegaki(...asked)).toEqual({
      code: 2,
      out: preview,
      err: "tegaki: Nothing was removed. Add --yes to forget 1 drawing\n",
    });
    const { code, out } = await tegaki(...asked, "--yes");
    expect(code).toBe(0);
    expect(out).toContain("1 drawing is forgotten");
    expect(out).toContain("  1  1 drawing  [champion]\n");
    expect(JSON.parse((await tegaki("samples", "stats", "--dir", dir, "--json")).out)).toMatchObject({
      total: 1,
    });
    expect(await tegaki(...asked, "--yes")).toMatchObject({
      code: 1,
      err: 'tegaki: There are no drawings of writer "ann"\n',
    });
  }));

test("samples forget names drawings without a label and answers in the label queue", () =>
  withDirectory(async (dir) => {
    await prepared(dir);
    const store = await openProjectStore(runtime, await loadProject(runtime, { dir }));
    await drawAndLabel(store, "ann", 2);
    await drawAndLabel(store, "eve", 0);
    await store.close();
    const what = "3 drawings (2 without a label) and 1 answer in the label queue";
    const asked = ["samples", "forget", "--writer", "ann", "--dir", dir];
    const { code, out, err } = await tegaki(...asked);
    expect([code, err]).toEqual([2, `tegaki: Nothing was removed. Add --yes to forget ${what}\n`]);
    expect(out).toStartWith(`${what}; these models`);
    const json = JSON.parse((await tegaki(...asked, "--dry-run", "--json")).out);
    expect(json).toMatchObject({ drawings: 3, unlabelled: 2, decisions: 1 });
    expect((await tegaki(...asked, "--yes")).out).toStartWith(`${what} are forgotten`);
    const eve = await tegaki("samples", "forget", "--writer", "eve", "--dir", dir, "--yes");
    expect(eve.out).toStartWith("1 answer in the label queue is forgotten");
  }));

test("samples forget is a usage error without exactly one of --writer and --session", () =>
  withDirectory(async (dir) => {
    for (const flags of [[], ["--writer", "a", "--session", "b"]])
      expect((await tegaki("samples", "forget", ...flags, "--dir", dir)).code).toBe(2);
  }));
