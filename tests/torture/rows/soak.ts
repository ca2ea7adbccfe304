import { readdirSync, statSync } from "node:fs";
import { openLoop, postOf } from "../../bench/support/load-clients.ts";
import { drawingOf } from "../../support/digit-strokes.ts";
import { megabytes, residentBytes } from "../support/memory.ts";
import { label, send } from "../support/requests.ts";
import { type Row, times } from "../support/row.ts";

const PER_SECOND = 50;
const MINUTES = 30;
/** Caches fill and code is compiled; it is not counted. */
const WARM_UP_SHARE = 1 / 3;
const RUN_EVERY_MINUTES = 5;
const [MAX_SLOPE_MB, MAX_WAL_MB] = [1, 64];

interface Reading {
  hours: number;
  bytes: number;
  descriptors: number;
  walBytes: number;
}

/** Row 26: half an hour of people who draw and label, with a training every five minutes. */
export const soak: Row = {
  row: 26,
  property: "Hours of load leave nothing behind",
  quick: "tests/system/loop.test.ts",
  boundSeconds: MINUTES * 60 + 300,
  missing: () => (process.platform === "linux" ? null : "memory and descriptors are read from /proc"),
  async run(place, tally, scale) {
    const project = await place.project();
    const { url, pid } = await place.serve(project, {
      TEGAKI_SERVER__SCHEDULER__TRIGGERS__NEW_SAMPLES: "1000000",
    });
    for (let n = 0; n < 100; n++) await label(url, n);
    const minutes = times(MINUTES, scale, 1);
    const readings: Reading[] = [];
    const startMs = performance.now();
    let [seed, runs, nextRun] = [1_000, 0, 0];
    let [accepted, refused, failed, p99] = [0, 0, 0, 0];
    for (let minute = 0; minute < minutes; minute++) {
      if (minute >= nextRun) {
        nextRun += RUN_EVERY_MINUTES;
        if ((await send(url, "POST", "/api/v1/runs", { pipeline: "tuning", params: {} })).status === 202)
          runs++;
      }
      const summary = await openLoop(url, {
        ...{ perSecond: PER_SECOND, seconds: 60 },
        requestOf(n) {
          const body = drawingOf(seed % 10, seed);
          if (n % 2 === 0) return postOf(url, "/api/v1/predict", body);
          return postOf(url, "/api/v1/samples", {
            ...body,
            label: String(seed++ % 10),
            session: `s${seed % 200}`,
          });
        },
      });
      [accepted, refused, failed] = [
        accepted + summary.accepted,
        refused + summary.refused,
        failed + summary.failed,
      ];
      p99 = Math.max(p99, summary.p99);
      readings.push({
        ...{ hours: (performance.now() - startMs) / 3_600_000, bytes: residentBytes(pid) ?? 0 },
        descriptors: readdirSync(`/proc/${pid}/fd`).length,
        walBytes: statSync(`${project.dir}/data/tegaki.db-wal`, { throwIfNoEntry: false })?.size ?? 0,
      });
    }
    tally.lost(refused + failed, "requests were refused or failed");
    const settled = readings.slice(Math.floor(readings.length * WARM_UP_SHARE));
    const slope = slopeOf(settled) / 1_048_576;
    tally.expect(
      slope < MAX_SLOPE_MB,
      `memory grows by ${slope.toFixed(1)} MB an hour, limit ${MAX_SLOPE_MB} MB`,
    );
    const wal = Math.max(...readings.map(({ walBytes }) => walBytes)) / 1_048_576;
    tally.expect(wal < MAX_WAL_MB, `the write-ahead log has ${wal.toFixed(0)} MB, limit ${MAX_WAL_MB} MB`);
    const descriptors = settled.map((one) => one.descriptors);
    const [fewest, most] = [Math.min(...descriptors), Math.max(...descriptors)];
    // Connections of the load come and go.
    tally.expect(most - fewest <= 50, `${fewest} to ${most} descriptors are open`);
    tally.figure(
      `${minutes} minutes, ${accepted} requests at ${PER_SECOND}/s, ${runs} trainings, p99 of the worst minute ${p99.toFixed(0)} ms`,
    );
    tally.figure(
      `memory ${megabytes(settled[0]!.bytes)} to ${megabytes(settled.at(-1)!.bytes)}, ${slope.toFixed(1)} MB an hour; write-ahead log at most ${wal.toFixed(1)} MB; ${fewest} to ${most} descriptors`,
    );
  },
};

/** The slope of the least-squares line of memory over time, in bytes an hour; 0 for fewer than two readings. */
function slopeOf(readings: readonly Reading[]): number {
  const n = readings.length;
  if (n < 2) return 0;
  const meanHours = readings.reduce((sum, { hours }) => sum + hours, 0) / n;
  const meanBytes = readings.reduce((sum, { bytes }) => sum + bytes, 0) / n;
  const over = readings.reduce((sum, { hours, bytes }) => sum + (hours - meanHours) * (bytes - meanBytes), 0);
  return over / readings.reduce((sum, { hours }) => sum + (hours - meanHours) ** 2, 0);
}
