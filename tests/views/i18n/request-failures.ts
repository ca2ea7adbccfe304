import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Context } from "hono";
import { parseDrawing } from "../../../src/digits/parse.ts";
import { LOCAL } from "../../../src/domain/actor.ts";
import type { ImportChoices } from "../../../src/domain/samples/sample-files.ts";
import { requireClass } from "../../../src/http/api/label.ts";
import { requireModel } from "../../../src/http/api/no-model.ts";
import { createApp } from "../../../src/http/app.ts";
import { notAs, notOneOf, tooLong } from "../../../src/http/expected.ts";
import { unreadableForm } from "../../../src/http/middleware/form.ts";
import { confirmLabel } from "../../../src/http/reviews.ts";
import { ConflictError } from "../../../src/lib/errors.ts";
import type { Saying, Sentence } from "../../../src/lib/saying.ts";
import { importRows } from "../../../src/project/samples/import-rows.ts";
import { imageFiles } from "../../../src/project/samples/read-upload.ts";
import { createSampleFiles } from "../../../src/project/samples/sample-uploads.ts";
import { memoryStore, newRun, newSample } from "../../storage/helpers.ts";
import { until } from "../../support/executable.ts";
import { createTestApp } from "../../support/test-app.ts";

type ThrownBy = (work: () => unknown) => Promise<Sentence>;

/** The refusals of requests: what the error page would show, and the errors of their parts. */
export async function requestFailures(thrownBy: ThrownBy): Promise<Sentence[]> {
  const throwing = (error: Error) => thrownBy(() => Promise.reject(error));
  return [
    ...(await pageRefusals()),
    ...(await Promise.all([
      thrownBy(() => requireClass(["0"], "x")),
      throwing(notOneOf("do", ["a"], "b")),
      throwing(tooLong("q", 3, 4)),
      throwing(notAs("from", "a percentage from 0 to 100", "percent", "x")),
      throwing(notAs("model", "the number of a model version", "version", "x")),
      throwing(notAs("day", 'a day as in "2026-01-02"', "day", "x")),
      throwing(notAs("writer", "one line of at most 100 characters", "writer", "x")),
      throwing(notAs("most_uses", "a whole number from 1 to 1,000", "most", "x")),
      throwing(notAs("label_offset", "0 to 999", "offset", "x")),
      throwing(notAs("samples", 'lines "ID STATE LABEL"', "lines", "x")),
      throwing(unreadableForm(new Error("cut off"))),
      thrownBy(() => parseDrawing(3)),
    ])),
    ...(await modelFailures(thrownBy)),
    ...(await sampleFailures(thrownBy)),
    ...(await uploadFailures(thrownBy)),
  ];
}

/** What the error page is rendered with. */
async function pageRefusals(): Promise<Sentence[]> {
  const shown: Sentence[] = [];
  const page = (c: Context, { detail, status }: { detail: string; status: number }, says?: Saying) => {
    shown.push({ message: detail, says });
    return c.text(detail, status as 400);
  };
  const { deps } = await createTestApp();
  const app = createApp(deps, page);
  const form = { "content-type": "application/x-www-form-urlencoded" };
  const post = (path: string, body: string, headers: Record<string, string> = form) =>
    app.request(path, { method: "POST", body, headers });
  await app.request("/learning", { method: "PUT" });
  await post("/runs", "", { ...form, "sec-fetch-site": "cross-site" });
  await app.request("/", { headers: { host: "a b" } });
  await app.request("/", { headers: { host: "elsewhere.example" } });
  await post("/runs", "x".repeat(70_000), { ...form, "content-length": "70000" });
  await app.request("/runs", {
    ...{ method: "POST", headers: { ...form, "transfer-encoding": "chunked" }, duplex: "half" as const },
    body: new Blob(["x".repeat(70_000)]).stream(),
  });
  await post("/samples/bulk", "x".repeat(600_000), { ...form, "content-length": "600000" });
  await post("/models/import", "", { ...form, "content-length": "900000000" });
  await post("/samples/imports", "", { ...form, "content-length": "900000000" });
  await post("/samples/export", "format=csv");
  await app.request("/samples/forget");
  await app.request("/samples/forget?writer=a&session=b");
  await deps.store.runs.create(newRun("r1"));
  await app.request("/runs/r1/examples?true=1");
  const file = new FormData();
  file.set("a", new File(["x"], "x"));
  await app.request("/language", { method: "POST", body: file });
  const broken = { ...deps.monitor, overview: () => Promise.reject(new Error("no memory")) };
  await createApp({ ...deps, monitor: broken }, page).request("/monitoring");
  const { says } = (await import("../../../src/digits/drawing-limits.ts")).excessOf(Array(2_000).fill([]))!;
  const { RefusedRequest } = await import("../../../src/http/middleware/refused-request.ts");
  const { saying } = await import("../../../src/lib/saying.ts");
  const refused = new RefusedRequest(
    413,
    "strokes: expected at most 1000 strokes, found 2000. Simplify the drawing.",
    saying("request.simplify", { reason: says! }),
  );
  return [
    ...shown.filter(({ says: known }) => known !== undefined),
    { message: refused.message, says: refused.says },
  ];
}

