import { lstat, mkdir, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { parseClasses } from "../config/class-names.ts";
import { withoutInterpolation } from "../config/interpolation/interpolation-text.ts";
import { messageOf, UnavailableError, UsageError } from "../lib/errors.ts";
import { hasBaseModelFor } from "./model-sources.ts";
import { loadProject } from "./project.ts";
import type { Runtime } from "./runtime.ts";

/** The result of `tegaki init`. */
export interface InitSummary {
  /** Absolute. */
  dir: string;
  /** Paths of the written files, relative to `dir`. */
  files: string[];
  /** The labels of `--classes`; null without it. */
  classes: string[] | null;
  /** Number of labelled drawings that a first model requires; null when the base model is live from the start. */
  needs: { perClass: number; total: number } | null;
}

/**
 * Writes a project into a directory for `tegaki init`, creating the directory if it is missing. Writes all or nothing.
 *
 * @param target relative to the working directory.
 * @param classes the value of `--classes`, written to the project's parameters.yml.
 * @throws UsageError for an empty target, for invalid classes, and naming a file that already exists: files are never
 *   overwritten. UnavailableError when a file cannot be written; files written so far are then removed.
 */
export async function initProject(runtime: Runtime, target: string, classes?: string): Promise<InitSummary> {
  if (target.trim() === "") throw new UsageError('A project needs a name, or "." for this directory');
  const dir = resolve(target);
  const files = { ...(await runtime.embedded.project()) };
  const names = classes === undefined ? null : parseClasses(classes);
  if (names !== null) files[PARAMETERS] = withClasses(files[PARAMETERS]!, names);
  const needs = names === null ? null : await needsOf(runtime, dir, names);
  const paths = Object.keys(files).sort();
  await refuseExisting(dir, paths);
  const written: string[] = [];
  try {
    // Private, because it will contain drawings and names.
    await mkdir(join(dir, "data"), { recursive: true, mode: 0o700 });
    for (const path of paths) {
      await mkdir(dirname(join(dir, path)), { recursive: true });
      const text = files[path]!.replaceAll("{{name}}", () => basename(dir));
      await writeFile(join(dir, path), text, { flag: "wx" });
      written.push(path);
    }
  } catch (error) {
    for (const path of written) await rm(join(dir, path), { force: true });
    throw new UnavailableError(`Cannot create a project in ${dir}: ${messageOf(error)}`, { cause: error });
  }
  return { dir, files: paths, classes: names, needs };
}

const PARAMETERS = "conf/base/parameters.yml";

/** Inserts the classes after the comment at the start of the file. JSON strings are valid YAML. */
function withClasses(parameters: string, classes: readonly string[]): string {
  const [head, ...rest] = parameters.split("\n\n");
  const list = classes.map((name) => JSON.stringify(withoutInterpolation(name))).join(", ");
  return [
    head!.trimEnd(),
    `# The classes, in the order of the model's outputs.\nclasses: [${list}]`,
    ...rest,
  ].join("\n\n");
}

/** Returns how many labelled drawings a first model requires; null when the base model can serve these classes. */
async function needsOf(
  runtime: Runtime,
  dir: string,
  classes: readonly string[],
): Promise<InitSummary["needs"]> {
  if (await hasBaseModelFor(runtime.embedded, classes)) return null;
  const { server } = (await loadProject(runtime, { dir })).config;
  const { per_class: perClass, total } = server.scheduler.triggers.first_model;
  return { perClass, total: Math.max(total, perClass * classes.length) };
}

async function refuseExisting(dir: string, paths: readonly string[]): Promise<void> {
  const isThere = await Promise.all(paths.map((path) => exists(join(dir, path))));
  const found = paths.filter((_, i) => isThere[i]);
  if (found.length === 0) return;
  const others = found.length === 1 ? "" : ` (and ${found.length - 1} more)`;
  throw new UsageError(
    `Cannot create a project in ${dir}: ${found[0]} already exists${others}. Nothing was written. Choose another name`,
  );
}

/** Whether a path exists, including a broken link. A path that cannot be checked fails later, when it is written. */
async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
