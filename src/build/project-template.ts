import { readdir } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { projectTypes } from "./project-types.ts";

const ROOT = join(import.meta.dir, "../..");
const TEMPLATE = join(ROOT, "src/project-api/template");
const BASE = join(ROOT, "conf/base");

/**
 * The files that `tegaki init` writes, by path: src/project-api/template, with every default of conf/base as a comment
 * at the end of its config files, and the types that they import.
 */
export async function projectTemplate(): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  const entries = await readdir(TEMPLATE, { recursive: true, withFileTypes: true });
  for (const entry of entries.filter((one) => one.isFile())) {
    const path = join(entry.parentPath, entry.name);
    files[relative(TEMPLATE, path).split(sep).join("/")] = await Bun.file(path).text();
  }
  for (const name of (await readdir(BASE)).filter((file) => file.endsWith(".yml"))) {
    const path = `conf/base/${name}`;
    if (files[path] === undefined)
      throw new Error(`src/project-api/template/${path} does not exist: init writes one file for each`);
    files[path] += commented(await Bun.file(join(BASE, name)).text());
  }
  files["tegaki.d.ts"] = projectTypes();
  return files;
}

/** The text commented out, including its own comments, after a line that explains it. */
function commented(text: string): string {
  const lines = text.trimEnd().split("\n");
  const body = lines.map((line) => `# ${line}`.trimEnd()).join("\n");
  return `\n# The built-in values. Remove the "# " in front of those that you want to change.\n#\n${body}\n`;
}
