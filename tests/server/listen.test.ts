import { afterAll, describe, expect, test } from "bun:test";
import { connect } from "node:net";
import { createHandler } from "../../src/http/handler.ts";
import { listen } from "../../src/server/listen.ts";
import { createTestApp, STROKES } from "../support/test-app.ts";

const { app, deps, store } = await createTestApp();
const listener = listen({ hostname: "127.0.0.1", port: 0 }, createHandler(app, deps.log), deps.log);
afterAll(async () => {
  await listener.stop(0);
  await store.close();
});

const MIB = 1024 ** 2;
const body = JSON.stringify(STROKES);

/** Sends the text as it is, and returns the beginning of the response. */
function exchange(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(listener.url).port), "127.0.0.1", () => socket.write(text));
    socket.once("data", (data) => {
      resolve(data.toString());
      socket.destroy();
    });
    socket.once("close", () => resolve(""));
    socket.once("error", reject);
  });
}

const head = (...headers: string[]) =>
  [
    "POST /api/v1/predict HTTP/1.1",
    "Host: localhost",
    "Content-Type: application/json",
    ...headers,
    "",
    "",
  ].join("\r\n");

describe("a server that listens", () => {
  test("names the limit of a body whose length is declared as 1 MiB to 1 TB, before it has arrived", async () => {
    for (const bytes of [MIB, 2 * MIB, 2 ** 31, 2 ** 32 + 5, 1e12]) {
      const response = await exchange(head(`Content-Length: ${bytes}`) + body);
      expect(response).toStartWith("HTTP/1.1 413");
      expect(response).toContain(`expected at most 524288 bytes of a drawing, found ${bytes} bytes`);
    }
  });

  test("names the limit of a body of 32 MiB in chunks, and keeps none of it", async () => {
    const before = process.memoryUsage().rss;
    const chunk = new Uint8Array(MIB).fill(32);
    const chunks = new ReadableStream<Uint8Array>({
      start(controller) {
        for (let i = 0; i < 32; i++) controller.enqueue(chunk);
        controller.close();
      },
    });
    const headers = { "content-type": "application/json" };
    const response = await fetch(`${listener.url}/api/v1/predict`, { method: "POST", body: chunks, headers });
    expect(response.status).toBe(413);
    expect(await response.text()).toContain("expected at most 524288 bytes of a drawing, found more");
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * MIB);
  });

  test("does not unpack a body: 16 MiB in 16 KB of gzip are no JSON", async () => {
    const packed = Bun.gzipSync(new Uint8Array(16 * MIB).fill(32));
    const headers = { "content-type": "application/json", "content-encoding": "gzip" };
    const response = await fetch(`${listener.url}/api/v1/predict`, { method: "POST", body: packed, headers });
    expect(response.status).toBe(400);
  });

  const lies: [string, string][] = [
    ["shorter than the body", head("Content-Length: 5") + body],
    ["negative", head("Content-Length: -1") + body],
    ["no number", head("Content-Length: x") + body],
    ["given twice", head("Content-Length: 5", `Content-Length: ${body.length}`) + body],
    [
      "given with chunks",
      `${head("Content-Length: 5", "Transfer-Encoding: chunked")}${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`,
    ],
  ];
  test.each(lies)("answers 400 when the length is %s, and then serves others", async (_, text) => {
    expect(await exchange(text)).toStartWith("HTTP/1.1 400");
    const honest = await exchange(head(`Content-Length: ${body.length}`) + body);
    expect(honest).toStartWith("HTTP/1.1 200");
  });
});

test("listen() refuses a port that this program already listens on, as for any other program", () => {
  const { port } = listener;
  expect(() => listen({ hostname: "127.0.0.1", port }, createHandler(app, deps.log), deps.log)).toThrow(
    `Cannot listen on 127.0.0.1:${port}: another program uses this port`,
  );
});
