import { afterAll, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encode } from "fast-png";
import { unlabelledLine } from "../../../src/datasets/images/exported-sample.ts";
import { packArchive } from "../../../src/datasets/models/model-archive.ts";
import { LOCAL } from "../../../src/domain/actor.ts";
import type { ImportChoices } from "../../../src/domain/samples/sample-files.ts";
import { createSampleFiles } from "../../../src/project/samples/sample-uploads.ts";
import { memoryStore } from "../../storage/helpers.ts";
import { until } from "../../support/executable.ts";

const CHOICES: ImportChoices = { onConflict: "fail", writer: "Aki", labelOffset: null, isTransposed: false };
const root = mkdtempSync(join(tmpdir(), "tegaki-unlabelled-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let folders = 0;

async function opened() {
  const store = await memoryStore();
  const log = { error: (message: string) => expect(message).toBe("") };
  const files = await createSampleFiles({
    ...{ folder: join(root, String(folders++)), store, log },
    classes: ["0", "1", "7"],
  });
  return { store, files };
}

type Opened = Awaited<ReturnType<typeof opened>>;

async function* bytes(content: Uint8Array | string) {
  yield typeof content === "string" ? Buffer.from(content) : content;
}

async function imported({ files }: Opened, name: string, content: Uint8Array | string) {
  const id = await files.receive(name, bytes(content));
  const preview = await files.preview(id, CHOICES);
  files.start(id, CHOICES, LOCAL);
  const state = await until(
    async () => files.state(id),
    ({ step }) => step === "done" || step === "failed",
  );
  return { preview, state };
}

function png(at: number): Uint8Array {
  const data = new Uint8Array(784).fill(255);
  for (let y = 7; y < 21; y++) for (let x = 0; x < 3; x++) data[y * 28 + 7 + at + x] = at;
  return encode({ width: 28, height: 28, channels: 1, depth: 8, data });
}

const url = (at: number) => `data:image/png;base64,${Buffer.from(png(at)).toString("base64")}`;
const pixels = (at: number) => Array.from({ length: 784 }, (_, n) => (n === at ? 255 : 0));
const line = (at: number, more: object) => `${JSON.stringify({ pixels: pixels(at), ...more })}\n`;

describe("drawings without a label go to the label queue", () => {
  const cases: [string, string, () => Promise<Uint8Array | string>][] = [
    [
      "NDJSON lines without label and state",
      "a.ndjson",
      async () => line(300, {}) + line(301, { label: "7" }),
    ],
    [
      "Label Studio's tasks without an annotation",
      "a.json",
      async () =>
        JSON.stringify([
          { data: { image: url(1) } },
          {
            data: { image: url(2) },
            annotations: [{ result: [{ type: "choices", value: { choices: ["7"] } }] }],
          },
        ]),
    ],
    [
      "a zip's images in no folder",
      "a.zip",
      async () => packArchive({ "one.png": png(1), "7/two.png": png(2) }, []),
    ],
    [
      "a zip's images in _unlabelled",
      "b.zip",
      async () => packArchive({ "scans/_unlabelled/one.png": png(1), "scans/7/two.png": png(2) }, []),
    ],
    [
      "a zip's images in a class's folder within _unlabelled",
      "c.zip",
      async () => packArchive({ "_unlabelled/7/one.png": png(1), "7/two.png": png(2) }, []),
    ],
    [
      "a zip's images whose names begin with ./",
      "d.zip",
      async () => packArchive({ "./one.png": png(1), "./7/two.png": png(2) }, []),
    ],
    [
      "CSV rows with an empty label",
      "a.csv",
      async () =>
        `label,${pixels(0)
          .map((_, n) => `p${n}`)
          .join(",")}\n,${pixels(300).join(",")}\n7,${pixels(301).join(",")}\n`,
    ],
  ];
  test.each(cases)("%s", async (_, name, content) => {
    const parts = await opened();
    const { preview, state } = await imported(parts, name, await content());
    expect(preview).toMatchObject({ rows: 1, unlabelled: 1, problems: 0, labels: [{ label: "7", n: 1 }] });
    expect(state).toMatchObject({ step: "done", totals: { imported: 1, unlabelled: 1, left_out: 0 } });
    expect((await parts.store.samples.stats()).total).toBe(1);
    const [drawing] = await parts.store.queue.pageAfter(null, 10);
    expect(drawing).toMatchObject({ source: "import", writer: "Aki" });
  });
});

test("a missing label that is more likely a mistake stays a row in trouble", async () => {
  const parts = await opened();
  const { preview } = await imported(
    parts,
    "a.ndjson",
    line(300, { label: null }) + line(301, { label: "" }) + line(302, { state: "labelled" }) + line(303, {}),
  );
  expect(preview).toMatchObject({ rows: 0, unlabelled: 1, problems: 3 });
  const table = `${pixels(300).join(",")}\n${pixels(301).join(",")}\n`;
  const csv = await imported(await opened(), "b.csv", table);
  expect(csv.preview.refusal?.message).toContain("no labels");
});

test("an image in a folder that is no class is in trouble, and its reason says where images without a label go", async () => {
  const { preview } = await imported(
    await opened(),
    "a.zip",
    await packArchive({ "all/one.png": png(1), "7/two.png": png(2) }, []),
  );
  expect(preview).toMatchObject({ rows: 1, unlabelled: 0, problems: 1 });
  expect(preview.named[0]?.message).toEndWith(
    'all/one.png: expected a label of the classes 0, 1, 7, found "all". Correct the label, or add the class to parameters.yml. Images without a label go into a folder _unlabelled, or to the top of the archive',
  );
});

test.each(["../one.png", "7/../../one.png", "/7/one.png"])(
  "an entry whose name leaves the archive is in trouble alone: %s",
  async (name) => {
    const zip = await packArchive({ [name]: png(1), "7/two.png": png(2), "three.png": png(3) }, []);
    const { preview } = await imported(await opened(), "a.zip", zip);
    expect(preview).toMatchObject({ rows: 1, unlabelled: 1, problems: 1, refusal: null });
    expect(preview.named[0]?.message).toContain(`${name}: its name leaves the archive`);
  },
);

test("what is in the queue, or has a label, is known; importing again adds nothing", async () => {
  const parts = await opened();
  await imported(parts, "a.ndjson", line(300, {}) + line(301, { label: "7" }));
  const { state } = await imported(parts, "a.ndjson", line(300, {}) + line(301, {}) + line(302, {}));
  expect(state).toMatchObject({ totals: { imported: 0, unlabelled: 1, known: 2 } });
  expect((await parts.store.queue.counts()).unlabelled).toBe(2);
});

test("undoing an import removes what has no label yet, and keeps what was labelled since", async () => {
  const parts = await opened();
  const { store } = parts;
  const { state } = await imported(parts, "a.ndjson", line(300, {}) + line(301, {}) + line(302, {}));
  const action = state.step === "done" ? state.action! : null;
  expect(action).toMatchObject({ kind: "import", n: 3 });
  const { questions } = await store.queue.next({
    ...{ labeller: "ada", order: "newest", n: 1, holding: [], live: null, compared: null, leaseMs: 1_000 },
    ...{ shares: { second: 0, known: 0 }, draws: [0] },
  });
  const by = { labeller: "ada", actor: LOCAL };
  const { decision } = await store.queue.answer(questions[0]!.id, { kind: "label", label: "1" }, by);
  const undone = await store.sheet.undo(action!.id, LOCAL);
  expect(undone).toMatchObject({
    ...{ changed: 2, kept: { gone: 0, pinned: 0, changed: 1 } },
    named: [{ id: decision.itemId, reason: "changed" }],
  });
  expect((await store.queue.counts()).unlabelled).toBe(0);
  expect((await store.samples.stats()).total).toBe(1);
  const taken = store.queue.undo(decision.id, by, 1_000);
  await expect(taken).rejects.toThrow(/the import of its drawing was undone since/);
  expect((await store.queue.counts()).unlabelled).toBe(0);
  expect((await store.samples.stats()).total).toBe(1);
});

test("undoing an import does not name a drawing whose label was taken back before", async () => {
  const parts = await opened();
  const { store } = parts;
  const { state } = await imported(parts, "a.ndjson", line(300, {}));
  const { questions } = await store.queue.next({
    ...{ labeller: "ada", order: "newest", n: 1, holding: [], live: null, compared: null, leaseMs: 1_000 },
    ...{ shares: { second: 0, known: 0 }, draws: [0] },
  });
  const by = { labeller: "ada", actor: LOCAL };
  const { decision } = await store.queue.answer(questions[0]!.id, { kind: "none" }, by);
  await store.queue.undo(decision.id, by, 1_000);
  const undone = await store.sheet.undo(state.step === "done" ? state.action!.id : 0, LOCAL);
  expect(undone).toMatchObject({ changed: 1, named: [] });
  expect((await store.queue.counts()).unlabelled).toBe(0);
});

test("exported drawings without a label are the same after an import into an empty project", async () => {
  const parts = await opened();
  const strokes = JSON.stringify({
    w: 100,
    h: 100,
    strokes: [
      [
        [10, 10],
        [50, 90],
      ],
    ],
    writer: "Ada",
  });
  await imported(parts, "a.ndjson", `${strokes}\n${line(300, { session: "s1" })}`);
  const lines = (await parts.store.queue.pageAfter(null, 10)).map(unlabelledLine);
  const others = await opened();
  await imported(others, "b.ndjson", `${lines.join("\n")}\n`);
  const again = (await others.store.queue.pageAfter(null, 10)).map(unlabelledLine);
  expect(lines).toHaveLength(2);
  expect(again).toEqual(lines.map((text) => text));
});
