import type { RunningServer } from "../../support/executable.ts";
import { until } from "../../support/executable.ts";
import { label, send } from "../support/requests.ts";
import { type Row, type Tally, times } from "../support/row.ts";
import { mountSmallDisk, noSmallDisk } from "../support/small-disk.ts";
import { holdWriteLock } from "../support/store.ts";

const MAX_LIVE_MS = 1_000;

/** Row 11: what /livez and /readyz say. */
export const readiness: Row = {
  row: 11,
  property: "Ready only when it can store and recognise; live always",
  quick: "tests/http/api/health.test.ts",
  boundSeconds: 120,
  missing: () => null,
  async run(place, tally, scale) {
    const project = await place.project();
    const noDisk = noSmallDisk();
    const disk = noDisk === null ? await mountSmallDisk(place, project.dir, 64 * 1_048_576) : null;
    const server = await place.serve(project);
    const { status, body } = await send(server.url, "GET", "/readyz");
    tally.expect(
      status === 200 && (body.model as { version: number }).version === 1,
      `/readyz at first: ${status}`,
    );

    for (let n = 0; n < times(3, scale, 1); n++) {
      const release = holdWriteLock(project.dir);
      const locked = send(server.url, "GET", "/readyz");
      await isLive(tally, server, "while another process holds the write lock");
      tally.expect(
        (await locked).status === 503,
        `/readyz while the store cannot be written: ${(await locked).status}`,
      );
      release();
      tally.expect(
        (await send(server.url, "GET", "/readyz")).status === 200,
        "/readyz after the lock is not 200",
      );
    }
    tally.figure("a locked store");

    for (let n = 0; n < 20; n++) await label(server.url, n);
    const run = await send(server.url, "POST", "/api/v1/runs", { pipeline: "tuning", params: {} });
    let asked = 0;
    await until(
      async () => {
        asked++;
        await isLive(tally, server, "in training");
        tally.expect(
          (await send(server.url, "GET", "/readyz")).status === 200,
          "/readyz in training is not 200",
        );
        return send(server.url, "GET", `/api/v1/runs/${run.body.run_id}`);
      },
      (answer) => ["done", "failed", "cancelled"].includes(String(answer.body.status)),
    );
    tally.figure(`a training (${asked} times)`);

    if (disk === null) tally.skip("a full disk", noDisk ?? "");
    else {
      await disk.fill();
      for (let n = 0; n < 100; n++) await label(server.url, 1_000 + n);
      await isLive(tally, server, "on a full disk");
      const full = await send(server.url, "GET", "/readyz");
      tally.expect(full.status === 503, `/readyz on a full disk: ${full.status}`);
      await disk.free();
      tally.expect(
        (await send(server.url, "GET", "/readyz")).status === 200,
        "/readyz after space was freed is not 200",
      );
      tally.figure("a full disk");
    }
  },
};

async function isLive(tally: Tally, { url }: RunningServer, when: string): Promise<void> {
  const startMs = performance.now();
  const { status } = await send(url, "GET", "/livez");
  const tookMs = performance.now() - startMs;
  tally.expect(status === 200, `/livez ${when}: ${status}`);
  tally.expect(tookMs < MAX_LIVE_MS, `/livez ${when} took ${tookMs.toFixed(0)} ms, limit ${MAX_LIVE_MS} ms`);
}
