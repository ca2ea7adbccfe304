import { parseArgs } from "node:util";
import { median } from "./support/competitor.ts";
import { startAll, tfjsSetup, torchSetup } from "./support/setups.ts";
import type { TrainAnswer } from "./support/tfjs-child.ts";

// How fast the Keras MNIST CNN trains at batch 128 on MNIST's images, forward, backward and RMSprop: our kernels,
// PyTorch's, and the stock tfjs wasm backend with a composed filter gradient; then memory over many steps.
//
//   bun tests/bench/training.ts [--rounds 7] [--steps 1000] [--no-stock] [--json]
//
// Each setup is a separate process. They take turns, so that other load on the machine affects all of them equally; the
// output has the medians over the rounds. --steps 0 omits the memory measurement.

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "7" },
    steps: { type: "string", default: "1000" },
    "no-stock": { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  },
});

/** Steps of one turn; the stock backend needs seconds for each. */
const STEPS = 15;
const OURS = [
  tfjsSetup("kernels and operations, 1 thread", "ops", "1"),
  tfjsSetup("kernels and operations, 2 threads", "ops", "2"),
];
const OTHERS = [
  torchSetup(1),
  torchSetup(2),
  tfjsSetup("kernels under the layers API, 1 thread", "layers", "1"),
];
const STOCK = tfjsSetup("stock tfjs wasm, composed filter gradient", "layers", "stock");

const running = await startAll([...OURS, ...OTHERS, ...(values["no-stock"] ? [] : [STOCK])]);
const answers = running.map((): TrainAnswer[] => []);
const stepsOf = (i: number) => (running[i]!.setup === STOCK ? 1 : STEPS);
// The first steps compile the code.
for (const [i, { process }] of running.entries()) await process.ask({ train: stepsOf(i) });
for (let round = 0; round < Number(values.rounds); round++) {
  for (const [i, { process }] of running.entries()) {
    answers[i]!.push(await process.ask<TrainAnswer>({ train: stepsOf(i) }));
  }
}
const result = running.map(({ setup }, i) => ({
  name: setup.name,
  samplesPerSecond: median(answers[i]!.map((answer) => answer.samplesPerSecond)),
  cpuMsAStep: median(answers[i]!.map((answer) => answer.cpuMsAStep)),
  loss: answers[i]!.at(-1)!.loss,
}));
const memory = await watchMemory(Number(values.steps));
for (const { process } of running) process.stop();
if (values.json) console.log(JSON.stringify({ setups: result, memory }));
else print();
process.exit(0);

async function watchMemory(total: number): Promise<{ step: number; rssMB: number; tensors: number }[]> {
  const memory: { step: number; rssMB: number; tensors: number }[] = [];
  for (let done = 0; done < total; ) {
    const steps = Math.min(Math.max(1, Math.round(total / 10)), total - done);
    const { rssBytes, tensors } = await running[1]!.process.ask<TrainAnswer>({ train: steps });
    done += steps;
    memory.push({ step: done, rssMB: Math.round(rssBytes / 1e6), tensors });
  }
  return memory;
}

function print(): void {
  const rateOf = (name: string) => result.find((one) => one.name === name)?.samplesPerSecond;
  for (const { name, samplesPerSecond, cpuMsAStep, loss } of result) {
    const torch = rateOf(torchSetup(name.endsWith("2 threads") ? 2 : 1).name);
    const ratio = torch === undefined ? "" : `${(samplesPerSecond / torch).toFixed(2)} x PyTorch `;
    console.log(
      `${name.padEnd(42)} ${samplesPerSecond.toFixed(0).padStart(5)} samples/s  ${ratio} ${cpuMsAStep.toFixed(0)} ms of processor time per step, loss ${loss.toFixed(3)}`,
    );
  }
  for (const { step, rssMB, tensors } of memory) {
    console.log(`after ${String(step).padStart(5)} steps on 2 threads: RSS ${rssMB} MB, ${tensors} tensors`);
  }
}
