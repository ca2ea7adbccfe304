import { afterAll, beforeAll, expect, test } from "bun:test";
import { join } from "node:path";
import { emptyProject, type RunningServer, runCommand, startServer } from "../support/executable.ts";

/** Labels that break programs: names that objects inherit, words and numbers of YAML, markup, paths, patterns. */
const ODD = [
  ...["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "valueOf"],
  ...[
    "null",
    "undefined",
    "NaN",
    "true",
    "yes",
    "no",
    "0",
    "-1",
    "010",
    "0x10",
    "1e3",
    "12:30",
    "<<",
    "~",
    "*",
    "&a",
    "!",
  ],
  ...[
    "<script>",
    "<b>",
    "&amp;",
    '"q"',
    "'q'",
    "`",
    "$(x)",
    `\${y}`,
    `\\\${y}`,
    `\${globals:x}`,
    "{z}",
    "%41",
    "?",
    "#",
  ],
  ...["\\", "/", "..", ".", "[a]", "@", "|", "=", "+", "--x", "(", "_", "C++", "a/b", "a:b", "a;b"],
  ...[
    "é",
    "e\u0301x",
    "あ",
    "漢字",
    "한글",
    "ا",
    "א",
    "🎈",
    "👍🏽",
    "ﬀ",
    "ß",
    "İ",
    "x".repeat(20),
    "手".repeat(20),
  ],
];
const CLASSES = [...ODD, ...Array.from({ length: 255 - ODD.length }, (_, i) => `c${i}`)];
/** As they are known: accents are composed. */
const LABELS = CLASSES.map((name) => name.normalize("NFC"));

let project: { dir: string; executable: string };
let remove: () => Promise<void>;
let server: RunningServer;
beforeAll(async () => {
  const empty = await emptyProject();
  remove = empty.remove;
  const made = await runCommand(empty, ["init", "odd", "--classes", CLASSES.join(",")]);
  expect(made).toMatchObject({ code: 0, err: "" });
  project = { dir: join(empty.dir, "odd"), executable: empty.executable };
  server = await startServer(project);
}, 60_000);
afterAll(async () => {
  await server.stop();
  await remove();
});

const get = async (path: string) => {
  const response = await fetch(new URL(path, server.url));
  return { status: response.status, text: await response.text() };
};

test("a project with 255 classes of odd names is valid, takes a label of each, and counts them", async () => {
  expect(await runCommand(project, ["validate"])).toMatchObject({ code: 0 });
  for (const [i, label] of LABELS.entries()) {
    const strokes = [
      [10 + (i % 16) * 12, 10 + Math.floor(i / 16) * 12],
      [200, 200],
    ];
    const body = JSON.stringify({ strokes: [strokes], width: 280, height: 280, label });
    const headers = { "content-type": "application/json" };
    const response = await fetch(new URL("/api/v1/samples", server.url), { method: "POST", headers, body });
    expect([label, response.status]).toEqual([label, 201]);
    expect(await response.json()).toMatchObject({ label });
  }
  const { out } = await runCommand(project, ["samples", "stats", "--json"]);
  const { byLabel, total } = JSON.parse(out);
  expect(total).toBe(255);
  expect(new Map(Object.entries(byLabel as Record<string, number>))).toEqual(
    new Map(LABELS.map((label) => [label, 1])),
  );
  const { first_model } = JSON.parse((await get("/api/v1/scheduler")).text);
  expect(first_model.labelled).toBe(255);
  expect(first_model.classes.map(({ label }: { label: string }) => label)).toEqual(LABELS);
}, 60_000);

test("its pages render, with every name as text", async () => {
  for (const path of ["/", "/runs", "/models", "/pipelines"]) expect((await get(path)).status).toBe(200);
  const { text } = await get("/");
  const escaped = (label: string) =>
    label
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll('"', "&quot;")
      .replaceAll("'", "&#39;");
  for (const label of LABELS) expect(text).toContain(escaped(label));
  expect(text).not.toContain("<script>");
}, 60_000);

test("samples of one odd label are found by it", async () => {
  for (const label of ["__proto__", "constructor", "<b>", "a/b", "#", "?", `\${y}`, "éx"]) {
    const { text } = await get(`/api/v1/samples?label=${encodeURIComponent(label.normalize("NFC"))}`);
    expect(JSON.parse(text).samples).toMatchObject([{ label: label.normalize("NFC") }]);
  }
});

test.each([
  [`a,e\u0301,é`, 'must not contain a label twice: "é"'],
  ["a,b\u0001", "must not contain spaces, commas or control characters"],
  ["a,,b", "must not be empty"],
  ["a", "must have at least 2 labels"],
  [`a,${"x".repeat(21)}`, "must not be longer than 20 characters"],
  [Array.from({ length: 256 }, (_, i) => `c${i}`).join(","), "must have at most 255 labels"],
])("tegaki init --classes %j is refused in one sentence", async (classes, sentence) => {
  const { code, err } = await runCommand(project, ["init", "other", "--classes", classes]);
  expect([code, err.trim().split("\n").length]).toEqual([2, 1]);
  expect(err).toContain(sentence);
});
