import { expect, test } from "bun:test";
import type { SampleUse, TrainedModel } from "../../../src/domain/lineage/lineage-store.ts";
import type { SampleChange } from "../../../src/domain/lineage/sample-change.ts";
import { NO_METRICS } from "../../../src/domain/metrics.ts";
import type { Agreement } from "../../../src/domain/queue/kappa.ts";
import type { Opinion } from "../../../src/domain/queue/opinion.ts";
import type { Run } from "../../../src/domain/runs/run.ts";
import type { Sample } from "../../../src/domain/sample.ts";
import type { ModelDiff } from "../../../src/model-registry/diff/model-diff.ts";
import { textIn } from "../../../views/i18n/text.ts";
import { AgreementPage, type AgreementPageProps } from "../../../views/pages/agreement.tsx";
import { ChangedPage } from "../../../views/pages/changed.tsx";
import { CompareRunsPage } from "../../../views/pages/compare-runs.tsx";
import { DeploymentsPage } from "../../../views/pages/deployments.tsx";
import { DrawPage } from "../../../views/pages/draw.tsx";
import { ErrorPage } from "../../../views/pages/error.tsx";
import { ExamplesPage } from "../../../views/pages/examples.tsx";
import { GridPage } from "../../../views/pages/grid.tsx";
import { GridOddPage } from "../../../views/pages/grid-odd.tsx";
import { LabelPage } from "../../../views/pages/label.tsx";
import { ForgetPage } from "../../../views/pages/lineage/forget.tsx";
import { RunDataPage } from "../../../views/pages/lineage/run-data.tsx";
import { SamplePage } from "../../../views/pages/lineage/sample.tsx";
import { SamplesPage } from "../../../views/pages/lineage/samples.tsx";
import { ModelPage } from "../../../views/pages/model.tsx";
import { ModelDiffPage } from "../../../views/pages/model-diff.tsx";
import { ModelsPage } from "../../../views/pages/models.tsx";
import { RunPage } from "../../../views/pages/run.tsx";
import { RunsPage } from "../../../views/pages/runs.tsx";
import { UnlabelledPage } from "../../../views/pages/unlabelled.tsx";
import { newSample } from "../../storage/helpers.ts";

const HOSTILE = `"><script>alert(1)</script><img src=x onerror=alert(1)>`;
const AT = "2026-01-02T03:04:05.000Z";
const page = { text: textIn("en"), path: "/", version: HOSTILE };

const run: Run = {
  id: "run-1",
  pipeline: HOSTILE,
  params: { [HOSTILE]: HOSTILE },
  trigger: HOSTILE,
  command: HOSTILE,
  status: "running",
  startedBy: { kind: "token", name: HOSTILE },
  cancelledBy: { kind: "session", name: HOSTILE },
  createdAt: AT,
  startedAt: AT,
  finishedAt: null,
  pid: null,
  seed: 7,
  threads: 2,
  versions: {},
  lastSampleId: null,
  metrics: NO_METRICS,
  error: HOSTILE,
  modelVersion: 2,
};

