import { tortureApi } from "../api/api.ts";
import { type Row, times } from "../support/row.ts";

/** Row 14: Schemathesis with all checks, and 10,000 fuzzed requests. */
export const api: Row = {
  row: 14,
  property: "The API is what its document says, and no request gets a 5xx",
  quick: "tests/http/fuzz.test.ts",
  boundSeconds: 1_800,
  missing: () => null,
  async run(_, tally, scale) {
    const seed = Math.floor(Math.random() * 2 ** 31);
    for (const { tried, lost, notes } of await tortureApi(seed, times(10_000, scale, 100))) {
      tally.figure(`${tried} (seed ${seed})`);
      for (const note of lost > 0 ? notes : []) tally.words.push(note);
      tally.failed += lost;
    }
  },
};
