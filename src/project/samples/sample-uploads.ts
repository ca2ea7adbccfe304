import { mkdir, open, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Actor } from "../../domain/actor.ts";
import type {
  ImportChoices,
  ImportState,
  ImportTotals,
  SampleFiles,
} from "../../domain/samples/sample-files.ts";
import type { Store } from "../../domain/store.ts";
import { ConflictError, InputError, messageOf, NotFoundError, TegakiError } from "../../lib/errors.ts";
import type { Log } from "../../lib/log.ts";
import { saying } from "../../lib/saying.ts";
import { exportSamples } from "./export-samples.ts";
import { fileRows } from "./file-rows.ts";
import type { ImportCounts } from "./import-result.ts";
import { type ImportTarget, importRows } from "./import-rows.ts";
import { previewUpload } from "./preview-upload.ts";
import { readUpload, type UploadedFiles, withoutFolder } from "./read-upload.ts";

/** Uploads that are kept at a time: each may have `limits.import_bytes`. */
const MAX_UPLOADS = 4;
/** Images and labels of IDX. */
const MAX_FILES = 2;
const MAX_NAME = 100;
/** Characters that a file name has nowhere. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it finds them, to remove them
const UNSAFE = /[\u0000-\u001f\u007f/\\:*?"<>|]/g;

interface Upload extends UploadedFiles {
  paths: string[];
  names: string[];
  bytes: number;
  /** Rows that the last preview found. */
  rows: number;
  state: ImportState;
  /** Whether a file of it is arriving. */
  isArriving: boolean;
}

/** The surroundings of uploads. */
export interface SampleUploadsOptions {
  /** Folder of the uploads; emptied now, because no upload outlives the server. */
  folder: string;
  store: Pick<Store, "samples" | "sheet" | "queue">;
  classes: readonly string[];
  log: Pick<Log, "error">;
}

/** Creates the uploads, imports and exports of a server. */
export async function createSampleFiles(options: SampleUploadsOptions): Promise<SampleFiles> {
  const { folder, store, classes, log } = options;
  await rm(folder, { recursive: true, force: true });
  const uploads = new Map<string, Upload>();
  const find = (id: string): Upload => {
    const upload = uploads.get(id);
    if (upload !== undefined) return upload;
    throw new NotFoundError(
      "There is no such upload: it was imported or removed, or the server was restarted",
      { says: saying("upload.none") },
    );
  };
  const removeFiles = (upload: Upload) => rm(upload.folder, { recursive: true, force: true });

  return {
    async receive(name, body, to) {
      const dropped = to === undefined ? makeRoom(uploads) : null;
      const upload = to === undefined ? newUpload(uploads, folder, name) : find(to);
      requireRoom(upload);
      upload.isArriving = true;
      const path = join(upload.folder, safeName(name, upload.names));
      upload.paths.push(path);
      upload.names.push(basename(path));
      try {
        if (dropped !== null) await removeFiles(dropped);
        await mkdir(upload.folder, { recursive: true });
        upload.bytes += await write(path, body);
      } catch (error) {
        await forget(uploads, upload, removeFiles);
        throw error;
      } finally {
        upload.isArriving = false;
      }
      return idOf(uploads, upload);
    },

    async preview(id, choices) {
      const upload = find(id);
      const preview = await previewUpload(upload, choices, { samples: store.samples, classes });
      upload.rows = preview.rows + preview.unlabelled + preview.blank;
      return preview;
    },

    start(id, choices, actor) {
      const upload = find(id);
      if (!isWaiting(upload)) throw importedAlready(upload.names[0]!);
      upload.state = { step: "checked", file: upload.names[0]!, done: 0, total: upload.rows };
      void importUpload(upload, choices, { actor, store, classes })
        .then((state) => {
          upload.state = state;
        })
        .catch((error: unknown) => {
          if (!(error instanceof TegakiError)) log.error("an import failed", { error });
          const sentence =
            error instanceof TegakiError
              ? { message: messageOf(error), says: error.says }
              : { message: "The server failed; see its log", says: saying("upload.serverFailed") };
          upload.state = { step: "failed", file: upload.names[0]!, ...withoutFolder(upload, sentence) };
        })
        .finally(() => (isWaiting(upload) ? undefined : removeFiles(upload)));
    },

    state: (id) => find(id).state,

    async remove(id) {
      const upload = find(id);
      if (upload.state.step === "checked" || upload.state.step === "stored")
        throw new ConflictError(`${upload.names[0]} is being imported. Undo the import when it is done`, {
          says: saying("upload.running", { file: upload.names[0]! }),
        });
      await forget(uploads, upload, removeFiles);
    },

    export: (selection, format) => exportSamples(store.sheet, selection, format, classes),
  };
}

/** Whether an upload can still be imported. */
function isWaiting({ state }: Upload): boolean {
  return state.step === "waiting" || (state.step === "failed" && state.retry !== undefined);
}

/**
 * Drops the oldest upload that waits when there are `MAX_UPLOADS`: a page that was reloaded has forgotten its own.
 * @returns the upload whose files are to be removed, or null.
 * @throws ConflictError when all of them are arriving or being imported.
 */
