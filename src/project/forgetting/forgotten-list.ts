import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { writeFileAtomic } from "../../datasets/files/atomic.ts";
import type { ForgottenDrawing } from "../../domain/lineage/forgetting.ts";
import { UnavailableError } from "../../lib/errors.ts";

/** The list of forgotten drawings, next to the store, so that an older copy of the store forgets them again. */
const LIST_FILE = "forgotten.ndjson";

const LINE = /^\{"hash":"([0-9a-f]{64})","key":"([0-9a-f]{64})","at":"(\d{4}-\d\d-\d\dT[\d:.]+Z)"\}$/;

/** Reads the list; empty when there is none. @throws UnavailableError for a line that is not one of it. */
export async function readForgottenList(dataDir: string): Promise<ForgottenDrawing[]> {
  const path = join(dataDir, LIST_FILE);
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw new UnavailableError(`Cannot read ${path}: ${error.message}`, { cause: error });
  });
  return text.split("\n").flatMap((line, i) => (line === "" ? [] : [parse(line, path, i + 1)]));
}

/** Writes the list, if there is anything to remember. */
export async function writeForgottenList(dataDir: string, list: readonly ForgottenDrawing[]): Promise<void> {
  if (list.length === 0) return;
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
  const lines = list.map(({ hash, key, at }) => JSON.stringify({ hash: hex(hash), key: hex(key), at }));
  await writeFileAtomic(join(dataDir, LIST_FILE), `${lines.join("\n")}\n`);
}

function parse(line: string, path: string, number: number): ForgottenDrawing {
  const [, hash, key, at] = LINE.exec(line) ?? [];
  if (hash === undefined || key === undefined || at === undefined) {
    throw new UnavailableError(
      `Cannot read ${path}: line ${number} is damaged. Remove the line, or restore the file from a copy; without it, a restored store would not forget those drawings`,
    );
  }
  return { hash: Buffer.from(hash, "hex"), key: Buffer.from(key, "hex"), at };
}
