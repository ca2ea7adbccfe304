import { megabytes, residentBytes } from "../support/memory.ts";
import { predict } from "../support/requests.ts";
import type { Row } from "../support/row.ts";
import { times } from "../support/row.ts";

const STREAMS = 500;
const MAX_BYTES = 50 * 1_024;
const FREED_MS = 5_000;
/** Rounds before memory is measured. */
const WARM_UP = 1;
const MAX_MS = 1_000;
/** Within so many seconds, what was allocated to render messages is collected. */
const SETTLE_S = 25;

/** Row 20: streams of pages. The seventh tab is in tests/browser/tabs.test.ts. */
export const streams: Row = {
  row: 20,
  property: "500 streams cost little, and are freed",
  quick: "tests/browser/tabs.test.ts",
  boundSeconds: 180,
  missing: () => (process.platform === "linux" ? null : "memory is read from /proc, which only Linux has"),
  async run(place, tally, scale) {
    const project = await place.project();
    let server = await place.serve(project);
    const count = times(STREAMS, scale, 20);
    const sockets = openSockets(server.pid);
    // The memory of a server at rest, without what its heap has not collected yet.
    const atRest = async () => {
      let least = Number.POSITIVE_INFINITY;
      for (let n = 0; n < SETTLE_S * scale; n++) {
        await Bun.sleep(1_000);
        least = Math.min(least, residentBytes(server.pid) ?? 0);
      }
      return least;
    };
    let slowest = 0;
    const round = async () => {
      const opened = await openStreams(server.url, count);
      tally.expect(
        opened.every(({ hasMessage }) => hasMessage),
        "a stream has no message",
      );
      const { status } = await predict(server.url, 1);
      tally.expect(status === 200, `a prediction beside ${count} streams: ${status}`);
      const during = await atRest();
      const startMs = performance.now();
      for (const { close } of opened) close();
      while (openSockets(server.pid) > sockets + 2 && performance.now() - startMs < FREED_MS)
        await Bun.sleep(20);
      const tookMs = performance.now() - startMs;
      slowest = Math.max(slowest, tookMs);
      tally.expect(tookMs < FREED_MS, "streams are still open 5 s after their clients have gone");
      return during;
    };
    for (let n = 0; n < WARM_UP; n++) await round();
    const before = await atRest();
    const perStream = ((await round()) - before) / count;
    const after = await atRest();
    tally.figure(
      `${WARM_UP + 1} times ${count} streams, closed ${slowest.toFixed(0)} ms after their clients`,
    );
    if (scale === 1) {
      const kilobytes = `${(perStream / 1_024).toFixed(0)} KB`;
      tally.figure(`${kilobytes} each; memory ${megabytes(before)} before and ${megabytes(after)} after`);
      tally.expect(perStream < MAX_BYTES, `a stream takes ${kilobytes}, limit 50 KB`);
      tally.expect(after < before + count * MAX_BYTES, "the memory of streams is not freed");
    }
    const port = Number(new URL(server.url).port);
    await server.stop();
    server = await place.serve(project, {}, port);
    const startMs = performance.now();
    const [again] = await openStreams(server.url, 1);
    tally.expect(
      again?.hasMessage === true && performance.now() - startMs < MAX_MS,
      "a stream does not open again after a restart",
    );
    again?.close();
  },
};

/** Opens streams of pages, and waits for the first message of each. Sockets, because fetch has at most 256 at a time. */
async function openStreams(url: string, count: number): Promise<{ hasMessage: boolean; close(): void }[]> {
  const { hostname, port, host } = new URL(url);
  return Promise.all(
    Array.from({ length: count }, async (_, n) => {
      const first = Promise.withResolvers<boolean>();
      const view = ["draw", "runs", "models", "scheduler", "trials"][n % 5];
      const socket = await Bun.connect({
        hostname,
        port: Number(port),
        socket: {
          open: (opened) =>
            void opened.write(
              `GET /events?view=${view} HTTP/1.1\r\nHost: ${host}\r\nAccept: text/event-stream\r\n\r\n`,
            ),
          data: (_, bytes) => {
            if (bytes.includes("data:")) first.resolve(true);
          },
          close: () => first.resolve(false),
          error: () => first.resolve(false),
        },
      });
      return { hasMessage: await first.promise, close: () => socket.end() };
    }),
  );
}

/** Sockets that a process has, its listening one included. */
function openSockets(pid: number): number {
  const links = Bun.spawnSync(["ls", "-l", `/proc/${pid}/fd`]).stdout.toString();
  return links.split("\n").filter((line) => line.includes("socket:")).length;
}