async function modelFailures(thrownBy: ThrownBy): Promise<Sentence[]> {
  const without = (firstModel: unknown) =>
    ({
      predictor: { current: () => null },
      registry: { champion: async () => null },
      scheduler: { status: async () => ({ firstModel }) },
    }) as never;
  const { app, deps } = await createTestApp();
  void app;
  const { predictWithoutModel } = await import("../../../src/http/api/no-model.ts");
  const { NoDrawingsError } = await import("../../../src/serving/everybody/project-memory.ts");
  const everybody = { answer: () => Promise.reject(new NoDrawingsError(["1", "2"])) };
  return [
    await thrownBy(() => requireModel(without(null))),
    await thrownBy(() => requireModel(without({ isEnough: true }))),
    await thrownBy(() => requireModel(without({ isEnough: false, perClass: 2, total: 20, n: 3 }))),
    await thrownBy(() =>
      predictWithoutModel({ ...deps, ...(without(null) as object), everybody } as never, new Uint8Array(784)),
    ),
  ];
}

async function sampleFailures(thrownBy: ThrownBy): Promise<Sentence[]> {
  const store = await memoryStore();
  const { samples, sheet } = store;
  const given = newSample();
  const { sample } = await samples.insert(given, "k");
  const label = given.label === "1" ? "2" : "1";
  const negative = (
    await samples.insert({ ...newSample(), label: null, pixels: new Uint8Array(784).fill(7), drawing: null })
  ).sample;
  const pinned = (
    await samples.insert({ ...newSample(), pixels: new Uint8Array(784).fill(9), drawing: null })
  ).sample;
  await samples.pin(pinned.id, true);
  const action = await sheet.change(
    { samples: [{ id: sample.id, seen: { label: sample.label, state: sample.state } }] },
    { kind: "withdraw" },
    LOCAL,
  );
  await sheet.undo(action.action!.id, LOCAL);
  const listed = Array.from({ length: 200_000 }, () => ({
    id: sample.id,
    seen: { label: null, state: "labelled" as const },
  }));
  const removed = newSample();
  await samples.delete((await samples.insert(removed, "removed")).sample.id, LOCAL);
  return [
    await thrownBy(() => samples.insert(removed, "removed")),
    await thrownBy(() => confirmLabel(samples, negative.id)),
    await thrownBy(() => confirmLabel(samples, pinned.id)),
    await thrownBy(() => samples.insert({ ...given, label }, "k")),
    await thrownBy(() => samples.insert({ ...given, label })),
    await thrownBy(() => samples.reviewAgain(sample.id, { label: "1", state: "suspect" }, LOCAL)),
    await thrownBy(() => samples.update(sample.id, { label: "1", state: "negative" }, LOCAL)),
    await thrownBy(() => samples.update(negative.id, { state: "labelled" }, LOCAL)),
    await thrownBy(() => sheet.change({ samples: listed }, { kind: "withdraw" }, LOCAL)),
    await thrownBy(() => sheet.undo(999, LOCAL)),
    await thrownBy(() => sheet.undo(action.action!.id, LOCAL)),
  ];
}

