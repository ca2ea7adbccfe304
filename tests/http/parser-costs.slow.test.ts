import { expect, test } from "bun:test";
import { join } from "node:path";

/** Far above what any of them takes (0.1 s at most of a request): a parser of quadratic cost takes minutes. */
const MAX_CPU_MS = 5_000;
/** Of all of them in one process. */
const MAX_PEAK_MB = 2_048;

interface Costs {
  worst: Record<string, { cpuMs: number; piece: string }>;
  faults: string[];
  peakMb: number;
}

test("no parser that HTTP or a file reaches takes 5 s of processor time, 2 GB of memory, or fails unforeseen, for any repeated piece", async () => {
  const child = Bun.spawn([process.execPath, join(import.meta.dir, "parser-costs-child.ts")], {
    stdout: "pipe",
    stderr: "inherit",
  });
  const { worst, faults, peakMb }: Costs = JSON.parse(await new Response(child.stdout).text());
  expect(faults).toEqual([]);
  expect(Object.entries(worst).filter(([, { cpuMs }]) => cpuMs > MAX_CPU_MS)).toEqual([]);
  expect(peakMb).toBeLessThan(MAX_PEAK_MB);
  expect(Object.keys(worst).length).toBeGreaterThan(20);
}, 300_000);
