import { modelArchive } from "../../support/model-archives.ts";
import { templateModel } from "../../support/models.ts";
import { megabytes, residentBytes } from "../support/memory.ts";
import { type Answer, predict, Steady, send } from "../support/requests.ts";
import { type Row, times } from "../support/row.ts";

const PREDICTIONS_PER_SECOND = 100;
const SWAPS = 100;
/** Swaps before memory is measured: in the first ones caches fill, and the heap finds its size. */
const WARM_UP = 500;
const MAX_GROWTH = 0.05;

/** Row 7: predictions during promotions and roll-backs. */
export const hotSwap: Row = {
  row: 7,
  property: "A hot swap fails no prediction",
  quick: "tests/http/hot-swap.test.ts",
  boundSeconds: 300,
  missing: () => (process.platform === "linux" ? null : "memory is read from /proc, which only Linux has"),
  async run(place, tally, scale) {
    const [warmUp, swaps] = [times(WARM_UP, scale), times(SWAPS, scale, 10)];
    const server = await place.serve(await place.project());
    const { url } = server;
    const imported = await fetch(`${url}/api/v1/models/import?name=m.zip`, {
      method: "POST",
      body: await modelArchive({}, templateModel(20)),
      headers: { "content-type": "application/zip" },
    });
    tally.expect(imported.status === 201, `the import of a second model: ${imported.status}`);
    await imported.arrayBuffer();

    const answers: Answer[] = [];
    const steady = new Steady(PREDICTIONS_PER_SECOND, async (n) => {
      answers.push(await (n % 10 < 8 ? predict(url, n) : infer(url, n)));
    });
    let before = 0;
    for (let n = 0; n < warmUp + swaps; n++) {
      if (n === warmUp) before = residentBytes(server.pid) ?? 0;
      const moved =
        n % 2 === 0
          ? await send(url, "POST", "/api/v1/models/2/promote", { force: true })
          : await send(url, "POST", "/api/v1/models/rollback", {});
      tally.expect(moved.status === 200, () => `swap ${n}: ${moved.status} ${JSON.stringify(moved.body)}`);
      const live = await predict(url, n);
      const version = n % 2 === 0 ? 2 : 1;
      tally.expect(
        (live.body.model as { version?: number } | undefined)?.version === version,
        `after swap ${n} another version than ${version} answered`,
      );
    }
    await steady.stop();
    const after = residentBytes(server.pid) ?? 0;

    const bad = answers.filter(({ status }) => status !== 200);
    const statuses = [
      ...new Set(bad.map(({ status, body }) => `${status} ${JSON.stringify(body).slice(0, 200)}`)),
    ];
    tally.lost(bad.length, `predictions without 200: ${statuses.slice(0, 3).join(" | ")}`);
    tally.lost(
      answers.filter(({ status, body }) => status === 200 && !isOfOneVersion(body)).length,
      "answers that name no version",
    );
    const growth = after / before - 1;
    tally.figure(
      `${swaps + warmUp} swaps during ${answers.length} predictions at ${PREDICTIONS_PER_SECOND}/s`,
    );
    // In the first swaps, caches fill.
    if (scale < 1) return;
    tally.figure(`memory ${megabytes(before)} to ${megabytes(after)} (${(100 * growth).toFixed(1)} %)`);
    tally.expect(growth < MAX_GROWTH, `memory has grown by ${(100 * growth).toFixed(1)} %, limit 5 %`);
  },
};

/** Several images in one request: they must be of one version as well. */
function infer(url: string, n: number): Promise<Answer> {
  const images = 4;
  const data = Array.from({ length: images * 784 }, (_, i) => ((i * 7 + n) % 784 < 90 ? 255 : 0));
  return send(url, "POST", "/v2/models/digits/infer", {
    inputs: [{ name: "image", shape: [images, 28, 28, 1], datatype: "UINT8", data }],
  });
}

function isOfOneVersion(body: Record<string, unknown>): boolean {
  const version = (body.model as { version?: number } | undefined)?.version ?? Number(body.model_version);
  return version === 1 || version === 2;
}
