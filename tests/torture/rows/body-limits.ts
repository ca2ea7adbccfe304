import { connect } from "node:net";
import { gzipSync } from "node:zlib";
import { drawingOf } from "../../support/digit-strokes.ts";
import { megabytes, residentBytes } from "../support/memory.ts";
import { predict } from "../support/requests.ts";
import { type Row, type Tally, times } from "../support/row.ts";

const DRAWING_BYTES = 512 * 1_024;
const OTHER_BYTES = 64 * 1_024;
const MAX_MS = 100;
const MAX_GROWTH_BYTES = 20 * 1_048_576;
const WARM_UP = 10;

const REFUSED = [400, 413, 415, 422];

/** Row 13: bodies that are too long, or not what they say. */
export const bodyLimits: Row = {
  row: 13,
  property: "Bodies over the limit are refused quickly",
  quick: "tests/http/middleware/body.test.ts",
  boundSeconds: 120,
  missing: () => null,
  async run(place, tally, scale) {
    const server = await place.serve(await place.project());
    const { url } = server;
    const rounds = times(20, scale, 1);
    let [sent, before] = [0, 0];
    let slowest = { what: "", ms: 0 };
    const bodies = badBodies();
    for (let round = 0; round < WARM_UP + rounds; round++) {
      if (round === WARM_UP) before = residentBytes(server.pid) ?? 0;
      for (const { what, path, init } of bodies) {
        const request = init();
        const startMs = performance.now();
        const response = await fetch(url + path, { method: "POST", ...request }).catch(() => null);
        await response?.arrayBuffer();
        const tookMs = performance.now() - startMs;
        sent++;
        if (round >= WARM_UP && tookMs > slowest.ms) slowest = { what, ms: tookMs };
        // A connection that is closed while a body is still being sent has no status.
        const { status } = response ?? { status: 413 };
        tally.expect(REFUSED.includes(status), `${what}: ${status}`);
      }
      await lie(url, tally);
      tally.expect(
        (await predict(url, round)).status === 200,
        "a drawing after the refusals is not recognised",
      );
    }
    const growth = (residentBytes(server.pid) ?? 0) - before;
    tally.figure(
      `${sent} bodies of ${bodies.length} kinds, refused in ${slowest.ms.toFixed(0)} ms at most (${slowest.what})`,
    );
    if (scale < 1) return;
    tally.figure(`memory +${megabytes(growth)}`);
    tally.expect(
      slowest.ms < MAX_MS,
      `a refusal of ${slowest.what} took ${slowest.ms.toFixed(0)} ms, limit ${MAX_MS} ms`,
    );
    tally.expect(growth < MAX_GROWTH_BYTES, `memory has grown by ${megabytes(growth)}, limit 20 MB`);
  },
};

interface BadBody {
  what: string;
  path: string;
  init(): RequestInit;
}

function badBodies(): BadBody[] {
  const json = { "content-type": "application/json" };
  const of = (
    what: string,
    path: string,
    body: () => BodyInit,
    headers: Record<string, string> = {},
  ): BadBody => ({
    ...{ what, path },
    init: () => ({ body: body(), headers: { ...json, ...headers } }),
  });
  const padded = (bytes: number) =>
    JSON.stringify({ ...drawingOf(7), pad: "" }).replace('"pad":""', `"pad":"${"x".repeat(bytes)}"`);
  const chunked = (text: string) => () =>
    new ReadableStream({
      start(controller) {
        for (let at = 0; at < text.length; at += 65_536)
          controller.enqueue(new TextEncoder().encode(text.slice(at, at + 65_536)));
        controller.close();
      },
    });
  const exactly = (bytes: number) => padded(bytes - padded(0).length);
  const strokes = (points: number) =>
    JSON.stringify({
      strokes: [Array.from({ length: points }, (_, i) => [i % 100, 1])],
      width: 100,
      height: 100,
    });
  const numbers = (text: string) => `{"strokes":[[[${text},1],[2,3]]],"width":100,"height":100}`;
  return [
    of("a drawing of 512 KiB + 1", "/api/v1/predict", () => exactly(DRAWING_BYTES + 1)),
    of("the same in chunks", "/api/v1/predict", chunked(exactly(DRAWING_BYTES + 1))),
    of("another body of 64 KiB + 1", "/api/v1/runs", () => exactly(OTHER_BYTES + 1)),
    of("the same in chunks", "/api/v1/runs", chunked(exactly(OTHER_BYTES + 1))),
    of("a label of 512 KiB + 1", "/api/v1/samples", () => exactly(DRAWING_BYTES + 1)),
    of("a bomb of gzip", "/api/v1/predict", () => gzipSync(new Uint8Array(50 * 1_048_576)), {
      "content-encoding": "gzip",
    }),
    of("10,001 points", "/api/v1/predict", () => strokes(10_001)),
    of("a stroke of a million points", "/api/v1/predict", () => strokes(1_000_000)),
    of("NaN", "/api/v1/predict", () => numbers("NaN")),
    of("1e308", "/api/v1/predict", () => numbers("1e308")),
    of("1e999", "/api/v1/predict", () => numbers("1e999")),
    of("nothing", "/api/v1/predict", () => ""),
    of("deeply nested", "/api/v1/predict", () => "[".repeat(200_000)),
  ];
}

/** A body that is shorter than it says: the connection is closed without a prediction, or it is refused. */
function lie(url: string, tally: Tally): Promise<void> {
  const { hostname, port, host } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname, () => {
      socket.write(
        `POST /api/v1/predict HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\nContent-Length: 999\r\n\r\n{}`,
      );
      socket.end();
    });
    let received = "";
    socket.on("data", (bytes) => {
      received += bytes.toString();
    });
    socket.on("error", () => {});
    socket.on("close", () => {
      tally.expect(
        !/^HTTP\/1.1 (2|5)/.test(received),
        () => `a lying length is answered: ${received.slice(0, 60)}`,
      );
      resolve();
    });
  });
}
