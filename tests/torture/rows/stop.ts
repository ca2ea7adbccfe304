import { until } from "../../support/executable.ts";
import { type Answer, label, predict, Steady, send } from "../support/requests.ts";
import { type Row, times } from "../support/row.ts";

const MAX_STOP_MS = 5_000;
const REQUESTS_PER_SECOND = 50;
const STREAMS = 20;

/** Row 8: SIGTERM during load, training and open streams. */
export const stop: Row = {
  row: 8,
  property: "A stop answers what is under way, and ends in 5 s",
  quick: "tests/system/serve.test.ts",
  boundSeconds: 300,
  missing: () => null,
  async run(place, tally, scale) {
    const project = await place.project();
    const stops = times(20, scale, 1);
    let [slowest, answered, seed] = [0, 0, 0];
    for (let n = 0; n < stops; n++) {
      const server = await place.serve(project);
      const { url } = server;
      while (seed < 20) await label(url, seed++);
      const streams = await Promise.all(
        Array.from({ length: STREAMS }, () => fetch(`${url}/events?view=runs`)),
      );
      const started = await send(url, "POST", "/api/v1/runs", { pipeline: "tuning", params: {} });
      const id = String(started.body.run_id);
      await until(
        () => send(url, "GET", `/api/v1/runs/${id}`),
        ({ body }) => body.threads !== null && body.threads !== undefined,
      );
      const seen: { sentMs: number; answer: Answer }[] = [];
      const steady = new Steady(REQUESTS_PER_SECOND, async () => {
        const sentMs = performance.now();
        seed++;
        seen.push({ sentMs, answer: seed % 2 === 0 ? await label(url, seed) : await predict(url, seed) });
      });
      await Bun.sleep(300 + 30 * n);
      const stopMs = performance.now();
      const code = await server.stop("SIGTERM");
      const tookMs = performance.now() - stopMs;
      await steady.stop();
      slowest = Math.max(slowest, tookMs);
      tally.expect(code === 0, `stop ${n}: exit code ${code}`);
      tally.expect(tookMs < MAX_STOP_MS, `stop ${n} took ${tookMs.toFixed(0)} ms, limit ${MAX_STOP_MS} ms`);
      const before = seen.filter(({ sentMs }) => sentMs < stopMs);
      answered += before.length;
      const lost = before.filter(({ answer }) => answer.status !== 200 && answer.status !== 201);
      tally.lost(
        lost.length,
        `requests before the signal were not answered: ${lost.map(({ answer }) => answer.status)}`,
      );
      await Promise.all(streams.map((stream) => stream.text().catch(() => "")));
      const again = await place.serve(project);
      const { body } = await send(again.url, "GET", `/api/v1/runs/${id}`);
      tally.expect(body.status === "cancelled", `stop ${n}: the run is ${body.status}`);
      await again.stop();
    }
    tally.figure(
      `${stops} stops with ${STREAMS} streams and a training, ${answered} requests before the signal`,
    );
    tally.figure(`${slowest.toFixed(0)} ms at most`);
  },
};
