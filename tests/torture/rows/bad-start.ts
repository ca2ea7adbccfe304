import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Place, Project } from "../support/place.ts";
import type { Row, Tally } from "../support/row.ts";
import { mountSmallDisk, noSmallDisk } from "../support/small-disk.ts";

const MAX_MS = 2_000;

/** Files that no start may accept, with their contents. */
const BAD_CONFIG: [string, string][] = [
  ["server.yml", "http: nowhere\n"],
  ["server.yml", "htpp: 127.0.0.1:8000\n"],
  ["server.yml", "gate:\n  threshold: 2\n"],
  ["server.yml", "scheduler: [1, 2\n"],
  ["server.yml", "\u0000\u0001"],
  ["server.yml", "limits:\n  body_bytes: many\n"],
  ["server.yml", "- a list\n"],
  ["parameters.yml", "tuning_epochs: -1\n"],
  ["parameters.yml", "tuning_epoch: 3\n"],
  ["parameters.yml", "classes: []\n"],
  ["parameters.yml", 'classes: ["a", "a"]\n'],
  ["catalog.yml", "x:\n  type: no_such_type\n"],
];

/** Row 5: what a start cannot work with. */
export const badStart: Row = {
  row: 5,
  property: "A start that cannot work ends with one line",
  quick: "tests/system/serve.test.ts",
  boundSeconds: 120,
  missing: () => null,
  async run(place, tally) {
    const project = await place.project();
    let slowest = 0;
    const refuse = async (what: string, args: readonly string[] = []) => {
      const startMs = performance.now();
      const { code, err } = await place.command(project, ["serve", "--http", "127.0.0.1:0", ...args]);
      slowest = Math.max(slowest, performance.now() - startMs);
      tally.expect(code !== 0, `${what}: the server ended with 0`);
      tally.expect(!/^\s+at /m.test(err), `${what}: a stack trace is printed`);
      return err;
    };

    const conf = join(project.dir, "conf/local");
    await mkdir(conf, { recursive: true });
    for (const [file, text] of BAD_CONFIG) {
      await Bun.write(join(conf, file), text);
      const err = await refuse(`${file} with ${JSON.stringify(text)}`);
      tally.expect(err.includes(file), () => `the refusal does not name ${file}: ${err}`);
      await rm(join(conf, file));
    }
    const holder = Bun.serve({ hostname: "127.0.0.1", port: 0, fetch: () => new Response("held") });
    place.later(() => holder.stop(true));
    const port = await refuse("a port in use", ["--http", `127.0.0.1:${holder.port}`]);
    tally.expect(port.trim().split("\n").length === 1, () => `a port in use has more than one line: ${port}`);
    tally.expect(!(await readdir(project.dir)).includes("data"), "a refused start left a data directory");
    tally.figure(`${BAD_CONFIG.length} configurations, a port in use`);

    await onReadOnlyDisk(place, tally, project, refuse);
    tally.expect(slowest < MAX_MS, `a refusal took ${slowest.toFixed(0)} ms, limit ${MAX_MS} ms`);
    tally.figure(`${slowest.toFixed(0)} ms at most`);
  },
};

async function onReadOnlyDisk(
  place: Place,
  tally: Tally,
  project: Project,
  refuse: (what: string) => Promise<string>,
): Promise<void> {
  const missing = noSmallDisk();
  if (missing !== null) return tally.skip("a read-only directory", missing);
  await mountSmallDisk(place, project.dir, 1_048_576, ",ro");
  const err = await refuse("a read-only directory");
  tally.expect(
    err.trim().split("\n").length === 1,
    () => `a read-only directory has more than one line: ${err}`,
  );
  tally.expect(
    (await readdir(join(project.dir, "data"))).length === 0,
    "a file was written to a read-only directory",
  );
  tally.figure("a read-only directory");
}
