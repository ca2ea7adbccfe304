import type { Runtime } from "../project/runtime.ts";
import { type DataDirLock, LockedError, lockDataDir } from "../storage/lock.ts";
import { openInBrowser } from "./open-in-browser.ts";

/** How long a server that is already running may take to respond. */
const ALIVE_MS = 2_000;

/**
 * Locks the data directory for a server. When another one has it, as after a second double-click, a page of that one can
 * be opened instead.
 *
 * @param path of the page to open in that case; null for an error.
 * @returns null when a page was opened.
 * @throws {LockedError} when the other server does not respond, or no page is to be opened.
 */
export async function lockOrOpen(
  runtime: Runtime,
  dataDir: string,
  path: string | null,
): Promise<DataDirLock | null> {
  try {
    return await lockDataDir(dataDir, runtime.clock);
  } catch (error) {
    if (path === null || !(error instanceof LockedError) || error.address === null) throw error;
    if (!(await isAlive(error.address))) throw error;
    const isOpened = openInBrowser(error.address + path);
    const opened = isOpened ? "; the page is opened in the browser" : "";
    runtime.print(`tegaki is already running at ${error.address}${opened}`);
    return null;
  }
}

async function isAlive(url: string): Promise<boolean> {
  const signal = AbortSignal.timeout(ALIVE_MS);
  const response = await fetch(`${url}/livez`, { signal }).catch(() => null);
  return response?.ok ?? false;
}
