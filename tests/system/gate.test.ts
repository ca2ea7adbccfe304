import { afterAll, beforeAll, expect, test } from "bun:test";
import { join } from "node:path";
import { emptyProject, runCommand } from "../support/executable.ts";
import { handLines } from "../support/unseen-hands.ts";

type Project = Awaited<ReturnType<typeof emptyProject>>;

let project: Project;
beforeAll(async () => {
  project = await emptyProject();
});
afterAll(() => project.remove());

async function importLines(lines: string): Promise<void> {
  await Bun.write(join(project.dir, "labels.ndjson"), `${lines}\n`);
  const { code, err } = await runCommand(project, ["samples", "import", "labels.ndjson"]);
  expect([code, err]).toEqual([0, expect.anything()]);
}

interface Gate {
  passed: boolean;
  verdict: string;
  summary: { detail: string };
  checks: { name: string; passed: boolean; detail: string }[];
}

async function tuning(): Promise<{ promoted: boolean; version: number; gate: Gate }> {
  const { code, out, err } = await runCommand(project, ["run", "--pipeline", "tuning", "--json"]);
  expect([code, err]).toEqual([0, expect.anything()]);
  const { promoted, model_version, metrics } = JSON.parse(out) as {
    promoted: boolean;
    model_version: number;
    metrics: { gate: Gate };
  };
  return { promoted, version: model_version, gate: metrics.gate };
}

// One store, in this order.

test("one person alone with 500 clean labels gets a live model, though nothing is held out", async () => {
  await importLines(handLines(500, { writer: "ada" }));
  const { promoted, version, gate } = await tuning();
  expect([promoted, version]).toEqual([true, 2]);
  expect(["better", "not_worse"]).toContain(gate.verdict);
  expect(gate.checks.map(({ detail }) => detail).join("\n")).toMatch(
    /On 15,000 MNIST test images and pinned drawings[\s\S]*No drawings are held out/,
  );
}, 180_000);

test("a batch in which three of ten sevens are labelled 1 is held: its reason is told, and none of it is trained on", async () => {
  const labelOf = (digit: number, i: number) => (digit === 7 && i % 100 < 30 ? "1" : String(digit));
  await importLines(handLines(500, { writer: "bob", seed: 2, labelOf }));
  const { promoted, gate } = await tuning();
  expect([promoted, gate.verdict]).toEqual([false, "held"]);
  expect(gate.summary.detail).toMatch(
    /^Of \d+ new drawings that the model reads as "7", 1[0-5] are labelled "1"/,
  );
  const { out } = await runCommand(project, ["model", "list", "--json"]);
  expect(out).toContain('"held"');
}, 180_000);

test("the labels of the next clean batch go live again, without those in review", async () => {
  await importLines(handLines(300, { writer: "ada", seed: 3 }));
  const { promoted, version, gate } = await tuning();
  expect([promoted, version]).toEqual([true, 4]);
  expect(gate.checks.at(-1)?.detail).toMatch(/^Of 300 new labels, \d+ are in review/);
}, 180_000);
