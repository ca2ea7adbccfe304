import { expect, test } from "bun:test";
import { PipelineError, RunCancelledError } from "../../../src/engine/errors.ts";
import { node } from "../../../src/engine/pipeline/node.ts";
import type { NodeContext, NodeFunction } from "../../../src/engine/pipeline/node-spec.ts";
import { pipeline } from "../../../src/engine/pipeline/pipeline.ts";
import type { Hooks } from "../../../src/engine/run/hooks.ts";
import { ParallelRunner } from "../../../src/engine/run/parallel-runner.ts";
import { SequentialRunner } from "../../../src/engine/run/sequential-runner.ts";
import { catalogOf, runOn } from "./run-setup.ts";

/** A door that opens when it is told to. */
function door() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

/** A diamond: top makes a, which left and right read; join reads what they make. */
function diamond(change: Record<string, NodeFunction> = {}) {
  const func = (name: string, otherwise: NodeFunction) => change[name] ?? otherwise;
  return pipeline([
    node({ name: "top", func: func("top", () => 1), inputs: "in", outputs: "a" }),
    node({ name: "left", func: func("left", (a: number) => a + 1), inputs: "a", outputs: "b" }),
    node({ name: "right", func: func("right", (a: number) => a * 10), inputs: "a", outputs: "c" }),
    node({
      name: "join",
      func: func("join", (b: number, c: number) => [b, c]),
      inputs: ["b", "c"],
      outputs: "d",
    }),
  ]);
}

const given = async () => {
  const catalog = catalogOf([]);
  await catalog.save("in", 0);
  return catalog;
};

function listener() {
  const said: string[] = [];
  const hooks: Hooks = {
    before_node_run: ({ node }) => void said.push(`${node} begins`),
    after_node_run: ({ node }) => void said.push(`${node} ends`),
    on_node_error: ({ node, error }) => void said.push(`${node} fails: ${(error as Error).message}`),
    on_node_skipped: ({ node, reason }) => void said.push(`${node} skipped: ${reason}`),
  };
  return { said, hooks: [hooks] };
}

test("ParallelRunner runs independent nodes at the same time", async () => {
  const { open, opened } = door();
  const { said, hooks } = listener();
  const waiting = diamond({
    left: async (a: number) => {
      await opened;
      return a + 1;
    },
    right: (a: number) => {
      open();
      return a * 10;
    },
  });
  expect(await runOn(new ParallelRunner(), waiting, await given(), { hooks })).toEqual({ d: [2, 10] });
  expect(said).toEqual([
    "top begins",
    "top ends",
    "left begins",
    "right begins",
    "right ends",
    "left ends",
    "join begins",
    "join ends",
  ]);
});

test("ParallelRunner with one worker calls hooks in the order of SequentialRunner", async () => {
  const orders: string[][] = [];
  for (const runner of [new SequentialRunner(), new ParallelRunner({ maxWorkers: 1 })]) {
    const { said, hooks } = listener();
    await runOn(runner, diamond(), await given(), { hooks });
    orders.push(said);
  }
  expect(orders[1]).toEqual(orders[0]!);
});

test("ParallelRunner never runs more nodes at once than it may", async () => {
  let now = 0;
  let most = 0;
  const wide = pipeline(
    Array.from({ length: 20 }, (_, i) =>
      node({
        name: `n${i}`,
        func: async (x: number) => {
          now += 1;
          most = Math.max(most, now);
          await Promise.resolve();
          now -= 1;
          return x + i;
        },
        inputs: "in",
        outputs: `out${i}`,
      }),
    ),
  );
  const outputs = await runOn(new ParallelRunner({ maxWorkers: 3 }), wide, await given());
  expect(most).toBe(3);
  expect(outputs).toEqual(Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`out${i}`, i])));
});

test.each([0, -1, 1.5])("ParallelRunner refuses %p workers", (maxWorkers) => {
  expect(() => new ParallelRunner({ maxWorkers })).toThrow(RangeError);
});

test("ParallelRunner stops running nodes when a node fails, starts no others and throws that failure", async () => {
  const { said, hooks } = listener();
  const failing = diamond({
    left: (_: number, context: NodeContext) =>
      new Promise((_resolve, reject) => {
        context.signal.addEventListener("abort", () => reject(context.signal.reason));
      }),
    right: () => {
      throw new TypeError("no");
    },
  });
  const error = await runOn(new ParallelRunner(), failing, await given(), { hooks }).catch(
    (thrown) => thrown,
  );
  expect(error).toBeInstanceOf(PipelineError);
  expect(error).not.toBeInstanceOf(RunCancelledError);
  expect(error.message).toBe('Node "right" failed: no');
  expect(error.cause).toBeInstanceOf(TypeError);
  expect(said.filter((line) => line.startsWith("join"))).toEqual([]);
  expect(said).toContain('left fails: node "right" failed: no');
});

