import { Database } from "bun:sqlite";
import { expect, test } from "bun:test";
import { personAnswers } from "../../../../src/storage/tables/learning/person-answers.ts";

/** The columns that are read, with or without the one for the prediction that was shown. */
function databaseWith(hasShown: boolean): Database {
  const database = new Database(":memory:", { strict: true });
  database.run(
    `CREATE TABLE samples (id TEXT PRIMARY KEY, arrival TEXT, writer TEXT, state TEXT, label TEXT, predicted TEXT,
       created_at TEXT${hasShown ? ", shown TEXT" : ""})`,
  );
  database.run("CREATE INDEX samples_by_writer ON samples (writer, id, state) WHERE writer IS NOT NULL");
  for (const [id, predicted] of [
    ["1", "7"],
    ["2", "1"],
  ] as const)
    database
      .query(
        "INSERT INTO samples (id, arrival, writer, state, label, predicted, created_at) VALUES ($id, $id, 'ann', 'labelled', '7', $predicted, 'now')",
      )
      .run({ id, predicted });
  return database;
}

test("personAnswers() has the prediction that was shown where the store records it, and null elsewhere", () => {
  const recorded = databaseWith(true);
  recorded.run("UPDATE samples SET shown = '7' WHERE id = '2'");
  const shownOf = (database: Database) =>
    personAnswers(database, "ann", 10).answers.map(({ predicted, shown }) => [predicted, shown]);
  expect(shownOf(recorded)).toEqual([
    ["7", null],
    ["1", "7"],
  ]);
  expect(shownOf(databaseWith(false))).toEqual([
    ["7", null],
    ["1", null],
  ]);
});
