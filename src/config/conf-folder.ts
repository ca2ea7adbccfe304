import { join, resolve } from "node:path";

/** The folder that contains the environments. */
export interface ConfFolder {
  /** Absolute. */
  path: string;
  /** The name of the folder in messages. */
  label: string;
}

/** Returns `conf` of the project directory, or the folder of `--conf-source`, relative to the working directory. */
export function confFolder(dir: string, confSource: string | undefined): ConfFolder {
  return confSource === undefined
    ? { path: join(dir, "conf"), label: "conf" }
    : { path: resolve(confSource), label: confSource.replace(/(?<=[^/])\/+$/, "") };
}
