import { afterPixels, beforePixels } from "../../datasets/formats/pickle/image-pickle.ts";
import { idxImagesHead, idxLabels } from "../../datasets/images/export/idx-parts.ts";
import { CSV_HEADER, csvLine, inkPng, labelStudioTask } from "../../datasets/images/export/image-lines.ts";
import { streamOf, type ZipPart, zipStream } from "../../datasets/images/export/zip-stream.ts";
import { exportedLine } from "../../datasets/images/exported-sample.ts";
import { NO_CLASS_FOLDER } from "../../datasets/images/zip-images.ts";
import type { Sample } from "../../domain/sample.ts";
import type { ExportedFile, ExportFormat } from "../../domain/samples/sample-files.ts";
import type { Selection } from "../../domain/samples/sheet/sheet-store.ts";
import type { Store } from "../../domain/store.ts";
import { InputError, UnavailableError } from "../../lib/errors.ts";
import { saying } from "../../lib/saying.ts";

/** Samples that are in memory at a time. */
const PAGE = 500;
/** A label that is no name of a folder on some system. */
const NO_FOLDER = /[/\\:*?"<>|]|^\.|^_none$|[. ]$/;

type Sheet = Pick<Store["sheet"], "selected" | "images">;

/**
 * Exports samples as a file that is made while it is sent, in the forms that `samples import` reads. NDJSON has every
 * sample with all that is known of it; the archive and Label Studio have labelled drawings and those of none of the
 * classes; CSV, IDX and the pickle labelled drawings of the project's classes.
 *
 * @throws InputError for a class that cannot be a folder of an archive.
 */
export async function exportSamples(
  sheet: Sheet,
  selection: Selection,
  format: ExportFormat,
  classes: readonly string[],
): Promise<ExportedFile> {
  const samples = () => selectedSamples(sheet, selection);
  if (format === "ndjson")
    return file("drawings.ndjson", "application/x-ndjson", text(lines(samples(), exportedLine)));
  if (format === "csv") return file("drawings.csv", "text/csv; charset=utf-8", text(csv(samples(), classes)));
  if (format === "label-studio")
    return file("drawings.json", "application/json", text(labelStudio(samples())));
  if (format === "zip") {
    const name = classes.find((label) => NO_FOLDER.test(label));
    if (name !== undefined)
      throw new InputError(
        `format: class ${JSON.stringify(name)} cannot be a folder of an archive. Choose NDJSON`,
        { says: saying("upload.classFolder", { name: JSON.stringify(name) }) },
      );
    return { name: "drawings.zip", contentType: "application/zip", body: zipStream(pngParts(samples())) };
  }
  const snapshot = await labelledNow(sheet, selection, classes);
  if (format === "pickle") {
    const content = pickle(sheet, snapshot);
    return file("drawings.pkl", "application/octet-stream", content);
  }
  const body = zipStream(idxParts(sheet, snapshot));
  return { name: "drawings-idx.zip", contentType: "application/zip", body };
}

function file(name: string, contentType: string, content: AsyncIterable<Uint8Array>): ExportedFile {
  return { name, contentType, body: streamOf(content) };
}

async function* selectedSamples(sheet: Sheet, selection: Selection): AsyncGenerator<Sample> {
  let after: string | null = null;
  for (;;) {
    const page: Sample[] = await sheet.selected(selection, after, PAGE);
    yield* page;
    const last = page.at(-1);
    if (last === undefined) return;
    after = last.id;
  }
}

/** Encodes strings, many at a time: a stream of single lines would take longer than reading them. */
async function* text(strings: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  let parts: string[] = [];
  for await (const part of strings) {
    parts.push(part);
    if (parts.length < PAGE) continue;
    yield Buffer.from(parts.join(""));
    parts = [];
  }
  if (parts.length > 0) yield Buffer.from(parts.join(""));
}

async function* lines(
  samples: AsyncIterable<Sample>,
  lineOf: (sample: Sample) => string,
): AsyncGenerator<string> {
  for await (const sample of samples) yield `${lineOf(sample)}\n`;
}

async function* csv(samples: AsyncIterable<Sample>, classes: readonly string[]): AsyncGenerator<string> {
  yield CSV_HEADER;
  for await (const sample of samples) if (isLabelled(sample, classes)) yield csvLine(sample);
}

async function* labelStudio(samples: AsyncIterable<Sample>): AsyncGenerator<string> {
  let before = "[\n";
  for await (const sample of samples) {
    if (sample.state === "rejected") continue;
    yield before + labelStudioTask(sample);
    before = ",\n";
  }
  yield before === "[\n" ? "[]\n" : "\n]\n";
}

async function* pngParts(samples: AsyncIterable<Sample>): AsyncGenerator<ZipPart> {
  for await (const { id, label, state, pixels } of samples) {
    if (state === "rejected") continue;
    yield { name: `${label ?? NO_CLASS_FOLDER}/${id}.png`, content: inkPng(pixels), isPacked: true };
  }
}

function isLabelled({ state, label }: Sample, classes: readonly string[]): boolean {
  return state === "labelled" && label !== null && classes.includes(label);
}

/** The labelled samples of a selection as they are now: arrays need their number before their first image. */
interface Snapshot {
  ids: string[];
  /** Indices of classes. */
  labels: Uint8Array;
}

async function labelledNow(
  sheet: Sheet,
  selection: Selection,
  classes: readonly string[],
): Promise<Snapshot> {
  const [ids, labels]: [string[], number[]] = [[], []];
  for await (const sample of selectedSamples(sheet, selection)) {
    if (!isLabelled(sample, classes)) continue;
    ids.push(sample.id);
    labels.push(classes.indexOf(sample.label ?? ""));
  }
  return { ids, labels: Uint8Array.from(labels) };
}

/** @throws UnavailableError when one was deleted meanwhile: the file would have fewer images than its head says. */
async function* pixelsOf(sheet: Sheet, ids: readonly string[]): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < ids.length; start += PAGE) {
    const images = await sheet.images(ids.slice(start, start + PAGE));
    const present = images.filter((image) => image !== null);
    if (present.length < images.length)
      throw new UnavailableError("A drawing was deleted during the export. Export again");
    yield Buffer.concat(present);
  }
}

async function* pickle(sheet: Sheet, { ids, labels }: Snapshot): AsyncGenerator<Uint8Array> {
  yield beforePixels(labels.length);
  yield* pixelsOf(sheet, ids);
  yield afterPixels(labels);
}

async function* idxParts(sheet: Sheet, { ids, labels }: Snapshot): AsyncGenerator<ZipPart> {
  async function* images() {
    yield idxImagesHead(labels.length);
    yield* pixelsOf(sheet, ids);
  }
  yield { name: "drawings-images-idx3-ubyte", content: images(), isPacked: false };
  yield { name: "drawings-labels-idx1-ubyte", content: idxLabels(labels), isPacked: false };
}
