import { expect, test } from "bun:test";
import { LOCAL, SCHEDULE } from "../../../src/domain/actor.ts";
import type { GateRecord } from "../../../src/domain/gate.ts";
import { decodeMetrics } from "../../../src/domain/metrics.ts";
import type { NamedModel } from "../../../src/domain/model.ts";
import { saying } from "../../../src/lib/saying.ts";
import { FakeRegistry } from "../../support/fake-registry.ts";
import { createTestApp } from "../../support/test-app.ts";

const SUMMARY = {
  detail:
    "The candidate classifies 96.50 % of 10,000 MNIST test images correctly; at least 98.00 % is required",
  says: saying("threshold", { candidate: 0.965, n: 10_000, asked: 0.98 }),
};
const GATE: GateRecord = {
  ...{ passed: false, verdict: "rejected", summary: SUMMARY },
  checks: [
    { name: "MNIST accuracy", passed: false, ...SUMMARY },
    {
      ...{ name: "Labels", passed: true, isUnjudged: true, detail: "No new labels were screened" },
      says: saying("batchNone", {}),
    },
  ],
  evidence: [
    {
      ...{ set: "app_holdout", against: "champion", n: 40, candidate: 0.95, other: 0.975 },
      ...{ fixed: 0, broken: 1, p: 1, bound: -0.06, low: -0.07, high: 0, classes: [] },
    },
  ],
};
const METRICS = decodeMetrics({
  app_holdout: { n: 40, accuracy: 0.95 },
  champion_app_holdout: { n: 40, accuracy: 0.975 },
});

/** Every version but the first was refused, with something that was not judged. */
class RefusingRegistry extends FakeRegistry {
  override async list() {
    return (await super.list()).map(refused);
  }

  override async get(version: number) {
    const model = await super.get(version);
    return model === null ? null : refused(model);
  }
}

function refused(model: NamedModel): NamedModel {
  if (model.version === 1) return { ...model, gate: null };
  return { ...model, gate: GATE, metrics: METRICS, state: "rejected" };
}

async function appWith() {
  const registry = new RefusingRegistry();
  await registry.promote(2, { by: "page", reason: "promoted on the page", actor: LOCAL, isForced: true });
  const app = await createTestApp({ registry });
  const { store } = app;
  await store.runs.create({
    ...{ id: "run-1", pipeline: "tuning", params: {}, trigger: "api", command: "" },
  });
  await store.runs.update("run-1", {
    ...{ status: "done", modelVersion: 3, finishedAt: "2026-01-02T03:05:00.000Z" },
  });
  await store.scheduler.addRequest({
    ...{ kind: "promotion", state: "pending", pipeline: null, trigger: null, runId: "run-1" },
    ...{ modelVersion: 3, expectedPrevious: 1, reason: "a person decides", requestedBy: SCHEDULE },
  });
  return app;
}

const WORDS = {
  en: {
    unjudged: /Not judged: (<\/b>)?No new labels were screened/,
    summary: SUMMARY.detail,
    heldOut: "On 40 held-out drawings: candidate 95.00 %, champion 97.50 % (0 fixed, 1 broken)",
  },
  ja: {
    unjudged: /判定対象外：(<\/b>)?確認の対象となる新しいラベルはありませんでした。/,
    summary: "MNIST テスト画像 10,000 枚での候補モデルの正解率は 96.50 % です。98.00 % 以上が必要です。",
    heldOut:
      "ホールドアウトの手書き 40 件での正解率：候補モデル 95.00 %、チャンピオン 97.50 %（新たに正解 0 件、新たに誤認識 1 件）",
  },
} as const;

const PAGES = ["/models", "/models/3", "/runs/run-1", "/models/deployments", "/scheduler"];

for (const language of ["en", "ja"] as const) {
  test(`each page says what the gate says, what it did not judge, and the champion's figure, in ${language}`, async () => {
    const app = await appWith();
    const { unjudged, summary, heldOut } = WORDS[language];
    for (const path of PAGES) {
      const response = await app.app.request(path, { headers: { "accept-language": language } });
      const html = (await response.text()).replaceAll("\u00a0", " ");
      expect([path, response.status]).toEqual([path, 200]);
      expect([path, unjudged.test(html)]).toEqual([path, true]);
      expect([path, html.includes(summary)]).toEqual([path, true]);
      expect([path, html.includes(heldOut)]).toEqual([path, true]);
    }
  });
}

test("the training strip has the champion's held-out accuracy beside that of a refused model", async () => {
  const html = (await (await (await appWith()).app.request("/")).text()).replaceAll("\u00a0", " ");
  expect(html).toContain("Model 3 was rejected: The candidate classifies 96.50 %");
  expect(html).toContain(WORDS.en.heldOut);
});

test("GET /models has the champion's held-out accuracy at the time in each row", async () => {
  const html = (await (await (await appWith()).app.request("/models")).text()).replaceAll("\u00a0", " ");
  const row = html.split('<tr id="model-3">')[1]!.split("</tr>")[0]!;
  expect(row).toMatch(/95\.00 %<span class="small soft block">champion 97\.50 %<\/span>/);
});
