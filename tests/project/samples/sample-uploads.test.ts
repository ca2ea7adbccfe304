import { afterAll, describe, expect, test } from "bun:test";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encode } from "fast-png";
import { packArchive } from "../../../src/datasets/models/model-archive.ts";
import { PREPROCESSING_VERSION } from "../../../src/digits/image-format.ts";
import { rasterise } from "../../../src/digits/rasterise.ts";
import { LOCAL } from "../../../src/domain/actor.ts";
import type { ExportFormat, ImportChoices, SampleFiles } from "../../../src/domain/samples/sample-files.ts";
import type { Store } from "../../../src/domain/store.ts";
import { ConflictError, InputError, NotFoundError } from "../../../src/lib/errors.ts";
import { createSampleFiles } from "../../../src/project/samples/sample-uploads.ts";
import { memoryStore, newSample, rejectionOf } from "../../storage/helpers.ts";
import { drawingOf } from "../../support/digit-strokes.ts";
import { until } from "../../support/executable.ts";

const CLASSES = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
const CHOICES: ImportChoices = { onConflict: "fail", writer: null, labelOffset: null, isTransposed: false };
const root = mkdtempSync(join(tmpdir(), "tegaki-uploads-test-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let folders = 0;

async function opened(): Promise<{ store: Store; files: SampleFiles; folder: string }> {
  const store = await memoryStore();
  const folder = join(root, String(folders++));
  const log = { error: (message: string) => expect(message).toBe("") };
  return { store, folder, files: await createSampleFiles({ folder, store, classes: CLASSES, log }) };
}

/** An image with a bar whose place depends on `at`; dark on light, as scans are, unless told otherwise. */
function png(at: number, side = 28, isDark = true): Uint8Array {
  const data = new Uint8Array(side * side).fill(isDark ? 255 : 0);
  for (let y = side / 4; y < (3 * side) / 4; y++)
    for (let x = 0; x < 3; x++) data[y * side + (side / 4 + at + x)] = isDark ? at : 255 - at;
  return encode({ width: side, height: side, channels: 1, depth: 8, data });
}

async function* body(...parts: (Uint8Array | string)[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield typeof part === "string" ? Buffer.from(part) : part;
}

const zipOf = (files: Record<string, Uint8Array>) => packArchive(files, []);

async function finished(files: SampleFiles, id: string) {
  return until(
    async () => files.state(id),
    ({ step }) => step === "done" || step === "failed",
  );
}

describe("a zip archive of PNG images in folders", () => {
  const archive = () =>
    zipOf({
      "digits/7/a.png": png(1),
      "digits/7/b.png": png(2, 28, false),
      "digits/1/c.png": png(3, 92),
      "digits/_none/d.png": png(4),
      "digits/A/e.png": png(5),
      "digits/1/f.png": Buffer.from("not a picture"),
      "digits/1/readme.txt": Buffer.from("hello"),
      "__MACOSX/7/._a.png": Buffer.from("x"),
    });

  test("is previewed: labels, polarity, images, and the rows in trouble by name, with what was expected and found", async () => {
    const { files, folder, store } = await opened();
    const id = await files.receive("digits.zip", body(await archive()));
    const preview = await files.preview(id, CHOICES);
    expect(preview).toMatchObject({
      ...{ files: ["digits.zip"], kind: "zip", rows: 4, blank: 0, inverted: 3, problems: 3, conflicts: 0 },
      labels: [
        { label: "1", n: 1 },
        { label: "7", n: 2 },
        { label: null, n: 1 },
      ],
      refusal: null,
    });
    expect(preview.named.map(({ message }) => message)).toEqual([
      expect.stringMatching(
        /^digits\.zip, digits\/A\/e\.png: expected a label of the classes 0, 1.*, found "A"/,
      ),
      "digits.zip, digits/1/f.png: is not a PNG",
      "digits.zip, digits/1/readme.txt: expected a PNG image, found another file",
    ]);
    expect(JSON.stringify(preview)).not.toContain(folder);
    // The scan of 92 px fills the box of a drawing: 20 px high, centred, ink high.
    const scan = preview.images[2]!.pixels;
    const rows = Array.from({ length: 28 }, (_, y) =>
      scan.subarray(y * 28, y * 28 + 28).some((ink) => ink > 0),
    );
    expect(rows.indexOf(true)).toBe(4);
    expect(rows.lastIndexOf(true)).toBe(23);
    expect(Math.max(...scan)).toBe(255);
    expect((await store.samples.stats()).total).toBe(0);
  });

  test("is imported without them, undone as a whole, and nothing of the upload stays on disk", async () => {
    const { files, store, folder } = await opened();
    const id = await files.receive("../../digits.zip", body(await archive()));
    await files.preview(id, CHOICES);
    files.start(id, { ...CHOICES, writer: "ann" }, LOCAL);
    expect(() => files.start(id, CHOICES, LOCAL)).toThrow(ConflictError);
    const state = await finished(files, id);
    expect(state).toMatchObject({
      ...{ step: "done", file: "digits.zip", action: { kind: "import", label: "digits.zip", n: 4 } },
      totals: { imported: 4, known: 0, left_out: 3 },
    });
    expect(readdirSync(folder)).toEqual([]);
    const { items } = await store.sheet.page({ source: "import" });
    expect(items.map(({ label, writer, state: of }) => `${label} ${writer} ${of}`).sort()).toEqual([
      ...["1 ann labelled", "7 ann labelled", "7 ann labelled", "null ann negative"],
    ]);
    if (state.step !== "done" || state.action === null) throw new Error("expected an action");
    expect(await store.sheet.undo(state.action.id, LOCAL)).toMatchObject({ changed: 4, named: [] });
    expect(await store.sheet.count({})).toBe(0);
  });
});

test("an image of grey paper alone is without ink, and is not stored", async () => {
  const { files, store } = await opened();
  const paper = encode({
    ...{ width: 40, height: 40, channels: 1, depth: 8 },
    data: new Uint8Array(1600).fill(240),
  });
  const id = await files.receive("d.zip", body(await zipOf({ "4/empty.png": paper, "4/a.png": png(1, 40) })));
  expect(await files.preview(id, CHOICES)).toMatchObject({ rows: 1, blank: 1, problems: 0 });
  files.start(id, CHOICES, LOCAL);
  expect(await finished(files, id)).toMatchObject({ totals: { imported: 1, left_out: 1 } });
  expect(await store.sheet.count({ label: "4" })).toBe(1);
});

describe("conflicts", () => {
  const line = (label: string) =>
    `${JSON.stringify({
      label,
      w: 10,
      h: 10,
      strokes: [
        [
          [1, 1],
          [9, 9],
        ],
      ],
    })}\n`;

  test("are named in the preview; fail imports nothing, replace can be undone", async () => {
    const { files, store } = await opened();
    const first = await files.receive("a.ndjson", body(line("7")));
    files.start(first, CHOICES, LOCAL);
    await finished(files, first);
    const again = await files.receive("b.ndjson", body(line("1")));
    expect(await files.preview(again, CHOICES)).toMatchObject({
      ...{ rows: 1, conflicts: 1 },
      namedConflicts: [{ at: 1, message: 'expected the label "7" that the drawing has already, found "1"' }],
    });
    files.start(again, CHOICES, LOCAL);
    expect(await finished(files, again)).toMatchObject({
      ...{
        step: "failed",
        message: expect.stringContaining("Nothing is imported from b.ndjson: 1 of its rows"),
        retry: CHOICES,
      },
    });
    expect(await store.sheet.count({ label: "7" })).toBe(1);
    // The upload is kept, with its conflicts, and needs another choice only.
    expect(await files.preview(again, CHOICES)).toMatchObject({ rows: 1, conflicts: 1, refusal: null });
    files.start(again, { ...CHOICES, onConflict: "replace" }, LOCAL);
    const state = await finished(files, again);
    expect(() => files.start(again, CHOICES, LOCAL)).toThrow(ConflictError);
    expect(state).toMatchObject({ totals: { imported: 0, replaced: 1 }, action: { n: 1 } });
    expect(await store.sheet.count({ label: "1" })).toBe(1);
    if (state.step === "done") await store.sheet.undo(state.action!.id, LOCAL);
    expect(await store.sheet.count({ label: "7" })).toBe(1);
  });
});

describe("uploads", () => {
  test("with an empty body or without a name are refused, one that does not exist is not found; of four that wait, a fifth drops the oldest", async () => {
    const { files, folder } = await opened();
    expect(await rejectionOf(files.receive("a.csv", body()))).toBeInstanceOf(InputError);
    expect(await rejectionOf(files.receive("../..", body("x")))).toBeInstanceOf(InputError);
    expect(await rejectionOf(files.receive("a", body("x"), "none"))).toBeInstanceOf(NotFoundError);
    expect(() => files.state("none")).toThrow(NotFoundError);
    const ids: string[] = [];
    for (let i = 0; i < 4; i++) ids.push(await files.receive(`${i}.csv`, body("x")));
    ids.push(await files.receive("5.csv", body("x")));
    expect(() => files.state(ids[0]!)).toThrow(NotFoundError);
    expect(ids.slice(1).map((id) => files.state(id).step)).toEqual(Array(4).fill("waiting"));
    expect(readdirSync(folder).sort()).toEqual(ids.slice(1).sort());
    await files.remove(ids[1]!);
    expect(readdirSync(folder)).toHaveLength(3);
  });

  test("that are arriving are not dropped: a fifth is refused until one is there", async () => {
    const { files } = await opened();
    const { promise, resolve } = Promise.withResolvers<void>();
    const slow = async function* () {
      yield Buffer.from("x");
      await promise;
    };
    const arriving = [0, 1, 2, 3].map((i) => files.receive(`${i}.csv`, slow()));
    const refused = await rejectionOf(files.receive("5.csv", body("x")));
    expect(refused).toBeInstanceOf(ConflictError);
    expect(String(refused)).toContain("4 files are arriving or being imported");
    resolve();
    const [first] = await Promise.all(arriving);
    await files.receive("5.csv", body("x"));
    expect(() => files.state(first!)).toThrow(NotFoundError);
  });

  test("a file that cannot be read is refused in the preview, with the reason and without the folder", async () => {
    const { files, folder } = await opened();
    const id = await files.receive("a.png", body(png(1)));
    const { refusal, rows } = await files.preview(id, CHOICES);
    expect(rows).toBe(0);
    expect(refusal?.message).toStartWith("Cannot read a.png: it is a PNG image. Expected drawings as NDJSON");
    expect(JSON.stringify(refusal)).not.toContain(folder);
  });
});

describe("an export", () => {
  async function exported(files: SampleFiles, format: ExportFormat) {
    const { body: stream, name } = await files.export({ filter: {} }, format);
    return { name, bytes: await new Response(stream).bytes() };
  }

  test.each(["ndjson", "csv", "zip", "pickle", "label-studio"] as const)(
    "as %s is imported into an empty store with the same drawings and labels",
    async (format) => {
      const { files, store } = await opened();
      for (let i = 0; i < 12; i++) {
        const strokes = drawingOf(i % 10, i + 1);
        const pixels = rasterise(strokes);
        const drawing = {
          drawing: format === "ndjson" ? strokes : null,
          preprocessing: PREPROCESSING_VERSION,
        };
        await store.samples.insert(newSample({ ...drawing, pixels, label: i === 0 ? null : String(i % 10) }));
      }
      await store.samples.update((await store.sheet.page({})).items[3]!.id, { state: "rejected" }, LOCAL);
      const { name, bytes } = await exported(files, format);
      const other = await opened();
      const id = await other.files.receive(name, body(bytes));
      expect((await other.files.preview(id, CHOICES)).refusal).toBeNull();
      other.files.start(id, CHOICES, LOCAL);
      const state = await finished(other.files, id);
      expect(state.step).toBe("done");
      const all = async (from: Store) => {
        const rows = await from.sheet.selected({ filter: {} }, null, 100);
        const kept = rows.filter(({ state: of }) =>
          format === "ndjson" ? true : of === "labelled" || (of === "negative" && /zip|studio/.test(format)),
        );
        return kept.map(({ label, state: of, pixels }) => `${label} ${of} ${pixels.slice(200, 260)}`).sort();
      };
      expect(await all(other.store)).toEqual(await all(store));
      expect((await all(store)).length).toBe(
        { ndjson: 12, csv: 10, zip: 11, pickle: 10, "label-studio": 11 }[format],
      );
    },
  );

  test("as idx is an archive of images and labels, which are imported as two files", async () => {
    const { files, store } = await opened();
    for (let i = 0; i < 3; i++)
      await store.samples.insert(
        newSample({ drawing: null, pixels: new Uint8Array(784).fill(i + 200, 50), label: "4" }),
      );
    const { bytes } = await exported(files, "idx");
    const folder = join(root, `idx-${folders++}`);
    await Bun.write(join(folder, "a.zip"), bytes);
    const unzip = Bun.spawnSync([
      "python3",
      "-c",
      `import zipfile; zipfile.ZipFile(${JSON.stringify(join(folder, "a.zip"))}).extractall(${JSON.stringify(folder)})`,
    ]);
    expect(unzip.exitCode).toBe(0);
    const read = (name: string) => Bun.file(join(folder, name)).bytes();
    const other = await opened();
    const id = await other.files.receive(
      "drawings-images-idx3-ubyte",
      body(await read("drawings-images-idx3-ubyte")),
    );
    expect((await other.files.preview(id, CHOICES)).refusal?.message).toContain("Cannot find the labels");
    await other.files.receive("labels", body(await read("drawings-labels-idx1-ubyte")), id);
    expect(await other.files.preview(id, CHOICES)).toMatchObject({ kind: "idx", rows: 3, refusal: null });
  });
});
