import { Database } from "bun:sqlite";
import { expect, test } from "bun:test";
import { join } from "node:path";
import type { SampleFilter } from "../../../src/domain/samples/sheet/sample-filter.ts";
import { openStore } from "../../../src/storage/open.ts";
import { filtered } from "../../../src/storage/tables/sheet/filter-clauses.ts";
import { FakeClock, withDirectory } from "../helpers.ts";

const FILTERS: Required<SampleFilter> = {
  ...{
    label: "7",
    predicted: "7",
    correctness: "wrong",
    minConfidence: 0.1,
    maxConfidence: 0.9,
    writer: "ann",
  },
  ...{ modelVersion: 1, split: "train", state: "labelled", from: "2026", until: "2027", source: "draw" },
  ...{ isPersonal: true, search: "a", arrivedBy: "f" },
};

test("every filter, alone and with all others, reads the index of contact sheets only, without sorting", async () => {
  await withDirectory(async (dir) => {
    const path = join(dir, "tegaki.db");
    await (await openStore({ path, clock: new FakeClock(), holdoutFraction: 0.2 })).close();
    const database = new Database(path, { strict: true });
    const single = Object.entries(FILTERS).map(([name, value]) => ({ [name]: value }));
    for (const filter of [{}, ...single, FILTERS]) {
      const { from, values } = filtered(filter, { before: "f" });
      for (const query of [
        `SELECT id, label, state, predicted, shown, writer ${from} ORDER BY id DESC LIMIT 121`,
        `SELECT count(*) ${from}`,
      ]) {
        const plan = database
          .query<{ detail: string }, [typeof values]>(`EXPLAIN QUERY PLAN ${query}`)
          .all(values);
        expect(plan.map(({ detail }) => detail)).toEqual([
          expect.stringContaining("USING COVERING INDEX samples_sheet"),
        ]);
      }
    }
    database.close();
  });
});
