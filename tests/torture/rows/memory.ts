import { until } from "../../support/executable.ts";
import { megabytes, residentBytes } from "../support/memory.ts";
import { limitMemory, noMemoryLimit } from "../support/memory-limit.ts";
import type { Place } from "../support/place.ts";
import { type Answer, label, predict, send } from "../support/requests.ts";
import { type Row, type Tally, times } from "../support/row.ts";
import { integrityOf, sampleIds } from "../support/store.ts";

const TRAININGS = 200;
const WARM_UP = 20;
const MAX_GROWTH = 0.1;
const LABELS = 20;
const LIMIT_BYTES = 512 * 1_048_576;
/** Less than a training takes. */
const LEFT_BYTES = 64 * 1_048_576;
const WATCH_MS = 40_000;
const ENDED = ["done", "failed", "cancelled"];

/** Row 22: many trainings in a row, and one for which there is not enough memory. */
export const memory: Row = {
  row: 22,
  property: "Training runs leave no memory behind, and end before the server does",
  quick: "tests/scheduler/child.test.ts",
  boundSeconds: 1_800,
  missing: () => (process.platform === "linux" ? null : "memory is read from /proc, which only Linux has"),
  async run(place, tally, scale) {
    await manyTrainings(place, tally, scale);
    const missing = noMemoryLimit();
    if (missing === null) await outOfMemory(place, tally);
    else tally.skip("a training without enough memory", missing);
  },
};

async function train(url: string): Promise<Answer> {
  const params = { tuning_epochs: 1 };
  const started = await send(url, "POST", "/api/v1/runs", { pipeline: "tuning", params });
  if (started.status !== 202) throw new Error(`A run is ${started.status}: ${JSON.stringify(started.body)}`);
  return until(
    () => send(url, "GET", `/api/v1/runs/${started.body.run_id}`),
    ({ body }) => ENDED.includes(String(body.status)),
  );
}

async function manyTrainings(place: Place, tally: Tally, scale: number): Promise<void> {
  const server = await place.serve(await place.project());
  for (let n = 0; n < LABELS; n++) await label(server.url, n);
  const [warmUp, trainings] = [times(WARM_UP, scale), times(TRAININGS, scale)];
  let before = 0;
  for (let n = 0; n < warmUp + trainings; n++) {
    if (n === warmUp) before = residentBytes(server.pid) ?? 0;
    const { body } = await train(server.url);
    tally.expect(body.status === "done", `training ${n} is ${body.status}: ${body.error}`);
    tally.expect((await predict(server.url, n)).status === 200, `after training ${n} a prediction failed`);
  }
  const after = residentBytes(server.pid) ?? 0;
  const growth = after / before - 1;
  tally.figure(
    `${trainings} training runs after ${warmUp}: memory ${megabytes(before)} to ${megabytes(after)} (${(100 * growth).toFixed(1)} %)`,
  );
  if (scale === 1)
    tally.expect(growth < MAX_GROWTH, `memory has grown by ${(100 * growth).toFixed(1)} %, limit 10 %`);
  await server.stop();
}

async function outOfMemory(place: Place, tally: Tally): Promise<void> {
  const limit = await limitMemory(place, await place.project(), LIMIT_BYTES);
  const { project } = limit;
  const server = await place.serve(project, {
    TEGAKI_SERVER__SCHEDULER__TRIGGERS__NEW_SAMPLES: String(LABELS),
  });
  // A machine of 512 MB on which other programs leave so much.
  limit.set((residentBytes(server.pid) ?? 0) + LEFT_BYTES);
  const acknowledged: string[] = [];
  const store = async (n: number) => {
    const { status, body } = await label(server.url, n);
    tally.expect(status === 201, `a label is ${status}`);
    if (status === 201) acknowledged.push(String(body.id));
  };
  for (let n = 0; n < LABELS; n++) await store(n);
  const runs = async () => (await send(server.url, "GET", "/api/v1/runs")).body.runs as RunJson[];
  const [run] = await until(runs, (all) => ENDED.includes(String(all?.[0]?.status)));
  tally.expect(limit.kills() > 0, "no process was ended for lack of memory");
  tally.expect(run?.status === "failed", `the run is ${run?.status}, not failed`);
  tally.expect(/SIGKILL/.test(run?.error ?? ""), `the run does not say that it was killed: ${run?.error}`);
  for (let n = 0; n < 50; n++) await store(1_000 + n);
  // Longer than the pause after a run that was done.
  await Bun.sleep(WATCH_MS);
  const again = (await runs()).length;
  tally.expect(
    again === 1,
    `${again} runs within ${WATCH_MS / 1_000} s: a failed one is followed by a minute`,
  );
  const { status } = await predict(server.url, 1);
  tally.expect(status === 200, `a prediction after the end of the run is ${status}`);
  tally.expect((await server.stop()) === 0, "the server did not stop with 0");
  const stored = new Set(sampleIds(project.dir));
  tally.lost(acknowledged.filter((id) => !stored.has(id)).length, "acknowledged labels are missing");
  tally.expect(integrityOf(project.dir) === "ok", "integrity_check is not ok");
  tally.figure(`a training killed for lack of memory: failed, ${acknowledged.length} labels kept`);
}

interface RunJson {
  status: string;
  error: string | null;
}
