import { closedLoop, postOf } from "../../bench/support/load-clients.ts";
import { drawingOf } from "../../support/digit-strokes.ts";
import { megabytes, residentBytes } from "../support/memory.ts";
import { predict } from "../support/requests.ts";
import { type Row, times } from "../support/row.ts";

const NORMAL = [20, 200];
const TOO_MANY = 3_000;
const SECONDS = 15;
const MIN_GOODPUT = 0.8;
const MAX_P99_MS = 1_000;
const MAX_AFTER_MS = 1_000;
const MAX_BYTES = 600 * 1_048_576;

/** Row 9: more connections than the server can answer, each of which asks again at once. `npm run bench -- load` has the curve. */
export const overload: Row = {
  row: 9,
  property: "Overload is shed, and what is accepted is answered in time",
  quick: "tests/http/admission.test.ts",
  boundSeconds: 180,
  missing: () => (process.platform === "linux" ? null : "memory is read from /proc, which only Linux has"),
  async run(place, tally, scale) {
    const server = await place.serve(await place.project());
    const { url } = server;
    const requests = Array.from({ length: 50 }, (_, n) =>
      postOf(url, "/api/v1/predict", drawingOf(n % 10, n + 1)),
    );
    const load = (connections: number) =>
      closedLoop(url, { connections, seconds: times(SECONDS, scale), requestOf: (n) => requests[n % 50]! });
    await closedLoop(url, { connections: 20, seconds: 2, requestOf: (n) => requests[n % 50]! });
    let best = 0;
    for (const connections of NORMAL) {
      const { accepted, seconds, failed } = await load(connections);
      best = Math.max(best, accepted / seconds);
      tally.lost(failed, `requests at ${connections} connections failed`);
    }
    const { accepted, refused, failed, seconds, p99 } = await load(TOO_MANY);
    const startMs = performance.now();
    while ((await predict(url, 1)).status !== 200 && performance.now() - startMs < 10_000)
      await Bun.sleep(20);
    const afterMs = performance.now() - startMs;
    const resident = residentBytes(server.pid) ?? 0;
    const share = accepted / seconds / best;
    tally.lost(failed, "requests were neither accepted nor refused with Retry-After");
    tally.expect(share >= MIN_GOODPUT, `goodput is ${(100 * share).toFixed(0)} % of the best, limit 80 %`);
    tally.expect(p99 < MAX_P99_MS, `p99 of the accepted is ${p99.toFixed(0)} ms, limit 1,000 ms`);
    tally.expect(
      afterMs < MAX_AFTER_MS,
      `the first answer after it took ${afterMs.toFixed(0)} ms, limit 1,000 ms`,
    );
    tally.expect(resident < MAX_BYTES, `memory is ${megabytes(resident)}, limit 600 MB`);
    tally.figure(
      `${TOO_MANY} connections for ${seconds.toFixed(0)} s: ${accepted} accepted, ${refused} refused`,
    );
    tally.figure(
      `goodput ${(accepted / seconds).toFixed(0)}/s, ${(100 * share).toFixed(0)} % of the best; p99 ${p99.toFixed(0)} ms`,
    );
    tally.figure(`first answer after ${afterMs.toFixed(0)} ms; memory ${megabytes(resident)}`);
  },
};