const gate = {
  passed: false,
  verdict: "held" as const,
  summary: { detail: HOSTILE },
  checks: [{ name: HOSTILE, passed: false, isMissing: true, detail: HOSTILE }],
  evidence: (["champion", "base"] as const).map((against) => ({
    ...{ set: HOSTILE, against, n: 10, candidate: 0.9, other: 0.8, fixed: 2, broken: 1, p: 1 },
    ...{ bound: 0, low: 0, high: 0.1, classes: [{ label: HOSTILE, n: 10, candidate: 0.9, other: 0.8 }] },
  })),
};
const reading = { predicted: HOSTILE, confidence: 0.9 };
const changedExamples = [
  { label: HOSTILE, src: "data:image/png;base64,AA==", champion: reading, candidate: reading },
];
const changedKind = {
  examples: changedExamples,
  total: 2,
  href: `/runs/r?set=${encodeURIComponent(HOSTILE)}`,
};
const changed = { fixed: changedKind, broken: changedKind };
const queue = {
  ...{ classes: [HOSTILE, "1"], total: 7, left: 3, moreBatches: 1 },
  scope: { state: "suspect" as const, runId: HOSTILE, after: HOSTILE },
  item: {
    ...{ id: HOSTILE, label: HOSTILE, by: "model" as const, reading: "1", p: 0.1, writer: HOSTILE },
    ...{ opinions: [{ kind: "label" as const, label: HOSTILE }], createdAt: AT, runId: HOSTILE },
    ...{ drawing: null, src: "data:image/png;base64,AA==", next: HOSTILE },
    leftBy: { kind: "session" as const, name: HOSTILE },
  },
  batches: [{ runId: HOSTILE, n: 2, reasons: [{ detail: HOSTILE }] }],
  last: { did: "relabel" as const, id: HOSTILE, was: HOSTILE, label: HOSTILE, state: "held" as const },
};
const grid = {
  ...{ classes: [HOSTILE, "1"], label: HOSTILE, isUndone: false },
  sources: { labels: 1, unlabelled: 1 },
  shown: {
    source: "labels" as const,
    counts: [{ label: HOSTILE, unconfirmed: 1, suspect: 1, confirmed: 1, inReview: 1 }],
    items: [{ id: HOSTILE, predicted: HOSTILE, isSuspect: true }],
  },
  sprite: { image: "/samples/sprite.png?ids=AA", style: "/samples/sprite.css?ids=AA" },
  said: {
    ...{ action: 1, isUndo: false, confirmed: 1, corrected: 1, left: 1, restored: 0, unchanged: 1 },
    ...{ kept: { gone: 1, pinned: 0, changed: 0 }, named: [{ id: HOSTILE, reason: "gone" as const }] },
  },
};
const poolGrid = {
  ...grid,
  shown: {
    ...{ source: "unlabelled" as const, labeller: HOSTILE, version: 1, unlabelled: 3, leased: 1, left: 1 },
    counts: { classes: [{ label: HOSTILE, n: 2 }], none: 1 },
    items: [{ id: HOSTILE, p: 0.9 }],
  },
};
const report = {
  n: 10,
  accuracy: 0.9,
  loss: 0.1,
  perClass: [{ label: HOSTILE, n: 10, recall: 0.9, precision: null }],
  confusion: [[9]],
  calibration: {
    ece: 0.02,
    bins: [{ from: 0.9, to: 1, n: 10, confidence: 0.95, accuracy: 0.9 }],
  },
  before: null,
};
const examples = {
  worst: {
    mnist_test: [{ label: HOSTILE, predicted: HOSTILE, confidence: 0.9, src: "data:image/png;base64,AA==" }],
  },
  href: (set: string) => `/runs/r/examples?set=${encodeURIComponent(set)}`,
  isLive: true,
};
const model = {
  name: "digits",
  version: 2,
  key: HOSTILE,
  sha256: "ab",
  runId: HOSTILE,
  parentVersion: 1,
  metrics: NO_METRICS,
  gate,
  state: "rejected" as const,
  createdAt: AT,
  aliases: [HOSTILE],
  isForced: true,
  note: HOSTILE,
  tags: { [HOSTILE]: HOSTILE },
};
const live = {
  run,
  story: {
    nodes: [{ name: HOSTILE, state: "running" as const, durationMs: null }],
    training: null,
    losses: [{ x: 1, y: 0.5 }],
    learningRates: [],
    speeds: [],
    epochs: [{ epoch: 1, loss: 0.5, valLoss: 0.4, valAccuracy: 0.9, learningRate: 0.001, samplesPerS: 300 }],
    bestEpoch: 1,
    gate,
    promotedVersion: null,
    log: [{ at: AT, message: HOSTILE }],
  },
  reports: { [HOSTILE]: report, mnist_test: { ...report, before: report } },
  examples,
  changed,
  reportHref: null,
  isSlowed: true,
  now: AT,
};
const status = {
  firstModel: null,
  liveVersion: 1,
  unknown: [],
  newSamples: 3,
  threshold: 5,
  isPaused: false,
  notBefore: null,
  isHeld: false,
  running: null,
  news: { kind: "failed" as const, reason: HOSTILE },
  newsRunId: "run-1",
};
const deployment = {
  id: 1,
  alias: "champion",
  version: 1,
  previousVersion: null,
  action: "promote" as const,
  by: HOSTILE,
  actor: { kind: "session" as const, name: HOSTILE },
  isForced: true,
  verdict: "rejected" as const,
  reason: HOSTILE,
  createdAt: AT,
};
const change = { id: 1, version: 1, what: "tag_set" as const, detail: HOSTILE, actor: null, createdAt: AT };
const diff: ModelDiff = {
  versions: [1, 2],
  sets: [
    {
      set: HOSTILE,
      n: [1, 2],
      accuracy: [0.5, 0.6],
      ece: [null, 0.1],
      recall: [{ label: HOSTILE, values: [0.5, null] }],
    },
  ],
  parameters: [{ name: HOSTILE, values: [HOSTILE, 1] }],
  data: { runs: [HOSTILE, null], more_samples: 3 },
  files: {
    classes: { added: [HOSTILE], removed: [] },
    architecture: [HOSTILE, "x"],
    is_same_architecture: false,
    bytes: [1, 2],
    layers: [{ layer: HOSTILE, weights: 2, changed: 1, relative: 0.5 }],
  },
  problem: null,
};

