import { readFileSync } from "node:fs";
import { join } from "node:path";
import { label } from "../support/requests.ts";
import { type Row, times } from "../support/row.ts";

/** Row 2: the store is on the disk before a label is acknowledged. */
export const fsync: Row = {
  row: 2,
  property: "Acknowledged labels survive power loss",
  quick: "tests/storage/open.test.ts",
  boundSeconds: 120,
  missing() {
    if (Bun.which("strace") === null) return "strace is not installed";
    const traced = Bun.spawnSync(["strace", "-f", "-e", "trace=fsync", "true"]);
    return traced.success ? null : "this machine does not let strace trace";
  },
  async run(place, tally, scale) {
    const project = await place.project();
    const server = await place.serve(project);
    const log = join(project.dir, "strace.log");
    const tracer = Bun.spawn(
      ["strace", "-f", "-p", String(server.pid), "-y", "-e", "trace=fsync,fdatasync", "-o", log],
      { stdio: ["ignore", "ignore", "pipe"] },
    );
    place.later(() => tracer.kill());
    const decoder = new TextDecoder();
    for await (const chunk of tracer.stderr) if (decoder.decode(chunk).includes("attached")) break;
    const labels = times(50, scale, 5);
    let after = 0;
    for (let n = 0; n < labels; n++) {
      const before = syncs(log);
      const { status } = await label(server.url, n);
      tally.expect(status === 201, `label ${n}: ${status}`);
      if (syncs(log) > before) after++;
      else tally.expect(false, `label ${n} was acknowledged without an fsync of the store`);
    }
    tally.figure(`${after} of ${labels} labels acknowledged after their fsync`);
  },
};

/** Completed syncs of the store's log of changes. */
function syncs(log: string): number {
  const lines = readFileSync(log, "utf8").split("\n");
  return lines.filter(
    (line) => /fsync|fdatasync/.test(line) && line.includes("= 0") && !line.includes("<unfinished"),
  ).length;
}
