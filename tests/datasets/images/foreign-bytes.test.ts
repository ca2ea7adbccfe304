import { afterAll, expect, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { readImages } from "../../../src/datasets/images/read-images.ts";
import { InputError } from "../../../src/lib/errors.ts";
import { createRandom } from "../../../src/lib/random.ts";
import { FORMS } from "../../support/image-files.ts";

const CLASSES = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
const root = await mkdtemp(join(tmpdir(), "tegaki-foreign-"));
afterAll(() => rm(root, { recursive: true }));

/** Reads a file to its end; gives the number of rows, or the error's message. */
async function outcome(file: string): Promise<number | string> {
  try {
    const options = { classes: CLASSES, parts: "all", notice: () => {} } as const;
    const rows = await Array.fromAsync(readImages({ file }, options));
    for (const { pixels } of rows) expect(pixels === null || pixels.length === 784).toBe(true);
    return rows.length;
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    return (error as Error).message;
  }
}

/** A copy with some bytes replaced, removed or repeated. */
function damaged(bytes: Uint8Array, seed: number): Uint8Array {
  const random = createRandom(seed);
  const copy = new Uint8Array(bytes);
  for (let k = 0; k < 1 + random.int(4); k++) copy[random.int(copy.length)] = random.int(256);
  const [from, to] = [random.int(copy.length), random.int(copy.length)].sort((a, b) => a - b);
  if (random.int(3) === 0) return copy.subarray(0, from);
  return random.int(3) === 0 ? Buffer.concat([copy.subarray(0, to), copy.subarray(from)]) : copy;
}

test.each(Object.keys(FORMS))("a damaged file is read or refused with an InputError: %s", async (form) => {
  const entries = Object.entries(FORMS[form]!);
  for (let seed = 0; seed < 60; seed++) {
    const dir = join(root, form.replaceAll(/\W/g, "-"));
    for (const [i, [name, content]] of entries.entries()) {
      const bytes = Buffer.from(content as Uint8Array);
      await Bun.write(join(dir, name), i === seed % entries.length ? damaged(bytes, seed) : bytes);
    }
    await outcome(join(dir, entries[0]![0]));
  }
});

test.each(["bomb.pkl", "bomb.csv", "bomb.ndjson"])(
  "%s.gz of a gigabyte of zeros is refused within 400 MB",
  async (name) => {
    const file = join(root, `${name}.gz`);
    // Members in sequence are one gzip file; each has 16 MiB.
    const member = gzipSync(Buffer.alloc(16 * 1024 * 1024));
    await Bun.write(file, Buffer.concat(Array.from({ length: 64 }, () => member)));
    const before = process.memoryUsage.rss();
    expect(await outcome(file)).toMatch(
      /has more than|not UTF-8|format is unknown|not a supported pickle|a line has/,
    );
    expect(process.memoryUsage.rss() - before).toBeLessThan(400e6);
  },
);