const CHOICES: ImportChoices = { onConflict: "fail", writer: null, labelOffset: null, isTransposed: false };

async function uploadFailures(thrownBy: ThrownBy): Promise<Sentence[]> {
  const folder = mkdtempSync(join(tmpdir(), "tegaki-upload-failures-"));
  const store = await memoryStore();
  const log = { error: () => {} };
  const open = (classes: readonly string[], broken: object = {}) =>
    createSampleFiles({
      folder: join(folder, crypto.randomUUID()),
      store: { ...store, ...broken },
      classes,
      log,
    });
  const files = await open(["0", "1"]);
  async function* body(text: string) {
    if (text !== "") yield Buffer.from(text);
  }
  const row = (label: string | null, more: object = {}) =>
    JSON.stringify({
      label,
      w: 10,
      h: 10,
      strokes: [
        [
          [1, 1],
          [9, 9],
        ],
      ],
      ...more,
    });
  const send = (rows: string[], to?: string) => files.receive("a.ndjson", body(rows.join("\n")), to);
  const ended = (id: string, of = files) =>
    until(
      async () => of.state(id),
      ({ step }) => step === "done" || step === "failed",
    );
  try {
    const other = {
      strokes: [
        [
          [9, 1],
          [1, 9],
        ],
      ],
    };
    const id = "019b0000-0000-7000-8000-000000000001";
    const id2 = "019b0000-0000-7000-8000-000000000002";
    const twice = await send([
      ...[
        row("0", { id }),
        row("1", { id: id2 }),
        row("1", { id, ...other }),
        row(null, { state: "negative" }),
      ],
      row("0", { state: "rejected", id: "019b0000-0000-7000-8000-000000000003" }),
    ]);
    const preview = await files.preview(twice, CHOICES);
    files.start(twice, CHOICES, LOCAL);
    const again = await thrownBy(() => files.start(twice, CHOICES, LOCAL));
    const running = await thrownBy(() => files.remove(twice));
    const stopped = await ended(twice);
    const broken = await open(["0"], {
      sheet: { startImport: () => Promise.reject(new Error("no memory")) },
    });
    const failing = await broken.receive("a.ndjson", body(row("0")));
    broken.start(failing, CHOICES, LOCAL);
    const failed = await ended(failing, broken);
    const second = await send([row("0")]);
    await files.receive("labels", body("x"), second);
    const third = await thrownBy(() => files.receive("more", body("x"), second));
    const waiting = Promise.withResolvers<void>();
    async function* slow() {
      await waiting.promise;
      yield Buffer.from("x");
    }
    const slowFiles = await open(["0"]);
    const arriving = Array.from({ length: 4 }, () => slowFiles.receive("s", slow()));
    const full = await thrownBy(() => slowFiles.receive("s", slow()));
    waiting.resolve();
    await Promise.all(arriving);
    const conflict = () => Promise.reject(new ConflictError("changed"));
    const target = { samples: { conflicts: async () => [], insertMany: conflict }, queue: {} };
    async function* rows() {
      yield { at: 1, sample: newSample() as never };
    }
    const unfit = await open(["a/b"]);
    const sentence = ({ message, says }: Sentence): Sentence => ({ message, says });
    return [
      ...preview.namedConflicts.map(sentence),
      again,
      running,
      sentence(stopped as never),
      sentence(failed as never),
      third,
      full,
      await thrownBy(() => files.preview("none", CHOICES)),
      await thrownBy(() => files.receive("..", body("x"))),
      await thrownBy(() => files.receive("e", body(""))),
      await thrownBy(() => imageFiles({ folder, paths: [] }, CHOICES)),
      await thrownBy(() =>
        importRows({ stored: target as never, create: async () => target as never }, rows, {
          onConflict: "keep",
        }),
      ),
      await thrownBy(() => unfit.export({ filter: {} }, "zip")),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
