import { describe, expect, test } from "bun:test";
import { LOCAL } from "../../../../src/domain/actor.ts";
import { contentOf } from "../../../../src/domain/lineage/run-data.ts";
import { newRun, newSample } from "../../../storage/helpers.ts";
import { drawAndLabel } from "../../../support/labeller.ts";
import { createTestApp, type TestApp } from "../../../support/test-app.ts";

/** An application with a corrected drawing of "ann" that run-1 trained on, which made the champion. */
async function prepared() {
  const app = await createTestApp();
  const { store } = app;
  const { sample } = await store.samples.insert(newSample({ writer: "ann", label: "7", actor: LOCAL }));
  await store.samples.insert(newSample({ writer: "bob", label: "3", actor: LOCAL }));
  await store.samples.update(sample.id, { label: "1" }, { kind: "token", name: "ci" });
  await store.runs.create(newRun("run-1"));
  await store.runs.update("run-1", { status: "done", modelVersion: 1 });
  const content = contentOf(sample.pixels, "1");
  await store.lineage.putRunData("run-1", [
    { sampleId: sample.id, side: "train", reason: null, label: "1", content },
  ]);
  const { version } = await store.models.create({
    ...{ name: "digits", key: "k", sha256: "00", runId: "run-1", parentVersion: null },
    ...{ metrics: { evaluations: {} } as never, gate: null, state: "ready" },
  });
  await store.models.moveAlias({
    ...{
      alias: "champion",
      version,
      action: "promote",
      actor: LOCAL,
      isForced: false,
      verdict: null,
      by: "gate",
      reason: "it is better",
    },
  });
  return { ...app, id: sample.id, version };
}

async function page(app: Pick<TestApp, "app">, path: string, init?: RequestInit) {
  const response = await app.app.request(path, init);
  return { status: response.status, html: await response.text() };
}

const form = (fields: Record<string, string>): RequestInit => ({
  ...{ method: "POST", body: new URLSearchParams(fields) },
});

describe("/samples/{id}", () => {
  test("shows history, runs, models and deployments, and links to each of them", async () => {
    const app = await prepared();
    const { status, html } = await page(app, `/samples/${app.id}`);
    expect(status).toBe(200);
    expect(html).toContain("A program with a token (ci)");
    expect(html).toContain('href="/runs/run-1"');
    expect(html).toContain('href="/runs/run-1/data?side=train"');
    expect(html).toContain(`href="/models/${app.version}"`);
    expect(html).toContain(`Model ${app.version} went live`);
    expect(html).toContain('href="/samples/forget?writer=ann"');
    const japanese = await page(app, `/samples/${app.id}`, { headers: { "accept-language": "ja" } });
    expect(japanese.html).toContain("トークンを持つプログラム（ci）");
  });

  test("of a deleted drawing has its history; one that never was is 404", async () => {
    const app = await prepared();
    await app.store.samples.delete(app.id, LOCAL);
    const { status, html } = await page(app, `/samples/${app.id}`);
    expect(status).toBe(200);
    expect(html).toContain("This drawing was deleted");
    expect((await page(app, "/samples/none")).status).toBe(404);
  });
});

describe("/runs/{id}/data", () => {
  test("has the drawings that a run was trained on, and links back to them", async () => {
    const app = await prepared();
    const { html } = await page(app, "/runs/run-1/data");
    expect(html).toContain(`href="/samples/${app.id}"`);
    expect(html).toContain("Training: 1");
    const run = await page(app, "/runs/run-1");
    expect(run.html).toContain('href="/runs/run-1/data"');
  });

  test("says when a run has recorded none", async () => {
    const app = await prepared();
    await app.store.runs.create(newRun("run-2"));
    expect((await page(app, "/runs/run-2/data")).html).toContain("This run has recorded no data");
    expect((await page(app, "/runs/none/data")).status).toBe(404);
  });
});

describe("/samples/forget", () => {
  test("names what goes and asks; then it is done, with a run that trains without the drawings", async () => {
    const app = await prepared();
    const before = await page(app, "/samples/forget?writer=ann");
    expect(before.html).toContain("Remove everything that ann has drawn.");
    expect(before.html).toContain("1 drawings, with their labels and history");
    expect(before.html).toContain(`href="/models/${app.version}"`);
    expect(before.html).not.toContain('action="/runs"');

    const after = await page(app, "/samples/forget", form({ writer: "ann" }));
    expect(after.status).toBe(200);
    expect(after.html).toContain("1 drawings are forgotten");
    expect(after.html).toContain('action="/runs"');
    expect(after.html).not.toContain("ann has drawn");
    expect(await app.store.samples.get(app.id)).toBeNull();
    expect((await page(app, "/runs/run-1/data")).html).toContain("Forgotten");
  });

  test("names drawings without a label and answers in the label queue, where there are any", async () => {
    const app = await prepared();
    const plain = await page(app, "/samples/forget?writer=ann");
    expect(plain.html).toContain("Forget 1 drawings?");
    for (const words of ["without a label", "label queue"]) expect(plain.html).not.toContain(words);

    await drawAndLabel(app.store, "ann", 2);
    const { html } = await page(app, "/samples/forget?writer=ann");
    for (const words of [
      "Forget 3 drawings and 1 answers?",
      "Of the drawings, 2 have no label yet.",
      "In the label queue, they gave 1 answers. Labels that they gave to other people&#39;s drawings stay.",
      "<li>1 drawings, with their labels and history</li>",
      "<li>2 drawings without a label, which wait in the label queue or are not usable</li>",
      "<li>1 answers that they gave in the label queue</li>",
    ])
      expect(html).toContain(words);
    const after = await page(app, "/samples/forget", form({ writer: "ann" }));
    expect(after.html).toContain("3 drawings and 1 answers are forgotten");
  });

  test("forgets a labeller who has drawn nothing", async () => {
    const app = await prepared();
    await drawAndLabel(app.store, "eve", 0);
    const before = await page(app, "/samples/forget?writer=eve");
    expect(before.html).toContain("Forget 1 answers?");
    expect(before.html).not.toContain("There is nothing to forget.");
    expect(before.html).not.toContain("drawings, with their labels and history");
    const after = await page(app, "/samples/forget", form({ writer: "eve" }));
    expect(after.html).toContain("1 answers are forgotten");
    expect((await page(app, "/samples/forget?writer=eve")).html).toContain("There is nothing to forget.");
  });

  test("is 400 without a name, and 404 for someone without drawings in a form", async () => {
    const app = await prepared();
    expect((await page(app, "/samples/forget")).status).toBe(400);
    expect((await page(app, "/samples/forget?writer=eve")).html).toContain("There is nothing to forget.");
  });
});
