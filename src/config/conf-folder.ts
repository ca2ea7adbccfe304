import { join, resolve } from "node:path";

/** The folder that environments lie in. */
export interface ConfFolder {
  /** Absolute. */
  path: string;
  /** How messages name it. */
  label: string;
}

/**
 * `conf` of the project directory, or the folder that `--conf-source` names, from the working directory.
 */
export function confFolder(dir: string, confSource: string | undefined): ConfFolder {
  return confSource === undefined
    ? { path: join(dir, "conf"), label: "conf" }
    : { path: resolve(confSource), label: confSource.replace(/(?<=[^/])\/+$/, "") };
}