function makeRoom(uploads: Map<string, Upload>): Upload | null {
  // Those that are done are only looked at.
  const open = [...uploads.values()].filter(
    (upload) => isWaiting(upload) || !["done", "failed"].includes(upload.state.step),
  );
  if (open.length < MAX_UPLOADS) return null;
  const oldest = open.find((upload) => isWaiting(upload) && !upload.isArriving);
  if (oldest === undefined)
    throw new ConflictError(
      `${MAX_UPLOADS} files are arriving or being imported. Try again when one of them is done`,
      { says: saying("upload.tooMany", { n: MAX_UPLOADS }) },
    );
  uploads.delete(idOf(uploads, oldest));
  return oldest;
}

function newUpload(uploads: Map<string, Upload>, folder: string, name: string): Upload {
  const id = Bun.randomUUIDv7();
  const file = safeName(name, []);
  const upload: Upload = {
    ...{ folder: join(folder, id), paths: [], names: [], bytes: 0, rows: 0 },
    state: { step: "waiting", file },
    isArriving: false,
  };
  uploads.set(id, upload);
  for (const [old, one] of uploads) {
    if (uploads.size <= 2 * MAX_UPLOADS) break;
    if (!isWaiting(one) && ["done", "failed"].includes(one.state.step)) uploads.delete(old);
  }
  return upload;
}

function requireRoom(upload: Upload): void {
  const { paths, state } = upload;
  if (!isWaiting(upload)) throw importedAlready(state.file);
  if (paths.length >= MAX_FILES)
    throw new ConflictError(`Expected at most ${MAX_FILES} files: IDX images and their labels`, {
      says: saying("upload.tooManyFiles", { n: MAX_FILES }),
    });
}

function importedAlready(file: string): ConflictError {
  return new ConflictError(`${file} is being imported already, or was`, {
    says: saying("upload.imported", { file }),
  });
}

async function forget(
  uploads: Map<string, Upload>,
  upload: Upload,
  removeFiles: (upload: Upload) => Promise<void>,
): Promise<void> {
  uploads.delete(idOf(uploads, upload));
  await removeFiles(upload);
}

function idOf(uploads: ReadonlyMap<string, Upload>, upload: Upload): string {
  return [...uploads].find(([, one]) => one === upload)?.[0] ?? "";
}

/** A name that is only a name, whatever the sender's system thinks of folders. @throws InputError for an empty one. */
function safeName(name: string, taken: readonly string[]): string {
  const plain = (name.split(/[/\\]/).at(-1) ?? "").replaceAll(UNSAFE, "").replace(/^\.+/, "").trim();
  const short = plain.slice(-MAX_NAME);
  if (short === "")
    throw new InputError(`name: expected the name of a file, found ${JSON.stringify(name.slice(0, 40))}`, {
      says: saying("upload.name", { found: JSON.stringify(name.slice(0, 40)) }),
    });
  return taken.includes(short) ? `2-${short}` : short;
}

/** Writes a body as it arrives. @returns the number of bytes. */
async function write(path: string, body: AsyncIterable<Uint8Array>): Promise<number> {
  const file = await open(path, "wx");
  let bytes = 0;
  try {
    for await (const chunk of body) {
      await file.writeFile(chunk);
      bytes += chunk.length;
    }
  } finally {
    await file.close();
  }
  if (bytes === 0) {
    const file = basename(path);
    throw new InputError(`${file} is empty`, { says: saying("upload.empty", { file }) });
  }
  return bytes;
}

async function importUpload(
  upload: Upload,
  choices: ImportChoices,
  {
    actor,
    store,
    classes,
  }: { actor: Actor; store: SampleUploadsOptions["store"]; classes: readonly string[] },
): Promise<ImportState> {
  const file = upload.names[0]!;
  let unreadable = 0;
  const read = () => {
    unreadable = 0;
    const events = { onProblem: () => void unreadable++ };
    return fileRows(readUpload(upload, choices, classes, events), { writer: choices.writer, actor });
  };
  const action = await store.sheet.startImport(file, actor);
  const { samples, queue } = store;
  const target: NonNullable<ImportTarget["stored"]> = {
    samples: {
      conflicts: (rows) => samples.conflicts(rows),
      insertMany: (rows, onConflict) => samples.insertMany(rows, onConflict, action),
    },
    queue: { add: (rows) => queue.add(rows, action) },
  };
  const counts = await importRows({ stored: target, create: async () => target }, read, {
    onConflict: choices.onConflict,
    onProgress: (done, step) => {
      upload.state = { step, file, done, total: Math.max(done, upload.rows) };
    },
  });
  if (counts.conflicts > 0) {
    const message = `Nothing is imported from ${file}: ${counts.conflicts} of its rows differ from what is stored, or from an earlier row. Choose to keep what is stored, or to replace it`;
    const says = saying("upload.conflicts", { file, n: counts.conflicts });
    return { step: "failed", file, message, says, retry: choices };
  }
  const recorded = await store.sheet.action(action);
  return {
    ...{ step: "done", file, totals: totalsOf(counts, unreadable) },
    action: recorded !== null && recorded.n > 0 ? recorded : null,
  };
}

function totalsOf(counts: ImportCounts, unreadable: number): ImportTotals {
  const { imported, unlabelled, known, replaced, kept, forgotten, skipped, other_side } = counts;
  return {
    imported,
    unlabelled,
    known,
    replaced,
    kept,
    forgotten,
    left_out: skipped.length + unreadable,
    other_side,
  };
}
