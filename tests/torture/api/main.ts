import { tortureApi } from "./api.ts";

/** `node src/build/bun.mjs tests/torture/api/main.ts [SEED [REQUESTS]]`: exits with 1 when anything was lost. */
const [seed, requests] = process.argv.slice(2).map(Number);
const results = await tortureApi(seed, requests);
for (const { row, property, tried, lost, seconds, notes } of results)
  console.log(
    [
      `| ${row} | ${property} | ${tried} | ${lost} | ${seconds} s |`,
      ...notes.map((note) => `  ${note}`),
    ].join("\n"),
  );
process.exit(results.some(({ lost }) => lost > 0) ? 1 : 0);
