import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Answer } from "./support/training-child.ts";

// How fast the Keras MNIST CNN trains at batch 128, forward, backward and RMSprop, on our kernels with 1 and 2
// threads and on the stock tfjs wasm backend with a composed filter gradient; then memory over many steps.
//
//   bun tests/bench/training.ts [--rounds 5] [--steps 1000] [--json]
//
// Each setup is a process of its own. They take turns, so that what else the machine does falls on all of them
// alike; medians over the rounds are given. --steps 0 leaves memory out.

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    steps: { type: "string", default: "1000" },
    json: { type: "boolean", default: false },
  },
});

/** Steps of one turn: the stock backend needs seconds for each. */
const SETUPS = [
  { name: "kernels and operations, 1 thread", form: "ops", backend: "1", steps: 10 },
  { name: "kernels and operations, 2 threads", form: "ops", backend: "2", steps: 10 },
  { name: "kernels under the layers API, 1 thread", form: "layers", backend: "1", steps: 10 },
  { name: "stock tfjs wasm, composed filter gradient", form: "layers", backend: "stock", steps: 1 },
] as const;

interface Child {
  train(steps: number): Promise<Answer>;
  kill(): void;
}

async function startChild(form: string, backend: string): Promise<Child> {
  const received: unknown[] = [];
  let wake: (() => void) | null = null;
  const child = Bun.spawn(
    [process.execPath, join(import.meta.dir, "support/training-child.ts"), form, backend],
    {
      stdio: ["ignore", "inherit", "inherit"],
      ipc(message) {
        received.push(message);
        wake?.();
      },
      onExit(_child, code) {
        if (code) throw new Error(`The training process "${form} ${backend}" ended with exit code ${code}`);
      },
    },
  );
  const next = async () => {
    if (received.length === 0) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    return received.shift();
  };
  await next();
  return {
    async train(steps) {
      child.send(steps);
      return (await next()) as Answer;
    },
    kill: () => child.kill(),
  };
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[sorted.length >> 1]!;
}

const answers = new Map<string, Answer[]>(SETUPS.map(({ name }) => [name, []]));
const children = await Promise.all(SETUPS.map(({ form, backend }) => startChild(form, backend)));
// The first steps compile the code.
for (const child of children) await child.train(2);
for (let round = 0; round < Number(values.rounds); round++) {
  for (const [i, { name, steps }] of SETUPS.entries()) {
    answers.get(name)!.push(await children[i]!.train(steps));
  }
}
const result = SETUPS.map(({ name }) => ({
  name,
  samplesPerSecond: median(answers.get(name)!.map((answer) => answer.samplesPerSecond)),
  cpuMsAStep: median(answers.get(name)!.map((answer) => answer.cpuMsAStep)),
}));
const baseline = result.at(-1)!.samplesPerSecond;

const memory: { step: number; rssMB: number; tensors: number }[] = [];
const total = Number(values.steps);
for (let done = 0; done < total; ) {
  const steps = Math.min(Math.max(1, Math.round(total / 10)), total - done);
  const { rssBytes, tensors } = await children[1]!.train(steps);
  done += steps;
  memory.push({ step: done, rssMB: Math.round(rssBytes / 1e6), tensors });
}
for (const child of children) child.kill();

if (values.json) console.log(JSON.stringify({ setups: result, memory }));
else {
  for (const { name, samplesPerSecond, cpuMsAStep } of result) {
    const rate = samplesPerSecond.toFixed(0).padStart(5);
    const ratio = (samplesPerSecond / baseline).toFixed(1).padStart(5);
    console.log(
      `${name.padEnd(42)} ${rate} samples/s ${ratio} x  ${cpuMsAStep.toFixed(0)} ms of processor time a step`,
    );
  }
  for (const { step, rssMB, tensors } of memory) {
    console.log(`after ${String(step).padStart(5)} steps on 2 threads: RSS ${rssMB} MB, ${tensors} tensors`);
  }
}
process.exit(0);
