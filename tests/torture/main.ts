import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { buildExecutableWhenStale } from "../../src/build/build.ts";
import { ROWS } from "./rows.ts";
import { markdownTable, rowText, textTable } from "./support/table.ts";
import { tryRow } from "./support/try-row.ts";

// `npm run torture [-- ROW …] [-- --markdown]`: the long tests of docs/reliability.md, on the executable. Without a row, all
// of them, in turn. The exit code is 1 when something was lost or failed, and 2 for a row that there is not.

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { markdown: { type: "boolean", default: false } },
});
const known = new Map(ROWS.map((one) => [String(one.row), one]));
const unknown = positionals.filter((name) => !known.has(name));
if (unknown.length > 0) {
  console.error(`No row ${unknown.join(", ")}. There are: ${[...known.keys()].join(", ")}`);
  process.exit(2);
}
const chosen = positionals.length === 0 ? ROWS : positionals.map((name) => known.get(name)!);
await buildExecutableWhenStale();
const results = [];
for (const row of chosen) {
  console.error(`Row ${row.row}: ${row.property} (at most ${row.boundSeconds} s)`);
  const result = await tryRow(row);
  // Hours may pass before the last one.
  console.error(rowText(result));
  results.push(result);
}
if (values.markdown) {
  const day = new Date().toISOString().slice(0, 10);
  console.log(`${day}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? "unknown"}\n`);
}
console.log(values.markdown ? markdownTable(results) : textTable(results));
for (const { row, words } of results)
  for (const failure of words) console.error(`Row ${row.row}: ${failure}`);
process.exit(results.some(({ outcome }) => outcome === "failed") ? 1 : 0);
