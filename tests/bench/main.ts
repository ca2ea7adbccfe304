import { buildExecutableWhenStale } from "../../src/build/build.ts";
import { benchEngine } from "./engine.ts";
import { benchGraph } from "./graph.ts";
import { benchServe } from "./serve.ts";
import { benchShadow } from "./shadow.ts";
import { benchTrials } from "./trials.ts";

// `npm run bench` runs every benchmark; `npm run bench -- training --steps 0` or `npm run bench -- serve` one. The
// executable is built first if it is stale.
const [name, ...options] = process.argv.slice(2);
const benchmarks: Record<string, () => Promise<void>> = {
  engine: benchEngine,
  graph: benchGraph,
  serve: benchServe,
  shadow: benchShadow,
  trials: benchTrials,
  import: () => runScript("import"),
  size: () => runScript("size"),
  training: () => runScript("training"),
  inference: () => runScript("inference"),
  accuracy: () => runScript("accuracy"),
  stray: () => runScript("stray"),
  paint: () => runScript("paint"),
  features: () => runScript("features"),
  tuning: () => runScript("tuning"),
  gate: () => runScript("gate"),
  monitoring: () => runScript("monitoring"),
  drift: () => runScript("drift"),
  learning: () => runScript("learning"),
  samples: () => runScript("samples"),
  queue: () => runScript("queue"),
  scoring: () => runScript("scoring"),
  pages: () => runScript("pages"),
  load: () => runScript("load"),
  large: () => runScript("large"),
};

/** Runs a benchmark that is a separate script with options. */
async function runScript(name: string): Promise<void> {
  const script = new URL(`./${name}.ts`, import.meta.url).pathname;
  const child = Bun.spawn([process.execPath, script, ...options], {
    stdio: ["ignore", "inherit", "inherit"],
  });
  if ((await child.exited) !== 0) throw new Error(`The benchmark "${name}" failed; see above`);
}

if (name !== undefined && !Object.hasOwn(benchmarks, name)) {
  console.error(`No benchmark "${name}". There are: ${Object.keys(benchmarks).join(", ")}`);
  process.exit(2);
}
await buildExecutableWhenStale();
for (const run of name === undefined ? Object.values(benchmarks) : [benchmarks[name]!]) await run();