test("a cancelled ParallelRunner names every node that was running", async () => {
  const abort = new AbortController();
  const wait = (_: number, { signal }: NodeContext) =>
    new Promise((_resolve, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason));
      if (++waiting === 2) abort.abort(new Error("stop"));
    });
  let waiting = 0;
  const running = runOn(new ParallelRunner(), diamond({ left: wait, right: wait }), await given(), {
    signal: abort.signal,
  });
  const error = await running.catch((thrown) => thrown);
  expect(error).toBeInstanceOf(RunCancelledError);
  expect(error.message).toBe('Cancelled during node "left", "right"');
});

test.each([new SequentialRunner({ graceMs: 0 }), new ParallelRunner({ graceMs: 0 })])(
  "a cancelled run abandons a function that ignores its signal, and saves none of its outputs",
  async (runner) => {
    const abort = new AbortController();
    const { open, opened } = door();
    const deaf = pipeline([
      node({
        name: "deaf",
        func: async () => {
          abort.abort(new Error("stop"));
          await opened;
          return 1;
        },
        inputs: "in",
        outputs: "out",
      }),
    ]);
    const catalog = await given();
    const error = await runOn(runner, deaf, catalog, { signal: abort.signal }).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(RunCancelledError);
    expect(error.message).toBe('Cancelled during node "deaf"');
    open();
    await opened;
    expect(await catalog.exists("out")).toBe(false);
  },
);

test.each([new SequentialRunner(), new ParallelRunner()])(
  "continueOnError runs every node that does not depend on a failed one, and names the others",
  async (runner) => {
    const { said, hooks } = listener();
    const fail = (name: string) => () => {
      throw new Error(`${name} is broken`);
    };
    const made = pipeline([
      ...diamond({ left: fail("left") }).nodes,
      node({ name: "after", func: (d: number) => d, inputs: "d", outputs: "e" }),
      node({ name: "lone", func: fail("lone"), inputs: "in", outputs: "f" }),
      node({ name: "side", func: (c: number) => c, inputs: "c", outputs: "g" }),
    ]);
    const error = await runOn(runner, made, await given(), { hooks, continueOnError: true }).catch(
      (thrown) => thrown,
    );
    expect(error).toBeInstanceOf(PipelineError);
    expect(error.message.split("\n").toSorted()).toEqual([
      "  left: left is broken",
      "  lone: lone is broken",
      "2 nodes failed:",
      "2 nodes were not run because they depend on a failed node: join, after",
    ]);
    expect(error.cause).toBeInstanceOf(AggregateError);
    expect(said).toContain("side ends");
    expect(said).toContain('join skipped: it needs the output of "left"');
    expect(said).toContain('after skipped: it needs the output of "left"');
  },
);

test("continueOnError changes nothing when no node fails", async () => {
  const outputs = await runOn(new SequentialRunner(), diamond(), await given(), { continueOnError: true });
  expect(outputs).toEqual({ d: [2, 10] });
});

test("a skipped node calls one hook only, its inputs need not exist, and its outputs are not returned", async () => {
  const { said, hooks } = listener();
  const catalog = catalogOf(["a"], new Map([["a", 5]]));
  const skips = new Map([["top", { cause: "unchanged" as const, reason: "all is well" }]]);
  const made = pipeline([
    ...diamond().nodes,
    node({ name: "gone", func: () => 1, inputs: "nowhere", outputs: "unused" }),
  ]);
  skips.set("gone", { cause: "unchanged", reason: "not now" });
  expect(await runOn(new SequentialRunner(), made, catalog, { hooks, skips })).toEqual({ d: [6, 50] });
  expect(said.slice(0, 3)).toEqual(["gone skipped: not now", "top skipped: all is well", "left begins"]);
});

test("a run that skips everything calls the hooks of the pipeline and succeeds", async () => {
  const said: string[] = [];
  const hooks: Hooks = {
    before_pipeline_run: ({ nodes }) => void said.push(`begins ${nodes.join()}`),
    on_node_skipped: ({ node }) => void said.push(node),
    after_pipeline_run: ({ outputs }) => void said.push(`ends ${JSON.stringify(outputs)}`),
  };
  const names = diamond().nodes.map(({ name }) => name);
  const skips = new Map(names.map((name) => [name, { cause: "unchanged" as const, reason: "" }]));
  await runOn(new ParallelRunner(), diamond(), catalogOf([]), { hooks: [hooks], skips });
  expect(said).toEqual(["begins top,left,right,join", ...names, "ends {}"]);
});

test("a failing hook of a skipped node fails the run", async () => {
  const skips = new Map([["join", { cause: "unchanged" as const, reason: "" }]]);
  const hook = () => {
    throw new Error("the hook's");
  };
  const running = runOn(new SequentialRunner(), diamond(), await given(), {
    hooks: [{ on_node_skipped: hook }],
    skips,
  });
  await expect(running).rejects.toThrow("the hook's");
});
