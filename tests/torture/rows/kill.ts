import { label, Steady } from "../support/requests.ts";
import { type Row, times } from "../support/row.ts";
import { integrityOf, sampleIds } from "../support/store.ts";

const LABELS_PER_SECOND = 50;
const [SOONEST_MS, LATEST_MS] = [5, 500];
const MAX_READY_MS = 3_000;

/** Row 1: kill -9 at any moment of labelling. */
export const kill: Row = {
  row: 1,
  property: "Acknowledged labels survive kill -9",
  quick: "tests/system/serve.test.ts",
  boundSeconds: 900,
  missing: () => null,
  async run(place, tally, scale) {
    const project = await place.project();
    const kills = times(300, scale, 3);
    const acknowledged: string[] = [];
    let slowest = 0;
    let seed = 0;
    for (let n = 0; n < kills; n++) {
      const startMs = performance.now();
      const server = await place.serve(project);
      slowest = Math.max(slowest, performance.now() - startMs);
      const steady = new Steady(LABELS_PER_SECOND, async () => {
        const key = `k${seed}`;
        const { status, body } = await label(server.url, seed++, key);
        if (status === 201) acknowledged.push(String(body.id));
      });
      await Bun.sleep(SOONEST_MS + Math.random() * (LATEST_MS - SOONEST_MS));
      await server.stop("SIGKILL");
      await steady.stop();
      const integrity = integrityOf(project.dir);
      tally.expect(integrity === "ok", `kill ${n}: integrity_check says ${integrity}`);
    }
    const stored = sampleIds(project.dir);
    const unique = new Set(stored);
    tally.lost(acknowledged.filter((id) => !unique.has(id)).length, "acknowledged labels are missing");
    tally.lost(stored.length - unique.size, "labels are stored twice");
    tally.expect(stored.length <= seed, `${stored.length} labels are stored, ${seed} were sent`);
    tally.expect(slowest < MAX_READY_MS, `a start took ${slowest.toFixed(0)} ms, limit ${MAX_READY_MS} ms`);
    tally.figure(`${kills} kills, ${acknowledged.length} labels acknowledged`);
    tally.figure(`ready in ${slowest.toFixed(0)} ms at most`);
  },
};
