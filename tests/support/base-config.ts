import { readFile } from "node:fs/promises";
import { join } from "node:path";

const BASE_DIR = join(import.meta.dir, "../../conf/base");
const FILES = ["catalog.yml", "parameters.yml", "server.yml"];

/** The built-in configuration: texts by file name. */
export const BASE = Object.fromEntries(
  await Promise.all(FILES.map(async (name) => [name, await readFile(join(BASE_DIR, name), "utf8")])),
) as Record<string, string>;
