import { afterEach, beforeEach, expect, test } from "bun:test";
import { join } from "node:path";
import { emptyProject, type RunningServer, runCommand, startServer, until } from "../support/executable.ts";
import { type Asked, type Given, inkOf, QueueClient, unlabelledLines } from "../support/queue-client.ts";

const DRAWINGS = 300;
/** Questions of each of the two labellers, which they answer all at once. */
const TOGETHER = 20;
/** Of all answers of a round, how many are undone as soon as they are acknowledged. */
const UNDONE = 3;

type Project = Awaited<ReturnType<typeof emptyProject>>;

let projects: Project[];
let project: Project;
let server: RunningServer | null;
let client: QueueClient;

beforeEach(async () => {
  project = await emptyProject();
  projects = [project];
  server = null;
});
afterEach(async () => {
  await server?.stop("SIGKILL");
  await Promise.all(projects.map(({ remove }) => remove()));
});

async function start(): Promise<void> {
  server = await startServer(project);
  client = new QueueClient(server.url);
}

const write = (path: string, text: string) => Bun.write(join(project.dir, path), text);

async function tegaki(args: readonly string[], of = project): Promise<string> {
  const { code, out, err } = await runCommand(of, args);
  expect({ args, code, err }).toMatchObject({ code: 0 });
  return out;
}

interface Exported {
  id: string;
  strokes: Asked["strokes"];
  label?: string;
}

/** Everything that is stored, by the command line: the label of each ink, and the inks without one. */
async function stored(): Promise<{ labels: Map<string, string>; pool: string[]; lines: Exported[] }> {
  const read = async (...flags: string[]) =>
    (await tegaki(["samples", "export", ...flags]))
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as Exported);
  const [samples, waiting] = [await read(), await read("--unlabelled")];
  const inks = [...samples, ...waiting].map(({ strokes }) => inkOf(strokes));
  // Nothing is lost, twice, or both in the pool and a sample.
  expect(new Set(inks).size).toBe(inks.length);
  expect(inks.length).toBe(DRAWINGS);
  return {
    labels: new Map(samples.map(({ strokes, label }) => [inkOf(strokes), label!])),
    pool: waiting.map(({ strokes }) => inkOf(strokes)),
    lines: [...samples, ...waiting],
  };
}

/** Each acknowledged answer is stored, and each acknowledged undo holds. */
async function expectAcknowledged(given: readonly Given[]): Promise<void> {
  const { labels, pool } = await stored();
  const waiting = new Set(pool);
  for (const { ink, label, decision, undo } of given) {
    if (decision === null || undo === "sent") continue;
    if (undo === "acknowledged") expect([ink, labels.has(ink), waiting.has(ink)]).toEqual([ink, false, true]);
    else expect([ink, labels.get(ink), waiting.has(ink)]).toEqual([ink, label, false]);
  }
}

/** Two labellers answer 20 questions each, all at once, and undo some. @param killAfter answers, with SIGKILL. */
async function round(given: Given[], killAfter = Number.POSITIVE_INFINITY): Promise<void> {
  const labellers = ["ann", "bob"];
  const questions = await Promise.all(labellers.map((labeller) => client.next(labeller, TOGETHER)));
  const mine = questions.flatMap((asked, who) =>
    asked.map(
      ({ id, strokes }, n): Given => ({
        ...{ labeller: labellers[who]!, question: id, ink: inkOf(strokes), label: String(n % 10) },
        ...{ decision: null, undo: "none" },
      }),
    ),
  );
  expect(new Set(mine.map(({ ink }) => ink)).size).toBe(labellers.length * TOGETHER);
  // What was undone is asked again: the newest answer to a drawing counts.
  for (const one of mine) {
    const before = given.findIndex(({ ink }) => ink === one.ink);
    if (before >= 0) given.splice(before, 1);
  }
  given.push(...mine);
  let answered = 0;
  let isKilled = false;
  const label = async (one: Given, n: number) => {
    await client.answer(one);
    answered += 1;
    if (n % Math.floor(mine.length / UNDONE) === 1) await client.undo(one);
    if (answered < killAfter || isKilled) return;
    isKilled = true;
    await server!.stop("SIGKILL");
  };
  const results = await Promise.allSettled(mine.map(label));
  const failures = results.flatMap((one) => (one.status === "rejected" ? [String(one.reason)] : []));
  if (killAfter === Number.POSITIVE_INFINITY) return expect(failures).toEqual([]);
  // Killed in the middle: some were acknowledged, and some were not.
  expect(answered).toBeLessThan(mine.length);
  expect(failures.length).toBeGreaterThan(0);
  expect(failures.filter((failure) => failure.includes("/queue/"))).toEqual([]);
}

/** Sends again what was not acknowledged, as a page does. */
async function resend(given: readonly Given[]): Promise<void> {
  for (const one of given) if (one.decision === null) await client.answer(one);
  for (const one of given) if (one.undo === "sent") await client.undo(one);
}

