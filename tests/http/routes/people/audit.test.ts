import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import type { NewAuditRecord } from "../../../../src/domain/access/audit.ts";
import { AUDIT_KINDS } from "../../../../src/domain/access/audit-kinds.ts";
import { RULES } from "../../../../src/http/access/rules.ts";
import { csvCell } from "../../../../src/http/routes/people/audit-export.ts";
import { actionWords, detailWords, thingOf } from "../../../../views/fragments/people/audit-words.ts";
import { textIn } from "../../../../views/i18n/text.ts";
import { peopleApp, wordsOf } from "./support.ts";

/** The actions that sources name as such. */
async function actionsIn(folder: string): Promise<string[]> {
  const root = join(import.meta.dir, "../../../..");
  const files = await Array.fromAsync(new Bun.Glob(`${folder}/**/*.{ts,tsx}`).scan({ cwd: root }));
  const texts = await Promise.all(files.map((file) => Bun.file(join(root, file)).text()));
  const named = /(?:\baction: |\bbyCommand\()"([a-z_]+\.[a-z_]+)"/g;
  return texts.flatMap((text) => [...text.matchAll(named)].map(([, action]) => action!));
}

const RECORD: NewAuditRecord = {
  at: "2026-01-02T03:04:05.000Z",
  actor: { kind: "session", name: "Ann" },
  action: "model.promote",
  target: "7",
  outcome: "done",
  detail: {},
  address: "192.0.2.7",
};

async function auditApp(records: readonly Partial<NewAuditRecord>[]) {
  const app = await peopleApp();
  const { cookie } = await app.person("Ann", "admin");
  for (const record of records) await app.people.record({ ...RECORD, ...record });
  const page = async (query = "", language = "en") => {
    const response = await app.get(`/people/audit${query}`, cookie, { "accept-language": language });
    return { status: response.status, html: await response.text() };
  };
  return { ...app, cookie, page };
}

describe("words", () => {
  test("every action that is recorded anywhere has words in both languages, and a kind that the filter offers", async () => {
    const ofRules = [...RULES.values()].flatMap(({ action }) => action ?? []);
    // Commands record actions, too.
    const ofSources = await actionsIn("src");
    expect(ofRules.length).toBeGreaterThan(40);
    expect(ofSources.length).toBeGreaterThan(20);
    const actions = new Set([...ofRules, ...ofSources]);
    for (const action of actions) {
      expect(AUDIT_KINDS.map(String)).toContain(action.split(".")[0]!);
      for (const language of ["en", "ja"] as const) {
        expect([action, language, actionWords(textIn(language), action)]).not.toEqual([
          action,
          language,
          action,
        ]);
      }
    }
  });

  test("every action with a target names the thing, and links only what has a page", () => {
    const withTarget = [...RULES.values()].filter(({ target }) => target !== null);
    const text = textIn("en");
    for (const { action } of withTarget) {
      const record = { ...RECORD, id: 1, action: action!, target: "12" };
      const thing = thingOf(text, record)!;
      expect([action, thing.words]).not.toEqual([action, "12"]);
      expect([action, thing.href ?? "/"]).toEqual([action, expect.stringMatching(/^\/[\w/#-]*$/)]);
    }
    const at = (action: string, target: string) => thingOf(text, { ...RECORD, id: 1, action, target })?.href;
    expect(at("model.promote", "7")).toBe("/models/7");
    expect(at("model.alias", "champion")).toBe("/models");
    expect(at("run.cancel", "01a2-b")).toBe("/runs/01a2-b");
    expect(at("run.cancel", "../x?y")).toBeNull();
    expect(at("account.role", "3")).toBe("/people#account-3");
    expect(thingOf(text, { ...RECORD, id: 1, target: null })).toBeNull();
  });

  test("an action and a detail of another release are shown as they are recorded", () => {
    const text = textIn("ja");
    expect(actionWords(text, "moon.visit")).toBe("moon.visit");
    expect(actionWords(text, "constructor")).toBe("constructor");
    const detail = { from: "viewer", to: "admin", speed: 3, isNew: true, gone: null };
    expect(detailWords(text, detail)).toEqual([
      "変更前：閲覧者",
      "変更後：管理者",
      "speed：3",
      "isNew：はい",
    ]);
  });
});

test("GET /people/audit shows in words who did what to which thing, newest first, and marks refused log-ins", async () => {
  const { page } = await auditApp([
    { action: "account.role", target: "2", detail: { name: "Bob", from: "viewer", to: "operator" } },
    { actor: { kind: "session", name: null }, action: "session.start", target: null, outcome: "refused" },
    { actor: { kind: "token", name: "Ann/ci" } },
  ]);
  const { status, html } = await page();
  const words = wordsOf(html);
  expect(status).toBe(200);
  expect(words).toContain("Ann/ci (token) Promoted a model Model 7 192.0.2.7");
  expect(words).toContain("Someone who had not logged in Refused Logged in");
  expect(words).toContain("Ann Changed a role Account 2 name: Bob from: viewer to: operator 192.0.2.7");
  expect(words.indexOf("Promoted a model")).toBeLessThan(words.indexOf("Changed a role"));
  expect(html).toContain('<a href="/models/7">Model 7</a>');
  expect(html).toContain('<a href="/people/audit?actor=token%3AAnn%2Fci">Ann/ci (token)</a>');
  const ja = wordsOf((await page("", "ja")).html);
  for (const text of ["モデルの昇格", "ログインしていない人", "拒否 ログイン", "権限の変更"]) {
    expect(ja).toContain(text);
  }
});

test("GET /people/audit filters by person and by kind, and keeps both on older pages", async () => {
  const bob = { kind: "session", name: "Bob" } as const;
  const { page } = await auditApp([
    ...Array.from({ length: 101 }, (_, n) => ({
      actor: bob,
      action: "run.start",
      target: null,
      detail: { n },
    })),
    { actor: bob, action: "model.promote", target: "9" },
    { actor: { kind: "session", name: "Ann" }, action: "run.cancel", target: "r7" },
  ]);
  const rows = (html: string) => html.split("<tr").length - 2;
  const first = await page("?actor=session%3ABob&kind=run");
  expect(rows(first.html)).toBe(100);
  expect(first.html).not.toContain("Model 9");
  const next = /href="(\/people\/audit\?actor=session%3ABob&amp;kind=run&amp;before=\d+)"/.exec(
    first.html,
  )![1]!;
  const second = await page(next.replaceAll("&amp;", "&").slice("/people/audit".length));
  expect(rows(second.html)).toBe(1);
  expect(wordsOf(second.html)).toContain("n: 0");
  expect(second.html).toContain('href="/people/audit?actor=session%3ABob&amp;kind=run">Newest');
  expect(rows((await page("?kind=run")).html)).toBe(100);
  expect(rows((await page("?kind=model")).html)).toBe(1);
  expect(wordsOf((await page("?kind=webhook")).html)).toContain("No action matches the filter.");
  expect((await page("?kind=nothing")).status).toBe(400);
  expect(wordsOf((await auditApp([]).then((app) => app.page())).html)).toContain(
    "Nothing has been recorded yet.",
  );
});

test("GET /people/audit/export streams every record as CSV and as NDJSON, in pages, each once", async () => {
  const count = 2_003;
  const { get, cookie, people } = await auditApp(
    Array.from({ length: count }, (_, n) => ({ target: String(n + 1), detail: { name: `"n", ${n}` } })),
  );
  const limits: number[] = [];
  const store = people.store;
  const audit = store.audit.bind(store);
  store.audit = (query) => {
    limits.push(query.limit);
    return audit(query);
  };
  const csv = await get("/people/audit/export?format=csv", cookie);
  expect(csv.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  expect(csv.headers.get("content-disposition")).toBe('attachment; filename="tegaki-audit.csv"');
  const bytes = new Uint8Array(await csv.arrayBuffer());
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const lines = new TextDecoder().decode(bytes).split("\r\n");
  expect(lines[0]).toBe("id,at,actor,action,target,outcome,detail,address");
  expect(lines).toHaveLength(count + 2);
  expect(lines[1]).toBe(
    `${count},2026-01-02T03:04:05.000Z,session:Ann,model.promote,${count},done,"{""name"":""\\""n\\"", ${count - 1}""}",192.0.2.7`,
  );
  expect(limits).toEqual([1_000, 1_000, 1_000, 1_000]);
  const ndjson = await get("/people/audit/export?format=ndjson", cookie);
  expect(ndjson.headers.get("content-disposition")).toBe('attachment; filename="tegaki-audit.ndjson"');
  const records = (await ndjson.text())
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(records.map(({ id }) => id)).toEqual(Array.from({ length: count }, (_, n) => count - n));
  expect(records[0]).toEqual({
    ...RECORD,
    id: count,
    target: String(count),
    detail: { name: `"n", ${count - 1}` },
  });
  expect((await get("/people/audit/export?format=xml", cookie)).status).toBe(400);
});

test.each([
  ["=1+1", '"\'=1+1"'],
  ["+1", '"\'+1"'],
  ["-1", '"\'-1"'],
  ["@SUM(A1)", '"\'@SUM(A1)"'],
  ["  =1", '"\'  =1"'],
  ["＝1", '"\'＝1"'],
  ["\t1", '"\'\t1"'],
  ['=HYPERLINK("x")', '"\'=HYPERLINK(""x"")"'],
  ["session:=1", "session:=1"],
  ["a,b", '"a,b"'],
  ["Ann", "Ann"],
  ["", ""],
])("csvCell(%j) is no formula, and one cell", (value, cell) => {
  expect(csvCell(value)).toBe(cell);
});

test.each(["viewer", "labeller", "operator"] as const)(
  "the audit log is not for a person with role %s",
  async (role) => {
    const { get, person } = await peopleApp();
    const { cookie } = await person("Bob", role);
    for (const path of ["/people/audit", "/people/audit/export?format=csv", "/api/v1/audit"]) {
      expect((await get(path, cookie)).status).toBe(403);
    }
  },
);
