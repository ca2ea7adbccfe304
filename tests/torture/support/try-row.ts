import { messageOf } from "../../../src/lib/errors.ts";
import { Place } from "./place.ts";
import { type Row, Tally } from "./row.ts";

/** What became of a row. */
export interface RowResult {
  row: Pick<Row, "row" | "property">;
  /** "skipped" when this machine cannot do it: nothing is known then. */
  outcome: "held" | "failed" | "skipped";
  /** How much was tried and what was measured; of a skipped row, why. */
  tried: string;
  failed: number;
  /** The first failures, as sentences. */
  words: readonly string[];
  seconds: number;
}

/** Tries a row within its bound. Whatever it started has ended when this resolves. @param scale as for `Row.run`. */
export async function tryRow(row: Row, scale = 1): Promise<RowResult> {
  const missing = await row.missing();
  if (missing !== null) return { row, outcome: "skipped", tried: missing, failed: 0, words: [], seconds: 0 };
  const place = new Place();
  const tally = new Tally();
  const late = Promise.withResolvers<void>();
  const timer = setTimeout(late.resolve, row.boundSeconds * 1_000);
  const startMs = performance.now();
  let isOver = false;
  const running = row.run(place, tally, scale).then(
    () => {
      isOver = true;
    },
    (error) => {
      // What the end of its time has broken is no failure of its own.
      if (!isOver) tally.expect(false, messageOf(error));
      isOver = true;
    },
  );
  await Promise.race([running, late.promise]);
  if (!isOver) tally.expect(false, `not finished within ${row.boundSeconds} s`);
  isOver = true;
  clearTimeout(timer);
  await place.end();
  const { failed, tried, words } = tally;
  const seconds = (performance.now() - startMs) / 1_000;
  return { row, outcome: failed === 0 ? "held" : "failed", tried, failed, words, seconds };
}