const sheetItem = {
  ...{
    id: HOSTILE,
    label: HOSTILE,
    state: "labelled" as const,
    predicted: HOSTILE,
    shown: null,
    writer: HOSTILE,
  },
};
const card = { id: HOSTILE, src: "data:,", label: HOSTILE, predicted: HOSTILE, note: HOSTILE };
const trainedOn = {
  runId: HOSTILE,
  data: { sha256: HOSTILE, counts: { train: 1, valid: 1, holdout: 1, left_out: 1 } },
  drawings: [card],
  parentVersion: 1,
};
const sample: Sample = {
  ...newSample({ label: HOSTILE, predicted: HOSTILE, writer: HOSTILE, session: HOSTILE, source: HOSTILE }),
  ...{ id: HOSTILE, arrival: HOSTILE, split: "train", state: "rejected", createdAt: AT, updatedAt: AT },
  review: { state: null, by: null, leftBy: null, runId: null, reading: null, p: null },
};
const sampleChange: SampleChange = {
  ...{ seq: 1, sampleId: HOSTILE, at: AT, actor: { kind: "token", name: HOSTILE }, action: "changed" },
  ...{ labelFrom: HOSTILE, stateFrom: "labelled", labelTo: HOSTILE, stateTo: "rejected", reviewTo: null },
};
const opinion: Opinion = {
  ...{ id: 1, sampleId: HOSTILE, kind: "second", labeller: HOSTILE, expected: HOSTILE, at: AT },
  answer: { kind: "label", label: HOSTILE },
};
const proportion = { n: 20, share: 0.9, low: 0.7, high: 0.97 };
const agreed: Agreement = {
  ...{ equal: proportion, kappa: { value: 0.8, interval: { low: 0.6, high: 0.9 } }, noKappa: null },
};
const agreement: AgreementPageProps = {
  ...page,
  agreement: {
    shares: { second: 0.05, known: 0.03 },
    report: {
      ...{ opinions: 20, drawings: 20, all: agreed, morePairs: 1 },
      pairs: [{ labellers: [HOSTILE, HOSTILE], agreement: agreed }],
      confused: [{ answers: [{ kind: "label", label: HOSTILE }, { kind: "discard" }], n: 1, of: 2 }],
      known: { pool: 20, least: 20, isEnough: true },
      contested: [{ sampleId: HOSTILE, label: HOSTILE, asked: 2, otherwise: 1 }],
    },
  },
  labellers: {
    labellers: [
      {
        ...{ labeller: HOSTILE, answers: 100, perHour: 900, lastAt: AT },
        ...{ known: { ...proportion, right: 18 }, others: { ...proportion, equal: 18 } },
      },
    ],
    more: 1,
  },
  seenBy: "anyone",
};
const use: SampleUse = {
  ...{ runId: HOSTILE, pipeline: HOSTILE, createdAt: AT, modelVersion: 1, dataSha256: HOSTILE },
  ...{ side: "left_out", reason: HOSTILE, label: HOSTILE },
};
const learned: TrainedModel = {
  ...{ version: 2, runId: HOSTILE, how: "inherited", label: HOSTILE, inheritedFrom: 1 },
};
const preview = {
  drawings: 2,
  unlabelled: 1,
  decisions: 1,
  since: AT,
  copies: [
    { file: HOSTILE, at: AT, keptUntil: AT },
    { file: HOSTILE, at: AT, keptUntil: null },
  ],
  models: [{ version: 1, runId: HOSTILE, drawings: 1, inheritedFrom: null, aliases: [HOSTILE] }],
};

