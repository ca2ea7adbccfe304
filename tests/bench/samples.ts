import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LOCAL } from "../../src/domain/actor.ts";
import type { SampleFilter } from "../../src/domain/samples/sheet/sample-filter.ts";
import { openStore } from "../../src/storage/open.ts";
import { fillStore } from "./support/fill-store.ts";

// How long a page of /samples, its count and its sprite take on the thread of the store, by filter; and a bulk action.
//
//   npm run bench -- samples [--n 100000]

const FILTERS: Record<string, SampleFilter> = {
  none: {},
  label: { label: "7" },
  answer: { predicted: "7" },
  right: { correctness: "right" },
  wrong: { correctness: "wrong" },
  confidence: { minConfidence: 0.3, maxConfidence: 0.4 },
  writer: { writer: "writer 299" },
  "model version": { modelVersion: 3 },
  split: { split: "holdout" },
  "none of these": { state: "negative" },
  withdrawn: { state: "rejected" },
  date: { from: "2026-01-05T00:00:00.000Z", until: "2026-01-06T00:00:00.000Z" },
  source: { source: "import" },
  personal: { isPersonal: true },
  search: { search: "Writer 29" },
  nothing: { search: "nobody of that name" },
  "seven of them": {
    ...{ label: "7", correctness: "wrong", split: "train", source: "draw" },
    ...{ minConfidence: 0.3, modelVersion: 2, search: "writer" },
  },
};
const ROUNDS = 7;

const at = process.argv.indexOf("--n");
const n = at < 0 ? 100_000 : Number(process.argv[at + 1]);
const path = join(tmpdir(), `tegaki-bench-samples-${process.pid}.db`);
const store = await openStore({ path, clock: { now: () => new Date() }, holdoutFraction: 0.2 });
try {
  const start = performance.now();
  await fillStore(store, { samples: n });
  console.log(`${n} samples in ${Math.round(performance.now() - start)} ms\n`);
  console.log("filter            matches   first page   last page   count   (ms, slowest of 7)");
  for (const [name, filter] of Object.entries(FILTERS)) {
    const matches = await store.sheet.count(filter);
    const page = await slowest(() => store.sheet.page({ ...filter, limit: 120 }));
    const last = await slowest(() =>
      store.sheet.page({ ...filter, limit: 120, cursor: "00000000-0000-7000-8000-000000000000" }),
    );
    const count = await slowest(() => store.sheet.count(filter));
    console.log(
      `${name.padEnd(16)}${String(matches).padStart(9)}${page.padStart(13)}${last.padStart(12)}${count.padStart(8)}`,
    );
  }
  const { items } = await store.sheet.page({ limit: 120 });
  const ids = items.map(({ id }) => id);
  console.log(`\nimages of a page ${await slowest(() => store.sheet.images(ids))} ms`);
  console.log(`nearest drawings ${await slowest(() => store.sheet.alike(ids[0]!, 12))} ms`);
  console.log(`choices          ${await slowest(() => store.sheet.choices())} ms`);
  await measureGrid();
  for (const filter of [{ writer: "writer 0" }, {}]) {
    const began = performance.now();
    const { changed, action } = await store.sheet.change({ filter }, { kind: "withdraw" }, LOCAL);
    const done = performance.now();
    await store.sheet.undo(action!.id, LOCAL);
    console.log(
      `withdraw ${changed}: ${Math.round(done - began)} ms, undo ${Math.round(performance.now() - done)} ms`,
    );
  }
} finally {
  await store.close();
  for (const end of ["", "-wal", "-shm"]) await rm(`${path}${end}`, { force: true });
}

/** A page of the grid, the counts of its classes, and 100 decisions with their undo, each one transaction. */
async function measureGrid(): Promise<void> {
  console.log(`grid: page       ${await slowest(() => store.grid.page("7", 100))} ms`);
  console.log(`grid: counts     ${await slowest(() => store.grid.counts())} ms`);
  const decisions: number[] = [];
  const undos: number[] = [];
  for (let round = 0; round < 30; round++) {
    const confirm = (await store.grid.page("7", 100)).map(({ id }) => id);
    const began = performance.now();
    const { action } = await store.grid.decide({ label: "7", confirm, odd: [] }, LOCAL);
    decisions.push(performance.now() - began);
    // Each other one is kept, so that the pages differ.
    if (round % 2 === 1) continue;
    const stored = performance.now();
    await store.sheet.undo(action!.id, LOCAL);
    undos.push(performance.now() - stored);
  }
  for (const [name, times] of Object.entries({ "confirm 100": decisions, "undo 100": undos })) {
    const sorted = times.sort((a, b) => a - b);
    const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)]!.toFixed(1);
    console.log(`grid: ${name.padEnd(12)}${at(0.5)} ms at the median, ${at(1)} ms at most`);
  }
}

async function slowest(work: () => Promise<unknown>): Promise<string> {
  await work();
  let worst = 0;
  for (let i = 0; i < ROUNDS; i++) {
    const start = performance.now();
    await work();
    worst = Math.max(worst, performance.now() - start);
  }
  return worst.toFixed(1);
}
