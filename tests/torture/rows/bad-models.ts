import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ModelArtifacts } from "../../../src/domain/model-artifacts.ts";
import type { RunningServer } from "../../support/executable.ts";
import { modelArchive } from "../../support/model-archives.ts";
import { denseModel, templateModel } from "../../support/models.ts";
import type { Place, Project } from "../support/place.ts";
import { predict, Steady, send } from "../support/requests.ts";
import { type Row, type Tally, times } from "../support/row.ts";

/** What happens to the files of a version: each is at another place for another `n`. */
const MUTATIONS: [string, (files: ModelFiles, n: number) => Promise<unknown>][] = [
  [
    "weights cut short",
    ({ weights }, n) => change(weights, (bytes) => bytes.subarray(0, (n * 157) % bytes.length)),
  ],
  ["a bit of the weights", ({ weights }, n) => change(weights, (bytes) => flip(bytes, n * 7_919))],
  ["a bit of model.json", ({ json }, n) => change(json, (bytes) => flip(bytes, n * 7_919))],
  ["empty weights", ({ weights }) => change(weights, () => new Uint8Array())],
  ["an empty model.json", ({ json }) => change(json, () => new Uint8Array())],
  [
    "model.json cut short",
    ({ json }, n) => change(json, (bytes) => bytes.subarray(0, (n * 157) % bytes.length)),
  ],
  ["no weights", ({ weights }) => rm(weights)],
  [
    "longer weights",
    ({ weights }) => change(weights, (bytes) => Buffer.concat([bytes, bytes.subarray(0, 4)])),
  ],
  ["weights that are not numbers", ({ weights }, n) => change(weights, (bytes) => notANumber(bytes, n))],
  [
    "the weights of another model",
    ({ weights }, n) => change(weights, () => new Uint8Array(templateModel(99 + n).weightData)),
  ],
];

/** Models that are intact, and must not be imported. */
const BAD_MODELS: [string, (n: number) => ModelArtifacts][] = [
  ["not a number", () => denseModel(new Float32Array(7_840).fill(Number.NaN), new Float32Array(10))],
  [
    "infinite",
    () => denseModel(new Float32Array(7_840).fill(Number.POSITIVE_INFINITY), new Float32Array(10)),
  ],
  ["wrong about digits", (n) => denseModel(new Float32Array(7_840).fill(0), Float32Array.of(n + 1))],
];

interface ModelFiles {
  json: string;
  weights: string;
}

/** Row 6: damaged candidates, and a damaged live model at the start. */
export const badModels: Row = {
  row: 6,
  property: "A bad model file never replaces a good one",
  quick: "tests/system/registry.test.ts",
  boundSeconds: 400,
  missing: () => null,
  async run(place, tally, scale) {
    const project = await place.project();
    await candidates(place, tally, project, times(200, scale, MUTATIONS.length));
    await starts(place, tally, project, times(40, scale, 2));
  },
};

async function candidates(place: Place, tally: Tally, project: Project, mutations: number): Promise<void> {
  const server = await place.serve(project);
  let others = 0;
  const steady = new Steady(20, async (n) => {
    const { status, body } = await predict(server.url, n);
    if (status !== 200 || (body.model as { version: number }).version !== 1) others++;
  });
  for (let n = 0; n < mutations; n++) {
    const [what, mutate] = MUTATIONS[n % MUTATIONS.length]!;
    const version = await importModel(server, templateModel(20 + n / 100));
    await mutate(await filesOf(place, project, version), n + 1);
    const { status } = await send(server.url, "POST", `/api/v1/models/${version}/promote`, { force: true });
    tally.expect(status === 409, `${what}: the promotion is ${status}, not 409`);
    const page = await fetch(`${server.url}/models/${version}`);
    tally.expect(page.status === 200, `${what}: the page of the version is ${page.status}`);
    await page.text();
  }
  for (const [what, model] of BAD_MODELS) {
    const version = await importModel(server, model(1)).catch(() => null);
    if (version === null) continue;
    const { status } = await send(server.url, "POST", `/api/v1/models/${version}/promote`, { force: true });
    tally.expect(status === 409, `a model that is ${what}: the promotion is ${status}`);
  }
  await steady.stop();
  tally.lost(others, "predictions failed or came from another version");
  tally.figure(
    `${mutations} damaged candidates and ${BAD_MODELS.length} bad ones, 0 promoted, ${steady.sent} predictions`,
  );
  await server.stop();
}

async function starts(place: Place, tally: Tally, project: Project, count: number): Promise<void> {
  for (let n = 0; n < count; n++) {
    const [what, mutate] = MUTATIONS[n % MUTATIONS.length]!;
    const before = await place.serve(project);
    const version = await importModel(before, templateModel(50 + n / 100));
    const moved = await send(before.url, "POST", `/api/v1/models/${version}/promote`, { force: true });
    tally.expect(moved.status === 200, `the promotion before the damage is ${moved.status}`);
    await before.stop();
    await mutate(await filesOf(place, project, version), n + 1);
    const after = await place.serve(project);
    const { status, body } = await predict(after.url, n);
    const answered = (body.model as { version?: number } | undefined)?.version;
    tally.expect(status === 200 && answered === 1, `${what}: version ${answered} answered with ${status}`);
    tally.expect(
      after.printed().includes(`Model version ${version} could not be loaded`),
      `${what}: the log does not say that version ${version} could not be loaded`,
    );
    await after.stop();
  }
  tally.figure(`${count} starts with a damaged live model`);
}

async function importModel({ url }: RunningServer, model: ModelArtifacts): Promise<number> {
  const response = await fetch(`${url}/api/v1/models/import?name=m.zip`, {
    method: "POST",
    body: await modelArchive({}, model),
    headers: { "content-type": "application/zip" },
  });
  const body = (await response.json()) as { version?: number; detail?: string };
  if (body.version === undefined) throw new Error(`The import is ${response.status}: ${body.detail}`);
  return body.version;
}

async function filesOf(place: Place, project: Project, version: number): Promise<ModelFiles> {
  const { out } = await place.command(project, ["model", "show", String(version), "--json"]);
  const folder = join(project.dir, "data", (JSON.parse(out) as { key: string }).key);
  return { json: join(folder, "model.json"), weights: join(folder, "weights.bin") };
}

async function change(path: string, how: (bytes: Uint8Array) => Uint8Array): Promise<void> {
  await writeFile(path, how(await readFile(path)));
}

function flip(bytes: Uint8Array, bit: number): Uint8Array {
  const place = Math.floor(bit / 8) % bytes.length;
  const flipped = Uint8Array.from(bytes);
  flipped[place]! ^= 1 << (bit % 8);
  return flipped;
}

function notANumber(bytes: Uint8Array, n: number): Uint8Array {
  const changed = Uint8Array.from(bytes);
  new DataView(changed.buffer).setFloat32(4 * ((n * 131) % (bytes.length / 4)), Number.NaN, true);
  return changed;
}
