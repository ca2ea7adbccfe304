import { isAbsolute, relative, resolve, sep } from "node:path";
import { DatasetError } from "../../engine/errors.ts";

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
  const root = resolve(directory);
  const found = resolve(root, path);
  const fromRoot = relative(root, found);
  if (fromRoot === ".." || fromRoot.startsWith(`..${sep}`) || isAbsolute(fromRoot)) {
    throw new DatasetError(`"${path}" leaves ${root}. Use a path within it, or an absolute one`);
  }
  return found;
}
