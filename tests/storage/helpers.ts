import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LOCAL } from "../../src/domain/actor.ts";
import type { NewRun } from "../../src/domain/runs/run.ts";
import type { NewSample } from "../../src/domain/sample.ts";
import type { Store } from "../../src/domain/store.ts";
import type { Clock } from "../../src/lib/clock.ts";
import { openStore } from "../../src/storage/open.ts";

/** A clock that stands still until it is told otherwise. */
export class FakeClock implements Clock {
  timeMs: number;

  constructor(timeMs = Date.UTC(2026, 0, 2, 3, 4, 5)) {
    this.timeMs = timeMs;
  }
  now(): Date {
    return new Date(this.timeMs);
  }
}

export function memoryStore(clock: Clock = new FakeClock(), holdoutFraction = 0.2): Promise<Store> {
  return openStore({ path: ":memory:", clock, holdoutFraction });
}

/** Runs the work with a new directory, which is removed afterwards. */
export async function withDirectory<T>(work: (dir: string) => Promise<T>): Promise<T> {
  const dir = mkdtempSync(join(tmpdir(), "tegaki-test-"));
  try {
    return await work(dir);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

let drawn = 0;

/** A sample whose drawing is another one each time, because a store keeps identical drawings once. */
export function newSample(change: Partial<NewSample> = {}): NewSample {
  drawn += 1;
  return {
    drawing: {
      strokes: [
        [
          [10.5, 20.25 + drawn / 1024, 0],
          [30.125, 40, 16, 0.5],
        ],
      ],
      width: 280,
      height: 280,
    },
    pixels: Uint8Array.from({ length: 784 }, (_, i) => i % 256),
    preprocessing: 1,
    label: "7",
    predicted: "1",
    confidence: 0.625,
    shown: null,
    modelVersion: 1,
    predictionId: null,
    writer: null,
    session: null,
    sitting: null,
    source: "draw",
    actor: LOCAL,
    ...change,
  };
}

export function newRun(id: string, change: Partial<NewRun> = {}): NewRun {
  return {
    id,
    pipeline: "tuning",
    params: {},
    trigger: "api",
    command: "tegaki run --pipeline tuning",
    ...change,
  };
}

/** Returns the error that a promise was rejected with. */
export async function rejectionOf(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    return error as Error;
  }
  throw new Error("expected a rejection, and it resolved");
}
