import { afterEach } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Store } from "../../../src/domain/store.ts";
import type { Clock } from "../../../src/lib/clock.ts";
import { openStore } from "../../../src/storage/open.ts";
import { openStoreThread } from "../../../src/storage/thread/store-thread.ts";
import { FakeClock } from "../helpers.ts";

/** Something that stores are opened on, for tests of what every implementation of the Store port must do. */
export interface Implementation {
  name: string;
  /** A new, empty store. */
  open(clock?: Clock, holdoutFraction?: number): Promise<Store>;
  /**
   * A store that outlives being closed: the same `place` gives the same one again. Absent where a store is gone with
   * its connection.
   */
  openAt?(place: string, clock?: Clock, holdoutFraction?: number): Promise<Store>;
}

/** Files of all test files of this process, removed at its end. */
const directory = mkdtempSync(join(tmpdir(), "tegaki-contract-"));
process.on("exit", () => rmSync(directory, { recursive: true, force: true }));
let places = 0;

function sqliteOnDisk(place: string, clock: Clock = new FakeClock(), holdoutFraction = 0.2): Promise<Store> {
  return openStore({ path: join(directory, `${place}.db`), clock, holdoutFraction });
}

const threads: Store[] = [];
// A test of a thread leaves it running.
afterEach(() => Promise.all(threads.splice(0).map((store) => store.close())));

async function sqliteOnThread(
  place: string,
  clock: Clock = new FakeClock(),
  holdoutFraction = 0.2,
): Promise<Store> {
  const path = place === "" ? ":memory:" : join(directory, `${place}.db`);
  const workerUrl = new URL("../../../src/store-worker.ts", import.meta.url);
  const store = await openStoreThread({ path, clock, holdoutFraction, workerUrl });
  threads.push(store);
  return store;
}

/** Another database joins by an entry here; the tests stay as they are. */
export const IMPLEMENTATIONS: readonly Implementation[] = [
  {
    name: "SQLite in memory",
    open: (clock = new FakeClock(), holdoutFraction = 0.2) =>
      openStore({ path: ":memory:", clock, holdoutFraction }),
  },
  {
    name: "SQLite on disk",
    open: (clock, holdoutFraction) => sqliteOnDisk(`store-${++places}`, clock, holdoutFraction),
    openAt: sqliteOnDisk,
  },
  {
    name: "SQLite on a thread",
    open: (clock, holdoutFraction) => sqliteOnThread("", clock, holdoutFraction),
    openAt: (place, ...options) => sqliteOnThread(`thread-${place}`, ...options),
  },
];
