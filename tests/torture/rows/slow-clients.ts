import type { Socket } from "bun";
import { openLoop, postOf } from "../../bench/support/load-clients.ts";
import { drawingOf } from "../../support/digit-strokes.ts";
import { type Row, times } from "../support/row.ts";

const CLIENTS = 500;
const SECONDS = 30;
const MAX_P99_MS = 150;

/** Row 12: clients that send their headers, or their bodies, byte by byte. */
export const slowClients: Row = {
  row: 12,
  property: "Slow clients do not slow the others",
  quick: "tests/server/raw-requests.test.ts",
  boundSeconds: 120,
  missing: () => null,
  async run(place, tally, scale) {
    const { url } = await place.serve(await place.project());
    const { hostname, port, host } = new URL(url);
    const clients = times(CLIENTS, scale, 20);
    const head = `POST /api/v1/predict HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\n`;
    let closed = 0;
    const drips = await Promise.all(
      Array.from({ length: clients }, async (_, n) => {
        const socket: Socket = await Bun.connect({
          ...{ hostname, port: Number(port) },
          socket: {
            open: (one) => void one.write(n % 2 === 0 ? head : `${head}Content-Length: 100000\r\n\r\n`),
            data() {},
            close: () => void closed++,
            error() {},
          },
        });
        const timer = setInterval(() => socket.write(n % 2 === 0 ? `X-${n}: 1\r\n` : " "), 1_000);
        return () => {
          clearInterval(timer);
          socket.end();
        };
      }),
    );
    place.later(() => {
      for (const end of drips) end();
    });
    const requests = Array.from({ length: 50 }, (_, n) =>
      postOf(url, "/api/v1/predict", drawingOf(n % 10, n)),
    );
    const { accepted, refused, failed, p99 } = await openLoop(url, {
      ...{ perSecond: 50, seconds: times(SECONDS, scale, 2) },
      requestOf: (n) => requests[n % 50]!,
    });
    tally.lost(refused + failed, "requests of others were refused or failed");
    tally.expect(p99 < MAX_P99_MS, `p99 of others is ${p99.toFixed(0)} ms, limit ${MAX_P99_MS} ms`);
    tally.figure(`${clients} slow clients, ${closed} of them closed by the server meanwhile`);
    tally.figure(`${accepted} requests of others, p99 ${p99.toFixed(0)} ms`);
  },
};
