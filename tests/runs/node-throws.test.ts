import { afterEach, expect, test } from "bun:test";
import { join } from "node:path";
import { type ThrownError, thrownLines } from "../../src/lib/thrown-error.ts";
import type { RunOptions } from "../../src/runs/run-options.ts";
import { RunProject, silent } from "../support/run-project.ts";

/** Lines are counted below: types above a line do not move it, because the stack is that of the source. */
const NODES = `import { InputError } from "tegaki";
interface Row {
  price: number;
}
type Price = Row["price"];

export const helper = (rows: Row[]): Price => {
  const first = rows[3];
  if (first === undefined) throw new TypeError("no row 3");
  return first.price;
};
export const sync = (): Price => {
  const value = helper([]);
  return value;
};
export const later = async (): Promise<Price> => {
  await Bun.sleep(1);
  const value = helper([]);
  return value;
};
export function* chunks(): Generator<number> {
  yield 1;
  throw new RangeError("too far", { cause: new Error("the root", { cause: "a string" }) });
}
export async function* laterChunks(): AsyncGenerator<number> {
  yield 1;
  await Bun.sleep(1);
  throw new Error("gone");
}
export const native = () => JSON.parse("{");
export const text = () => {
  throw "just text";
};
export const nothing = () => {
  throw undefined;
};
export const object = () => {
  throw { code: 3 };
};
export const bare = () => {
  throw Object.create(null);
};
export const silentError = () => {
  throw new TypeError();
};
export const several = () => {
  throw new Error("both", { cause: new AggregateError([new Error("one"), new Error("two")], "two failed") });
};
export const circle = () => {
  const error = new Error("round");
  error.cause = error;
  throw error;
};
export const returnsNothing = () => undefined;
export const forUsers = () => {
  throw new InputError("The table is empty");
};
export const waits = async (context: { signal: AbortSignal }) => {
  while (!context.signal.aborted) await Bun.sleep(1);
  context.signal.throwIfAborted();
};
export const telling = () => {
  throw new Error(globalThis.tegakiRunTest.given.message);
};
`;
const FUNCTIONS = [...NODES.matchAll(/^export (?:const|async function\*|function\*) (\w+)/gm)]
  .map(([, name]) => name!)
  .filter((name) => name !== "helper");
const PIPELINE = `import { node, pipeline } from "tegaki";
import * as nodes from "./nodes.ts";
export const createPipeline = () =>
  pipeline(${JSON.stringify(FUNCTIONS)}.map((name) => node({ name, func: nodes[name], inputs: null, outputs: name + "_out" })));
`;

let project: RunProject;
afterEach(() => project.remove());

const FILE = "src/pipelines/throwing/nodes.ts";

/** Runs some nodes of the pipeline. @returns what the terminal, the events and the record say of the failures. */
async function failing(nodes: string[], more: Partial<RunOptions> = {}, message = (_dir: string) => "") {
  project = await RunProject.create(
    {
      [FILE]: NODES,
      "src/pipelines/throwing/pipeline.ts": PIPELINE,
      "conf/local/credentials.yml": "bucket: { access_key_id: AKIASECRET, secret_access_key: s3cr3t/key }\n",
    },
    { pipeline: "throwing" },
  );
  project.world.given.message = message(project.dir);
  const shown = new Map<string, readonly ThrownError[]>();
  const nodeFailed = (node: string, thrown: readonly ThrownError[]) => void shown.set(node, thrown);
  const { error } = await project.run({ nodes, onProgress: { ...silent, nodeFailed }, ...more });
  const run = await project.newestRun();
  const { events, details, records } = await project.withStore(async ({ runs }) => ({
    events: await runs.eventsAfter(0, { runId: run.id }),
    details: await runs.details(run.id),
    records: await runs.nodes(run.id),
  }));
  const failed = events.flatMap((event) => (event.type === "node_failed" ? [event] : []));
  return { error, run, shown, failed, causes: details!.causes, records };
}

const lines = (...texts: string[]) => texts.map((text) => text.replaceAll("FILE", FILE));

