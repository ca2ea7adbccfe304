/**
 * The process of parser-costs.slow.test.ts: sends requests of the greatest length, made of one piece repeated, to all parsers
 * that HTTP reaches, and prints what the dearest one of each took.
 */
import fc from "fast-check";
import { csvFormat } from "../../src/datasets/formats/csv-format.ts";
import { imageFormat } from "../../src/datasets/formats/image-format.ts";
import { jsonFormat } from "../../src/datasets/formats/json-format.ts";
import { yamlFormat } from "../../src/datasets/formats/yaml-format.ts";
import { parseModelJson } from "../../src/datasets/models/model-json.ts";
import { TegakiError } from "../../src/lib/errors.ts";
import { createTestApp } from "../support/test-app.ts";

const SEED = 20261128;
const BODY_BYTES = 60_000;
const HEADER_BYTES = 14_000;
const FILE_BYTES = 200_000;

const { app, store, scheduler, errors } = await createTestApp();
await store.runs.create({ id: "r1", pipeline: "tuning", params: {}, trigger: "api", command: "tegaki run" });
await store.runs.update("r1", { status: "done" });

/** What one parser is sent: the start and the end around a repeated piece, and what reads it. */
interface Target {
  name: string;
  pieces: readonly string[];
  bytes: number;
  read(text: string): unknown;
}

async function send(path: string, init: RequestInit = {}): Promise<void> {
  scheduler.runningRunId = null;
  const response = await app.request(path, init);
  await response.arrayBuffer();
  if (response.status >= 500) throw new Error(`${path} gave ${response.status}: ${String(errors.at(-1))}`);
}
const json = (path: string) => (body: string) =>
  send(path, { method: "POST", body, headers: { "content-type": "application/json" } });
const form = (path: string, type: string) => (body: string) =>
  send(path, { method: "POST", body, headers: { "content-type": type } });
const header = (path: string, name: string) => (value: string) => send(path, { headers: { [name]: value } });
const query = (path: string) => (value: string) => send(`${path}${encodeURI(value).slice(0, HEADER_BYTES)}`);

const JSON_PIECES = [
  "[",
  "]",
  "{",
  '{"a":',
  '"',
  "\\",
  "1,",
  "[1,2],",
  '"a":1,',
  '"strokes":[',
  '"params":{',
  "0",
  "e",
  " ",
  ":",
];
const PARAM_PIECES = ["a=1,", "a.", "[", "]", "{", '"', "'", "=", ",", "a=[", "\\", " ", "a"];
const QUERY_PIECES = [
  "&",
  "=",
  "a=1&",
  "tag=a&",
  "hide=a&",
  "%",
  "%41",
  ",",
  ".",
  "a",
  "true=1&predicted=1&",
];
const HEADER_PIECES = ["a", ",", ";", ";q=", "q=0.1,", "ja,", "-", "9", " ", "=", "en-US;q=0.5, ", "\t"];
const YAML_PIECES = [
  "[",
  "{",
  "- ",
  "a: ",
  "? ",
  "&a ",
  "*a ",
  "!t ",
  "'",
  '"',
  "|\n",
  "a: 1\n",
  "- - ",
  "\n",
  "#",
  "%a\n",
  "---\n",
  "\t",
];
const CSV_PIECES = ["a", ",", "\n", '"', '""', '"\n', "a,", "\r", '"a"\n', " "];

const csv = csvFormat({ type: "csv", filepath: "x" });
const yaml = yamlFormat({ type: "yaml", filepath: "x" });
const anyJson = jsonFormat({ type: "json", filepath: "x" });
const png = imageFormat();
const bytesOf = (text: string) => new Uint8Array(Buffer.from(text, "latin1"));