const annotations = {
  runId: HOSTILE,
  tags: [{ tag: HOSTILE, at: AT, by: null }],
  note: { text: HOSTILE, at: AT, by: { kind: "session" as const, name: HOSTILE } },
};
const again = {
  ...{ runId: HOSTILE, pipeline: HOSTILE, canResume: true },
  parameters: [{ name: HOSTILE, field: { kind: "any" as const, isNullable: true, value: HOSTILE } }],
  values: { [HOSTILE]: HOSTILE },
  errors: { form: HOSTILE },
};

const PAGES: Record<string, () => unknown> = {
  DrawPage: () => DrawPage({ ...page, classes: [HOSTILE], modelVersion: 1, status }),
  RunsPage: () =>
    RunsPage({
      ...page,
      form: {
        pipelines: [HOSTILE],
        pipeline: HOSTILE,
        parameters: [
          { name: HOSTILE, field: { kind: "any", isNullable: true, value: HOSTILE } },
          { name: "choice", field: { kind: "choice", options: [HOSTILE], isNullable: true, value: HOSTILE } },
        ],
        refusal: null,
        values: { [HOSTILE]: HOSTILE },
        errors: { [HOSTILE]: HOSTILE, pipeline: HOSTILE, form: HOSTILE },
        isOpen: true,
      },
      table: { runs: [run], annotations: new Map([[run.id, annotations]]), now: AT },
      filter: {
        query: { search: HOSTILE, tag: HOSTILE, status: null, sort: "newest" },
        tags: [HOSTILE],
      },
      nextCursor: HOSTILE,
      isFirstPage: false,
      isLive: false,
    }),
  RunPage: () =>
    RunPage({ ...page, live: { ...live, again }, data: trainedOn, annotations, problem: HOSTILE }),
  CompareRunsPage: () =>
    CompareRunsPage({
      ...page,
      runs: [run, run],
      comparison: {
        isPartial: [false, true],
        parameters: [{ name: HOSTILE, values: [HOSTILE, undefined], isDifferent: true }],
        scores: [{ set: HOSTILE, scores: [{ accuracy: 0.5, n: 2, loss: null }, null] }],
        confusion: [{ set: HOSTILE, cells: [{ label: HOSTILE, predicted: HOSTILE, counts: [1, 2] }] }],
      },
      curves: [[], []],
      now: AT,
    }),
  ModelsPage: () =>
    ModelsPage({
      ...page,
      list: {
        rows: [{ model, isLive: false, mnistTest: report, appHoldout: null }],
        liveVersion: 1,
        deployments: [deployment],
        gates: new Map([[1, gate]]),
        rollbackTo: 1,
        nextBefore: 1,
        isFirstPage: true,
      },
      notice: { kind: "problem", message: HOSTILE },
    }),
  ModelPage: () =>
    ModelPage({
      ...page,
      ...{
        model,
        isLive: false,
        liveVersion: 1,
        reports: { mnist_test: report },
        examples,
        changed,
        trainedOn,
      },
      neededBy: [{ message: HOSTILE }],
      changes: [change],
      notice: { kind: "problem", message: HOSTILE },
    }),
  SamplesPage: () =>
    SamplesPage({
      ...{ ...page, fields: { label: HOSTILE, writer: HOSTILE, q: HOSTILE }, classes: [HOSTILE] },
      ...{ sources: [HOSTILE], modelVersions: [1], total: 2, arrivedBy: HOSTILE },
      ...{ items: [sheetItem], sprite: HOSTILE, nextCursor: HOSTILE, isFirst: true },
      maxImportBytes: 1,
      actions: [
        {
          id: 1,
          kind: "import",
          label: HOSTILE,
          n: 1,
          at: AT,
          actor: { kind: "token", name: HOSTILE },
          undoneAt: null,
        },
      ],
    }),
  SamplePage: () =>
    SamplePage({
      ...{ ...page, id: HOSTILE, sample, src: "data:,", stray: [0] },
      predictions: [{ modelVersion: 1, label: HOSTILE, confidence: 0.5, when: "drawn" }],
      changes: { items: [sampleChange], nextCursor: HOSTILE },
      uses: { items: [use], nextCursor: HOSTILE },
      models: { items: [{ ...learned, model, isLive: true }], nextCursor: HOSTILE },
      deployments: [deployment],
      opinions: [opinion],
    }),
  RunDataPage: () =>
    RunDataPage({
      ...{ ...page, runId: HOSTILE, data: trainedOn.data, side: "train" },
      ...{ drawings: [card], nextCursor: HOSTILE, isFirstPage: false },
    }),
  ForgetPage: () =>
    ForgetPage({
      ...{ ...page, whose: { writer: HOSTILE }, preview, result: null, problem: HOSTILE },
      retraining: { pipeline: HOSTILE, params: HOSTILE, isFromBase: true },
    }),
  ForgottenPage: () =>
    ForgetPage({
      ...{ ...page, whose: null, preview, problem: null },
      result: { ...preview, exampleImages: 1, files: [HOSTILE], elsewhere: [HOSTILE] },
      retraining: { pipeline: HOSTILE, params: HOSTILE, isFromBase: false },
    }),
  ChangedPage: () => ChangedPage({ ...page, runId: HOSTILE, kind: "fixed", examples: changedExamples }),
  LabelPage: () => LabelPage({ ...page, queue, unlabelled: 1 }),
  UnlabelledPage: () =>
    UnlabelledPage({
      ...{ ...page, classes: [HOSTILE, "1"], hasModel: false, unlabelled: 1, leaseMs: 120_000 },
      orders: [
        { order: "margin", off: HOSTILE },
        { order: "newest", off: null },
      ],
    }),
  GridPage: () => GridPage({ ...page, grid }),
  GridEndPage: () =>
    GridPage({ ...page, grid: { ...grid, shown: { ...grid.shown, items: [] }, sprite: null } }),
  PoolGridPage: () => GridPage({ ...page, grid: poolGrid }),
  PoolGridEndPage: () => GridPage({ ...page, grid: { ...poolGrid, sprite: null } }),
  GridOddPage: () =>
    GridOddPage({
      ...{ ...page, classes: [HOSTILE, "1"], label: HOSTILE },
      ...{ shown: [HOSTILE], odd: [HOSTILE], style: "/samples/sprite.css?ids=AA" },
      ...{ source: "unlabelled", labeller: HOSTILE },
    }),
  AgreementPage: () => AgreementPage(agreement),
  DeploymentsPage: () =>
    DeploymentsPage({
      ...page,
      deployments: [{ ...deployment, until: null }],
      gates: new Map([[1, gate]]),
      on: HOSTILE,
      during: null,
      nextBefore: 1,
      isFirstPage: false,
    }),
  ModelDiffPage: () => ModelDiffPage({ ...page, diff }),
  ExamplesPage: () =>
    ExamplesPage({
      ...page,
      runId: HOSTILE,
      shown: { set: HOSTILE, cell: { label: HOSTILE, predicted: "1" }, examples: [] },
    }),
  ErrorPage: () => ErrorPage({ ...page, status: 500, detail: HOSTILE, errorId: HOSTILE }),
};