test.each<[string, string[]]>([
  // JavaScript forgets a function whose last act is a call: the place where the node's function begins comes last.
  ["sync", lines("TypeError: no row 3", "  at helper (FILE:9:38)", "  at FILE:12")],
  ["later", lines("TypeError: no row 3", "  at helper (FILE:9:38)", "  at FILE:18:17")],
  [
    "chunks",
    lines(
      ...["RangeError: too far", "  at chunks (FILE:23:13)"],
      ...["Caused by Error: the root", "  at chunks (FILE:23:48)", "Caused by string: a string"],
    ),
  ],
  ["laterChunks", lines("Error: gone", "  at laterChunks (FILE:28:13)")],
  ["native", lines("SyntaxError: JSON Parse error: Expected '}'", "  at FILE:30")],
  ["text", lines("string: just text", "  at FILE:31")],
  ["nothing", lines("undefined: undefined was thrown, which is not an error", "  at FILE:34")],
  ["object", lines('object: {"code":3} was thrown, which is not an error', "  at FILE:37")],
  ["bare", lines("object: {} was thrown, which is not an error", "  at FILE:40")],
  ["silentError", lines("TypeError: TypeError without a message", "  at silentError (FILE:44:13)")],
  [
    "several",
    lines(
      ...["Error: both", "  at several (FILE:47:13)"],
      ...[
        "Caused by Error: one",
        "  at several (FILE:47:60)",
        "Caused by Error: two",
        "  at several (FILE:47:78)",
      ],
    ),
  ],
  ["circle", lines("Error: round", "  at circle (FILE:50:21)")],
  [
    "returnsNothing",
    lines(
      'PipelineError: it left its output "returnsNothing_out" undefined; returnsNothing must return it',
      "  at FILE:54",
    ),
  ],
])("a node that throws shows its place in the user's source: %s", async (node, expected) => {
  const { shown, failed, causes, error } = await failing([node]);
  expect(thrownLines(shown.get(node)!)).toEqual(expected);
  expect(failed.map(({ thrown }) => thrown)).toEqual([[...shown.get(node)!]]);
  expect(causes.map(({ name, message, frames }) => ({ name, message, frames }))).toEqual([
    ...shown.get(node)!,
  ]);
  expect(causes.every((cause) => cause.node === node)).toBe(true);
  expect(error?.message).toBe(`Node "${node}" failed: ${shown.get(node)![0]!.message}`);
});

test("an InputError is a message to users: it has no place", async () => {
  const { shown, failed, causes, error } = await failing(["forUsers"]);
  expect(error?.message).toBe('Node "forUsers" failed: The table is empty');
  expect([shown.size, failed[0]!.thrown]).toEqual([0, undefined]);
  expect(causes).toMatchObject([{ name: "InputError", message: "The table is empty", frames: [] }]);
});

test("nodes that fail at once each show their own place, with any runner", async () => {
  const nodes = ["sync", "text", "laterChunks"];
  const { shown } = await failing(nodes, { runner: "ParallelRunner", continueOnError: true });
  expect([...shown.keys()].toSorted()).toEqual(nodes.toSorted());
  expect(thrownLines(shown.get("laterChunks")!)).toEqual(
    lines("Error: gone", "  at laterChunks (FILE:28:13)"),
  );
});

test("a node that is stopped because another one failed shows no place", async () => {
  const { shown } = await failing(["laterChunks", "waits"], { runner: "ParallelRunner" });
  expect([...shown.keys()]).toEqual(["laterChunks"]);
});

test("what is recorded of a failure has no path of the machine, no secret, and no endless message", async () => {
  const message = (dir: string) =>
    `${join(dir, "data/t.csv")} with s3cr3t/key of AKIASECRET ${"x".repeat(20_000)}`;
  const { run, failed, causes, records } = await failing(["telling"], {}, message);
  const recorded = JSON.stringify([run, failed, causes.map(({ stack: _, ...rest }) => rest), records]);
  expect(recorded).toContain("data/t.csv with [hidden] of [hidden] xxx");
  for (const secret of [project.dir, "s3cr3t", "AKIASECRET"]) expect(recorded).not.toContain(secret);
  expect(recorded.length).toBeLessThan(100_000);
});
