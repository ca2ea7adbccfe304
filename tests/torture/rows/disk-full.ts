import { label, predict, send } from "../support/requests.ts";
import { type Row, times } from "../support/row.ts";
import { mountSmallDisk, noSmallDisk } from "../support/small-disk.ts";
import { integrityOf, sampleIds } from "../support/store.ts";

const DISK_BYTES = 8 * 1_048_576;
const MAX_RECOVERY_MS = 5_000;

/** Row 4: the disk is full, and then it is not. */
export const diskFull: Row = {
  row: 4,
  property: "A full disk loses nothing and is recovered from",
  quick: "tests/storage/failures.test.ts",
  boundSeconds: 180,
  missing: noSmallDisk,
  async run(place, tally, scale) {
    const project = await place.project();
    const disk = await mountSmallDisk(place, project.dir, DISK_BYTES);
    const server = await place.serve(project);
    const { url } = server;
    const acknowledged: string[] = [];
    const rounds = times(5, scale, 1);
    let refused = 0;
    let predicted = 0;
    let seed = 0;
    let slowest = 0;
    const store = async () => {
      const answer = await label(url, seed++);
      if (answer.status === 201) acknowledged.push(String(answer.body.id));
      return answer;
    };
    for (let round = 0; round < rounds; round++) {
      for (let n = 0; n < 10; n++) await store();
      await disk.fill();
      // What SQLite has reserved is used up first.
      let answer = await store();
      for (let n = 0; n < 5_000 && answer.status === 201; n++) answer = await store();
      tally.expect(
        answer.status === 507 || answer.status === 503,
        `a label on a full disk: ${answer.status}`,
      );
      for (let n = 0; n < 50; n++) {
        const { status } = await store();
        if (status !== 201) refused++;
        tally.expect([201, 503, 507].includes(status), `a label on a full disk: ${status}`);
        const prediction = await predict(url, n);
        tally.expect(prediction.status === 200, `a prediction on a full disk: ${prediction.status}`);
        predicted++;
      }
      const live = await send(url, "GET", "/livez");
      tally.expect(live.status === 200, `/livez on a full disk: ${live.status}`);
      const ready = await send(url, "GET", "/readyz");
      tally.expect(ready.status === 503, `/readyz on a full disk: ${ready.status}`);
      await disk.free();
      const startMs = performance.now();
      while ((await store()).status !== 201 && performance.now() - startMs < MAX_RECOVERY_MS)
        await Bun.sleep(20);
      const tookMs = performance.now() - startMs;
      slowest = Math.max(slowest, tookMs);
      tally.expect(tookMs < MAX_RECOVERY_MS, "labels are still refused 5 s after space was freed");
      tally.expect(
        (await send(url, "GET", "/readyz")).status === 200,
        "/readyz is not 200 after space was freed",
      );
    }
    tally.expect((await server.stop()) === 0, "the server did not stop with 0");
    const integrity = integrityOf(project.dir);
    tally.expect(integrity === "ok", `integrity_check says ${integrity}`);
    const stored = new Set(sampleIds(project.dir));
    tally.lost(acknowledged.filter((id) => !stored.has(id)).length, "acknowledged labels are missing");
    const verified = await place.command(project, ["verify"]);
    tally.expect(verified.code === 0, () => `tegaki verify: ${verified.out}${verified.err}`);
    tally.figure(`${rounds} times full: ${refused} labels refused, ${predicted} predictions`);
    tally.figure(
      `${acknowledged.length} labels acknowledged; stores again after ${slowest.toFixed(0)} ms at most`,
    );
  },
};
