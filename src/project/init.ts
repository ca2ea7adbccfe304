import { lstat, mkdir, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { parseClasses } from "../config/class-names.ts";
import { messageOf, UnavailableError, UsageError } from "../lib/errors.ts";
import { hasBaseModelFor } from "./model-sources.ts";
import { loadProject } from "./project.ts";
import type { Runtime } from "./runtime.ts";

export interface InitSummary {
  /** Absolute. */
  dir: string;
  /** What was written, from there. */
  files: string[];
  /** What `--classes` names; null when it was not given. */
  classes: string[] | null;
  /** Labelled drawings that a first model takes; null when the built-in model serves from the start. */
  needs: { perClass: number; total: number } | null;
}

/**
 * `tegaki init`: writes a project into a directory, which is made when it is missing. All of it or nothing.
 *
 * @param target from the directory in which the command was started.
 * @param classes as `--classes` gives them: they are written into the project's parameters.yml.
 * @throws UsageError for an empty target, for classes that cannot be, and naming a file that is there already: none is ever overwritten.
 *   UnavailableError when the machine refuses; what was written before is taken away again.
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
    // Personal: drawings and names come to lie in it.
    await mkdir(join(dir, "data"), { recursive: true, mode: 0o700 });
    for (const path of paths) {
      await mkdir(dirname(join(dir, path)), { recursive: true });
      const text = files[path]!.replaceAll("{{name}}", () => basename(dir));
      await writeFile(join(dir, path), text, { flag: "wx" });
      written.push(path);
    }
  } catch (error) {
    for (const path of written) await rm(join(dir, path), { force: true });
    throw new UnavailableError(`Cannot make a project in ${dir}: ${messageOf(error)}`, { cause: error });
  }
  return { dir, files: paths, classes: names, needs };
}

const PARAMETERS = "conf/base/parameters.yml";

/** The file's first lines say what it is for; the classes come after them. JSON's texts are YAML's as well. */
function withClasses(parameters: string, classes: readonly string[]): string {
  const [head, ...rest] = parameters.split("\n\n");
  const list = classes.map((name) => JSON.stringify(name)).join(", ");
  return [
    head!.trimEnd(),
    `# What is told apart, in the order of the model's outputs.\nclasses: [${list}]`,
    ...rest,
  ].join("\n\n");
}

/** Labelled drawings that a first model of these classes takes; null when the built-in model knows enough of them. */
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
    `Cannot make a project in ${dir}: ${found[0]} is there already${others}. Nothing was written; choose another name`,
  );
}

/** Also a link that leads nowhere. What cannot be looked at shows when it is written. */
async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
