/** Child process of durability.test.ts: stores labels and prints each id once it is acknowledged, until it is killed. */
import { writeSync } from "node:fs";
import { systemClock } from "../../src/lib/clock.ts";
import { openStore } from "../../src/storage/open.ts";
import { openStoreThread } from "../../src/storage/thread/store-thread.ts";
import { newSample } from "./helpers.ts";

const options = { path: process.argv[2]!, clock: systemClock, holdoutFraction: 0.2 };
const workerUrl = new URL("../../src/store-worker.ts", import.meta.url);
const store = await (process.argv[3] === "thread"
  ? openStoreThread({ ...options, workerUrl })
  : openStore(options));
for (let n = 0; ; n++) {
  const drawing = { strokes: [[[n, process.pid] as const]], width: 1, height: 1 };
  const { sample } = await store.samples.insert(
    newSample({ drawing, writer: `w${n % 5}` }),
    `${process.pid}-${n}`,
  );
  writeSync(1, `${sample.id}\n`);
}
