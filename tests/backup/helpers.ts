import { readdirSync, readFileSync, statSync } from "node:fs";
import { open, rm } from "node:fs/promises";
import { join } from "node:path";
import { createBackup } from "../../src/backup/create-backup.ts";
import { restoreBackup } from "../../src/backup/restore.ts";
import { SEAL, SealedFile } from "../../src/backup/seal.ts";
import { zipStream } from "../../src/datasets/images/export/zip-stream.ts";
import { PREPROCESSING_VERSION } from "../../src/digits/image-format.ts";
import { forgetRestored } from "../../src/project/forgetting/forget-restored.ts";
import { prepareDataDir } from "../../src/storage/data-dir.ts";
import { openStore } from "../../src/storage/open.ts";
import { FakeClock, newSample } from "../storage/helpers.ts";

export const clock = new FakeClock();

export const backUp = (dir: string, file: string, secrets: readonly string[] = []) =>
  createBackup({ dir, file, tegaki: "9.9.9", clock, secrets, kind: "manual", keptUntil: null });

export const restore = (file: string, dir: string, isReplacing = false) =>
  restoreBackup({
    ...{ file, dir, isReplacing, clock },
    forget: (dataDir, current) => forgetRestored({ dataDir, current, clock }, () => {}),
  });

export const storeIn = (dir: string) =>
  openStore({ path: join(dir, "data/tegaki.db"), clock, holdoutFraction: 0 });

/** Creates a project with as many drawings. */
export async function makeProject(dir: string, drawings: number, writer = "Ann"): Promise<void> {
  prepareDataDir(join(dir, "data"));
  const store = await storeIn(dir);
  for (let n = 0; n < drawings; n += 1)
    await store.samples.insert(newSample({ writer, preprocessing: PREPROCESSING_VERSION }));
  await store.close();
}

/** Every file below a directory with its content, but for the lock of a store. */
export function contentOf(dir: string): Record<string, string> {
  const names = readdirSync(dir, { recursive: true, encoding: "utf8" }).filter(
    (name) => statSync(join(dir, name)).isFile() && !/tegaki\.(?:lock|holder|db-)/.test(name),
  );
  const hash = (name: string) => Bun.hash(readFileSync(join(dir, name))).toString(16);
  return Object.fromEntries(names.sort().map((name) => [name, hash(name)]));
}

/** Writes an archive with a seal around any content. */
export async function writeSealed(
  file: string,
  parts: Readonly<Record<string, string | Uint8Array>>,
): Promise<void> {
  await rm(file, { force: true });
  async function* content() {
    for (const [name, text] of Object.entries(parts)) {
      yield {
        name,
        isPacked: true,
        content: typeof text === "string" ? new TextEncoder().encode(text) : text,
      };
    }
  }
  const handle = await open(file, "wx");
  const sealed = new SealedFile(handle);
  for await (const chunk of zipStream(content(), SEAL)) await sealed.write(chunk);
  await sealed.finish();
  await handle.close();
}