test("answers and undos that were acknowledged hold after two kills in the middle of 40 in parallel", async () => {
  // Questions about samples have a test of their own.
  await write("conf/base/server.yml", "labelling: { second_opinions: 0, known_answers: 0 }\n");
  await write("scans.ndjson", unlabelledLines(DRAWINGS, 500_000));
  await start();
  const out = await tegaki(["samples", "import", "scans.ndjson"]);
  expect(out).toContain("0 samples imported from scans.ndjson; 300 without a label are in the label queue");

  const given: Given[] = [];
  await round(given);
  await expectAcknowledged(given);
  for (const killAfter of [12, 25]) {
    await round(given, killAfter);
    await start();
    await expectAcknowledged(given);
    await resend(given);
    await expectAcknowledged(given);
  }
  // Nothing is left that was sent and not acknowledged.
  expect(given.filter(({ decision, undo }) => decision === null || undo === "sent")).toEqual([]);
  expect(given.some(({ undo }) => undo === "acknowledged")).toBe(true);

  const labelled = given.filter(({ undo }) => undo === "none");
  const { labels, pool, lines } = await stored();
  expect(labels).toEqual(new Map(labelled.map(({ ink, label }) => [ink, label])));
  expect(pool.length).toBe(DRAWINGS - labelled.length);
  expect((await client.counts()).unlabelled).toBe(pool.length);
  // An answer that is repeated after all of this is the same decision, and changes nothing.
  const [first] = labelled;
  const before = first!.decision;
  await client.answer(first!);
  expect(first!.decision).toBe(before);
  // The scoring was interrupted, too.
  await untilScored(1);

  await expectImportsElsewhere(new Map(lines.map(({ id, strokes }) => [inkOf(strokes), id])), pool);
}, 180_000);

/** The drawings without a label go to another project, with their ids, and come back to this one as known. */
async function expectImportsElsewhere(ids: ReadonlyMap<string, string>, pool: readonly string[]) {
  const other = await emptyProject();
  projects.push(other);
  const waiting = await tegaki(["samples", "export", "--unlabelled"]);
  for (const { dir } of projects) await Bun.write(join(dir, "waiting.ndjson"), waiting);
  const out = await tegaki(["samples", "import", "waiting.ndjson"], other);
  expect(out).toContain(`0 samples imported from waiting.ndjson; ${pool.length} without a label`);
  expect(await tegaki(["samples", "export", "--unlabelled"], other)).toBe(waiting);
  const exported = waiting
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Exported);
  expect(exported.map(({ id, strokes }) => [inkOf(strokes), id]).sort()).toEqual(
    pool.map((ink) => [ink, ids.get(ink)!]).sort(),
  );
  expect(await tegaki(["samples", "import", "waiting.ndjson"])).toContain(
    `0 samples imported from waiting.ndjson; ${pool.length} already existed`,
  );
}

/** Waits until the live version has scored everything, and the order by diversity is that of its features. */
const untilScored = (version: number) =>
  until(
    () => client.counts(),
    ({ scored, unlabelled, model_version, diversity }) =>
      model_version === version && scored === unlabelled && diversity?.model_version === version,
  );

/** The measure of a question, computed from its prediction; greater comes first. */
const MEASURES: Readonly<Record<string, (asked: Asked) => number>> = {
  least_confidence: ({ prediction }) => 1 - prediction!.confidence,
  margin: ({ prediction }) => prediction!.second!.p - prediction!.confidence,
};

test("the live version scores the pool, also after another one goes live, and every order puts its drawings first", async () => {
  await write(
    "conf/base/parameters.yml",
    "tuning_epochs: 1\nreplay: { mnist: 100, digits: 0, negatives: 0 }\ntuning_layer: predictions\n",
  );
  await write("scans.ndjson", unlabelledLines(DRAWINGS, 520_000));
  await tegaki(["samples", "import", "scans.ndjson"]);
  await start();
  const { orders, refused } = await untilScored(1);
  expect(orders).toEqual(["least_confidence", "margin", "entropy", "diversity", "newest"]);
  expect(refused).toEqual([
    {
      order: "disagreement",
      reason: "there is only one model version, so there is nothing to compare it with",
    },
  ]);
  const { status, body } = await client.post("/queue/next", {
    ...{ labeller: "eve", order: "disagreement", n: 1 },
  });
  expect([status, (body as { detail: string }).detail]).toEqual([
    409,
    expect.stringContaining("only one model version"),
  ]);
  await expectOrders(orders);

  // Labels of the queue are what the next version trains on.
  for (const { id, strokes } of await client.next("ann", TOGETHER)) {
    await client.answer({
      ...{ labeller: "ann", question: id, ink: inkOf(strokes), label: "7", decision: null, undo: "none" },
    });
  }
  await tegaki(["run", "--pipeline", "tuning"]);
  const current = (await client.counts()).model_version;
  if (current === 1) {
    const promoted = await client.post("/models/2/promote", { force: true });
    expect(promoted.status).toBe(200);
  }
  const after = await untilScored(2);
  expect(after.orders).toContain("disagreement");
  expect(after.scored_by).toEqual([{ version: 2, n: after.unlabelled }]);
  await expectOrders(after.orders);
  const disagreements = (await client.next("disagreement again", TOGETHER, "disagreement")).map(
    ({ reason }) => reason!.value!,
  );
  expect(Math.max(...disagreements)).toBeGreaterThan(0);
}, 240_000);

