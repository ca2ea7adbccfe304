import { isAbsolute, relative, resolve, sep } from "node:path";
import { DatasetError } from "../../engine/errors.ts";

/**
 * Resolves a path of catalog.yml: relative to the project directory, or absolute.
 * @throws DatasetError for a path that cannot be meant as written (see `checkSeparators`), or that `pathWithin` refuses.
 */
export function entryPath(projectDir: string, path: string): string {
  checkSeparators(path);
  return pathWithin(projectDir, path);
}

/** @throws DatasetError for a path, on this machine or in a bucket, with a backslash or a control character. */
export function checkSeparators(path: string): void {
  if (path.includes("\\"))
    throw new DatasetError(
      `"${path}": "\\" does not separate folders here. Write ${path.replaceAll(/\\+/g, "/")}`,
    );
  const control = /\p{Cc}/u.exec(path)?.[0];
  if (control === undefined) return;
  const hint = String.raw`In double quotes, YAML reads \t, \n and others as one: separate folders by "/"`;
  throw new DatasetError(`${JSON.stringify(path)} has a control character. ${hint}`);
}

/**
 * Resolves a relative path within a directory. An absolute path is returned unchanged.
 * @throws DatasetError when a relative path leaves the directory.
 */
export function pathWithin(directory: string, path: string): string {
  if (/^\w+:\/\//.test(path))
    throw new DatasetError(
      `"${path}" is not on this machine; files of csv, image, json, metrics, pickle, text, yaml may be s3://bucket/key`,
    );
  if (path === "" || path.includes("\0")) throw new DatasetError(`"${path}" is not a path`);
  if (isAbsolute(path)) return path;
  if (/^[a-z]:\//i.test(path))
    throw new DatasetError(
      `"${path}" is a path of Windows. Use one of this machine, or one within the project`,
    );
  const root = resolve(directory);
  const found = resolve(root, path);
  const fromRoot = relative(root, found);
  if (fromRoot === ".." || fromRoot.startsWith(`..${sep}`) || isAbsolute(fromRoot)) {
    throw new DatasetError(`"${path}" leaves ${root}. Use a path within it, or an absolute one`);
  }
  return found;
}
