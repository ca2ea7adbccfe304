import { predict, Steady } from "../support/requests.ts";
import { type Row, times } from "../support/row.ts";

const MAX_REFUSE_MS = 2_000;

/** Row 3: one data directory, two processes. */
export const twoProcesses: Row = {
  row: 3,
  property: "Two processes do not share a data directory",
  quick: "tests/system/serve.test.ts",
  boundSeconds: 120,
  missing: () => null,
  async run(place, tally, scale) {
    const project = await place.project();
    const tries = times(20, scale, 2);
    const first = await place.serve(project);
    let failed = 0;
    const steady = new Steady(20, async (n) => {
      if ((await predict(first.url, n)).status !== 200) failed++;
    });
    let slowest = 0;
    for (let n = 0; n < tries; n++) {
      const startMs = performance.now();
      const { code, err } = await place.command(project, ["serve", "--http", "127.0.0.1:0"]);
      slowest = Math.max(slowest, performance.now() - startMs);
      tally.expect(code !== 0, "a second server started");
      tally.expect(
        err.includes(`process ${first.pid}`),
        () => `the refusal does not name the holder: ${err}`,
      );
      tally.expect(err.trim().split("\n").length === 1, () => `the refusal is not one line: ${err}`);
    }
    await steady.stop();
    tally.lost(failed, "predictions of the first server failed");
    tally.expect(
      slowest < MAX_REFUSE_MS,
      `a refusal took ${slowest.toFixed(0)} ms, limit ${MAX_REFUSE_MS} ms`,
    );
    await first.stop("SIGKILL");
    for (let n = 0; n < tries; n++) {
      const next = await place.serve(project);
      const { status } = await predict(next.url, n);
      tally.expect(status === 200, `after kill -9 the next server answers ${status}`);
      await next.stop("SIGKILL");
    }
    tally.figure(
      `${tries} second starts refused in ${slowest.toFixed(0)} ms at most, ${steady.sent} predictions meanwhile`,
    );
    tally.figure(`${tries} starts after kill -9`);
  },
};