/** In each order, the first questions are those with the greatest measures of the whole pool, the greatest first. */
async function expectOrders(orders: readonly string[]): Promise<void> {
  for (const order of orders) {
    const labeller = `first by ${order}`;
    const asked = await client.next(labeller, TOGETHER, order);
    expect([order, asked.length]).toEqual([order, TOGETHER]);
    const values = asked.map(({ reason }) => reason?.value ?? null);
    const measure = MEASURES[order];
    if (order === "newest" || order === "diversity")
      expect([order, new Set(values).size]).toEqual([order, 1]);
    else {
      // The smallest margin comes first, the greatest of the others.
      const sign = order === "margin" ? -1 : 1;
      expect(values).toEqual(values.toSorted((a, b) => sign * (b! - a!)));
    }
    if (measure !== undefined) {
      const greatest = (await poolMeasures(measure)).toSorted((a, b) => b - a);
      asked.map(measure).forEach((value, n) => {
        expect(value).toBeCloseTo(greatest[n]!, 6);
      });
    }
    await client.post("/queue/release", { labeller, questions: asked.map(({ id }) => id) });
  }
}

async function poolMeasures(measure: (asked: Asked) => number): Promise<number[]> {
  const all: number[] = [];
  let cursor: string | null = null;
  do {
    const path: string = cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`;
    const page = await client.get<{ drawings: Asked[]; next_cursor: string | null }>(
      `/queue/drawings?limit=100${path}`,
    );
    all.push(...page.drawings.map(measure));
    cursor = page.next_cursor;
  } while (cursor !== null);
  return all;
}

test("with second opinions on half of the questions, one that contradicts a label puts it in review", async () => {
  await write("conf/base/server.yml", "labelling: { second_opinions: 0.5, known_answers: 0 }\n");
  await write("scans.ndjson", unlabelledLines(DRAWINGS, 540_000));
  await tegaki(["samples", "import", "scans.ndjson"]);
  await start();
  const labels = new Map<string, string>();
  const answer = async (labeller: string, { id, strokes }: Asked, label: string) => {
    const given: Given = {
      ...{ labeller, question: id, ink: inkOf(strokes), label, decision: null, undo: "none" },
    };
    await client.answer(given);
    return given;
  };
  // Nobody gets a second opinion on what they have labelled.
  for (let n = 0; n < 2; n++) {
    for (const asked of await client.next("ann", TOGETHER)) {
      expect(labels.has(inkOf(asked.strokes))).toBe(false);
      await answer("ann", asked, "3");
      labels.set(inkOf(asked.strokes), "3");
    }
  }
  const asked = [...(await client.next("bob", TOGETHER)), ...(await client.next("bob", TOGETHER))];
  const second = asked.filter(({ strokes }) => labels.has(inkOf(strokes)));
  // 40 questions, each a second opinion with probability one half: fewer than 5 have a probability below 1e-6.
  expect(second.length).toBeGreaterThanOrEqual(5);
  expect(second.length).toBeLessThan(asked.length);
  // The two kinds look the same.
  const shapeOf = (one: Asked) => Object.keys(one).sort();
  for (const one of asked) expect(shapeOf(one)).toEqual(shapeOf(asked[0]!));

  const [contradicted, ...equal] = second;
  const wrong = await answer("bob", contradicted!, "8");
  for (const one of equal) await answer("bob", one, "3");
  const reviews = () =>
    client.get<{ samples: { id: string; label: string; review: { state: string; by: string } }[] }>(
      "/reviews",
    );
  const { samples } = await reviews();
  const idOf = async (ink: string) =>
    (await tegaki(["samples", "export"]))
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as Exported)
      .find(({ strokes }) => inkOf(strokes) === ink)!.id;
  const id = await idOf(inkOf(contradicted!.strokes));
  expect(samples.map(({ id: one, label, review: { state, by } }) => [one, label, state, by])).toEqual([
    [id, "3", "suspect", "opinion"],
  ]);
  const opinions = await client.get<{ opinions: { kind: string; labeller: string; answer: object }[] }>(
    `/samples/${id}/opinions`,
  );
  expect(opinions.opinions).toMatchObject([
    { kind: "second", labeller: "bob", expected: "3", answer: { label: "8" } },
  ]);
  const agreement = await client.get<{ all: { n: number; equal: number } }>("/queue/agreement");
  expect(agreement.all).toMatchObject({ n: second.length, equal: equal.length });

  // A kill keeps the review, and the undo ends it.
  await server!.stop("SIGKILL");
  await start();
  expect((await reviews()).samples.map((one) => one.id)).toEqual([id]);
  await client.undo(wrong);
  expect((await reviews()).samples).toEqual([]);
  const { labels: kept } = await stored();
  expect([...kept.values()]).toEqual(Array(labels.size).fill("3"));
}, 120_000);
