import { expect, test } from "bun:test";
import type { Deployment } from "../../../../src/domain/deployment.ts";
import { DeploymentsTable } from "../../../../views/fragments/models/deployments-table.tsx";
import { textIn } from "../../../../views/i18n/text.ts";

const deployment = (by: string, reason: string): Deployment => ({
  id: 1,
  alias: "champion",
  version: 2,
  previousVersion: 1,
  action: "promote",
  by,
  actor: null,
  isForced: null,
  verdict: null,
  reason,
  createdAt: "2026-11-24T12:00:00.000Z",
});

const table = async (by: string, reason: string) =>
  String(await DeploymentsTable({ text: textIn("ja"), deployments: [deployment(by, reason)] }));

test("DeploymentsTable words the program's own reasons in the reader's language", async () => {
  const html = await table("gate", "it passed every check of the gate");
  expect(html).toContain("品質ゲートのすべてのチェックに合格");
  expect(html).not.toContain("it passed");
});

test.each([
  ["cli", "requested on the command line", "コマンドライン"],
  ["cli", "asked for on the command line", "コマンドライン"],
  ["api", "requested through the API", "API"],
  ["api", "asked for over the API", "API"],
])(
  "DeploymentsTable words a reason of %s, also as earlier releases stored it: %s",
  async (by, reason, word) => {
    const html = await table(by, reason);
    expect(html).toContain(word);
    expect(html).not.toContain(reason);
  },
);

test("DeploymentsTable words why the server fell back, with the error as it was stored", async () => {
  const html = await table("serve", "version 3 could not be loaded: weights.bin is cut short");
  expect(html).toContain("モデル 3 を読み込めません：weights.bin is cut short");
});

test("DeploymentsTable shows a person's reason as it was written, escaped", async () => {
  expect(await table("api", "<b>constructor</b>")).toContain("&lt;b&gt;constructor&lt;/b&gt;");
  expect(await table("constructor", "toString")).toContain("toString");
});