const MULTIPART = "multipart/form-data; boundary=x";
const URL_ENCODED = "application/x-www-form-urlencoded";
const TARGETS: readonly Target[] = [
  ...["/api/v1/predict", "/api/v1/samples", "/api/v1/runs"].map((path) => ({
    ...{ name: `POST ${path}`, pieces: JSON_PIECES, bytes: BODY_BYTES, read: json(path) },
  })),
  {
    name: "run params",
    pieces: PARAM_PIECES,
    bytes: BODY_BYTES,
    read: (text) =>
      form("/runs", URL_ENCODED)(`pipeline=tuning&params=${encodeURIComponent(text).slice(0, BODY_BYTES)}`),
  },
  {
    name: "multipart",
    pieces: ["--x", "\r\n", 'Content-Disposition: form-data; name="a"', ";", '"', "--x\r\n\r\n", "a"],
    bytes: BODY_BYTES,
    read: form("/runs", MULTIPART),
  },
  { name: "graph query", pieces: QUERY_PIECES, bytes: HEADER_BYTES, read: query("/pipelines?") },
  {
    name: "graph form",
    pieces: QUERY_PIECES,
    bytes: BODY_BYTES,
    read: (text) =>
      form(
        "/pipelines",
        URL_ENCODED,
      )(`pipeline=tuning&slice=${encodeURIComponent(text).slice(0, BODY_BYTES)}`),
  },
  ...[
    "/api/v1/samples?cursor=",
    "/api/v1/runs?cursor=",
    "/runs?cursor=",
    "/api/v1/runs/",
    "/runs/r1/examples?",
  ].map((path) => ({
    ...{ name: `GET ${path}`, pieces: QUERY_PIECES, bytes: HEADER_BYTES, read: query(path) },
  })),
  ...["accept-language", "cookie", "host", "content-type", "if-none-match", "x-request-id", "origin"].map(
    (name) => ({
      ...{ name, pieces: HEADER_PIECES, bytes: HEADER_BYTES, read: header("/runs", name) },
    }),
  ),
  {
    name: "last-event-id",
    pieces: HEADER_PIECES,
    bytes: HEADER_BYTES,
    read: header("/api/v1/runs/r1/events", "last-event-id"),
  },
  { name: "model.json", pieces: JSON_PIECES, bytes: FILE_BYTES, read: parseModelJson },
  { name: "json", pieces: JSON_PIECES, bytes: FILE_BYTES, read: (text) => anyJson.read(bytesOf(text)) },
  { name: "csv", pieces: CSV_PIECES, bytes: FILE_BYTES, read: (text) => csv.read(bytesOf(text)) },
  { name: "yaml", pieces: YAML_PIECES, bytes: FILE_BYTES, read: (text) => yaml.read(bytesOf(text)) },
  {
    name: "png",
    pieces: ["\0", "IDAT", "\x89PNG\r\n\x1a\n", "\0\0\0\x0dIHDR", "\xff"],
    bytes: FILE_BYTES,
    read: (text) => png.read(bytesOf(text)),
  },
];

const worst: Record<string, { cpuMs: number; piece: string }> = {};
const faults: string[] = [];

async function measure(
  { name, bytes, read }: Target,
  parts: readonly string[],
  start: readonly string[],
): Promise<void> {
  const piece = parts.join("");
  const text = start.join("") + piece.repeat(Math.ceil(bytes / piece.length));
  const before = process.cpuUsage();
  try {
    await read(text.slice(0, bytes));
  } catch (error) {
    if (!(error instanceof TegakiError))
      faults.push(`${name} of ${JSON.stringify(piece)}: ${String(error).slice(0, 200)}`);
  }
  const { user, system } = process.cpuUsage(before);
  const cpuMs = (user + system) / 1000;
  if (cpuMs > (worst[name]?.cpuMs ?? -1)) worst[name] = { cpuMs, piece };
}

for (const target of TARGETS) {
  for (const piece of target.pieces) await measure(target, [piece], []);
  const parts = fc.array(fc.constantFrom(...target.pieces), { minLength: 1, maxLength: 4 });
  for (const [piece, start] of fc.sample(fc.tuple(parts, parts), { seed: SEED, numRuns: 5 }))
    await measure(target, piece, start);
}
// Keys that differ: each may be compared with all others.
const keys = (line: (i: number) => string) => Array.from({ length: 20_000 }, (_, i) => line(i)).join("");
const [yamlTarget, csvTarget, jsonTarget] = ["yaml", "csv", "json"].map(
  (name) => TARGETS.find((one) => one.name === name)!,
);
await measure({ ...yamlTarget!, bytes: 1_000_000 }, [keys((i) => `k${i}: 1\n`)], []);
await measure({ ...yamlTarget!, bytes: 1_000_000 }, [keys((i) => `- &n${i} 1\n`)], []);
await measure({ ...yamlTarget!, bytes: 1_000_000 }, [keys((i) => `- *n${i}\n`)], ["- &n0 1\n"]);
await measure({ ...csvTarget!, bytes: 1_000_000 }, [keys((i) => `c${i},`)], []);
await measure({ ...jsonTarget!, bytes: 1_000_000 }, [keys((i) => `"k${i}":1,`)], ["{"]);

// The peak of this process alone, where the system tells it.
const status = await Bun.file("/proc/self/status")
  .text()
  .catch(() => "");
const peakMb = Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
console.log(JSON.stringify({ worst, faults, peakMb }));
process.exit();
