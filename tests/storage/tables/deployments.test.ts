import { Database } from "bun:sqlite";
import { expect, test } from "bun:test";
import { NO_METRICS } from "../../../src/domain/metrics.ts";
import { openStore } from "../../../src/storage/open.ts";
import { FakeClock, withDirectory } from "../helpers.ts";

test("the table of deployments refuses to be rewritten", async () => {
  await withDirectory(async (dir) => {
    const path = `${dir}/tegaki.db`;
    const store = await openStore({ path, clock: new FakeClock(), holdoutFraction: 0.2 });
    await store.models.create({
      ...{ name: "digits", key: "builtin:base", sha256: "ab", runId: null, parentVersion: null },
      ...{ metrics: NO_METRICS, gate: null, state: "ready" },
    });
    await store.models.moveAlias({
      alias: "champion",
      version: 1,
      action: "promote",
      by: "start",
      ...{ actor: null, isForced: null, verdict: null },
      reason: "first",
    });
    await store.close();
    const database = new Database(path);
    expect(() => database.run("UPDATE deployments SET reason = ''")).toThrow("only ever added");
    expect(() => database.run("DELETE FROM deployments")).toThrow("only ever added");
    database.close();
  });
});
