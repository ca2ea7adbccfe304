import { openLoop, postOf } from "../../bench/support/load-clients.ts";
import { drawingOf } from "../../support/digit-strokes.ts";
import { label, send } from "../support/requests.ts";
import { type Row, times } from "../support/row.ts";

const PER_SECOND = 100;
const SECONDS = 30;
const [MAX_IDLE_MS, MAX_TRAINING_MS] = [50, 150];

/** Row 10: 200 people who draw and label every four seconds, at a fixed rate, without and with a training. */
export const drawing: Row = {
  row: 10,
  property: "Training does not slow those who draw",
  quick: "tests/serving/predictor.test.ts",
  boundSeconds: 180,
  missing: () => null,
  async run(place, tally, scale) {
    const { url } = await place.serve(await place.project(), {
      // Only the training of this row.
      TEGAKI_SERVER__SCHEDULER__TRIGGERS__NEW_SAMPLES: "1000000",
    });
    for (let n = 0; n < 100; n++) await label(url, n);
    const seconds = times(SECONDS, scale, 2);
    let seed = 1_000;
    const requestOf = (n: number) => {
      const body = drawingOf(seed % 10, seed);
      if (n % 2 === 0) return postOf(url, "/api/v1/predict", body);
      return postOf(url, "/api/v1/samples", {
        ...body,
        label: String(seed++ % 10),
        session: `s${seed % 200}`,
      });
    };
    const people = () => openLoop(url, { perSecond: PER_SECOND, seconds, requestOf });
    const idle = await people();
    let isOver = false;
    let runs = 0;
    const training = (async () => {
      while (!isOver) {
        const { status } = await send(url, "POST", "/api/v1/runs", { pipeline: "tuning", params: {} });
        if (status === 202) runs++;
        await Bun.sleep(200);
      }
    })();
    const busy = await people();
    isOver = true;
    await training;
    for (const [when, { accepted, refused, failed, p99 }, limit] of [
      ["idle", idle, MAX_IDLE_MS],
      ["in training", busy, MAX_TRAINING_MS],
    ] as const) {
      tally.lost(refused + failed, `requests ${when} were refused or failed`);
      tally.expect(p99 < limit, `p99 ${when} is ${p99.toFixed(0)} ms, limit ${limit} ms`);
      tally.figure(`${when}: ${accepted} requests at ${PER_SECOND}/s, p99 ${p99.toFixed(0)} ms`);
    }
    tally.expect(runs > 0, "no training was started");
  },
};