for (const [name, render] of Object.entries(PAGES)) {
  const html = async () => String(await render());

  test(`${name} escapes hostile names`, async () => {
    const text = await html();
    expect(text).not.toContain("<script>alert");
    expect(text).not.toContain("<img src=x");
    expect(text).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
  });

  test(`${name} has no inline script, style or handler, and loads nothing from other sites`, async () => {
    const text = await html();
    const tags = text.match(/<[a-z][^>]*>/g) ?? [];
    const names = tags.map((tag) => tag.replaceAll(/="[^"]*"/g, "="));
    expect(names.filter((tag) => / style=| on[a-z]+=| hx-on/.test(tag))).toEqual([]);
    const scripts = tags.filter((tag) => tag.startsWith("<script"));
    expect(scripts.filter((tag) => !/ src="\/assets\/[\w-]+\.js"/.test(tag))).toEqual([]);
    expect(tags.filter((tag) => /(?:src|href)="(?:https?:)?\/\//.test(tag))).toEqual([]);
  });

  test(`${name} has one h1, one main, a skip link to it and unique ids`, async () => {
    const text = await html();
    expect(text.match(/<h1[ >]/g)).toHaveLength(1);
    expect(text.match(/<main /g)).toHaveLength(1);
    expect(text).toContain('<a class="skip" href="#main">');
    const ids = [...text.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(ids).toEqual([...new Set(ids)]);
  });

  test(`${name} gives every table a caption and every header cell a scope`, async () => {
    const text = await html();
    expect(text.match(/<table[^>]*>(?!<caption>)/g)).toBeNull();
    expect(text.match(/<th(?![^>]* scope=)[ >]/g)).toBeNull();
  });
}
