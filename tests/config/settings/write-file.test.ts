import { expect, test } from "bun:test";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readFileText, replaceFile } from "../../../src/config/settings/write-file.ts";
import { ConflictError, UnavailableError } from "../../../src/lib/errors.ts";
import { withDirectory } from "../../storage/helpers.ts";

const LABEL = "conf/local/server.yml";

test("replaceFile() names the file when it cannot be written, and leaves nothing behind", () =>
  withDirectory(async (dir) => {
    await writeFile(join(dir, "local"), "a file where the folder should be");
    const refused = replaceFile(join(dir, "local/server.yml"), LABEL, "x", async () => {});
    await expect(refused).rejects.toThrow(`${LABEL} cannot be written`);
    await expect(refused).rejects.toThrow(UnavailableError);
    expect(await readdir(dir)).toEqual(["local"]);
  }));

test("replaceFile() keeps the old file, and no other, when it may not be replaced at the last moment", () =>
  withDirectory(async (dir) => {
    const path = join(dir, "server.yml");
    await writeFile(path, "old");
    const refused = replaceFile(path, LABEL, "new", async () => {
      throw new ConflictError("changed");
    });
    await expect(refused).rejects.toThrow(ConflictError);
    expect(await readFile(path, "utf8")).toBe("old");
    expect(await readdir(dir)).toEqual(["server.yml"]);
  }));

test("readFileText() tells an absent file from an empty one, and refuses what is not UTF-8", () =>
  withDirectory(async (dir) => {
    const path = join(dir, "server.yml");
    expect(await readFileText(path, LABEL)).toEqual({ text: "", hash: "absent" });
    await writeFile(path, "");
    expect((await readFileText(path, LABEL)).hash).toMatch(/^[0-9a-f]{64}$/);
    await writeFile(path, Uint8Array.of(0xff, 0xfe));
    await expect(readFileText(path, LABEL)).rejects.toThrow(`${LABEL} cannot be read`);
  }));
