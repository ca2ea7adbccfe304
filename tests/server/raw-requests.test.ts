import { afterAll, expect, test } from "bun:test";
import { connect } from "node:net";
import { createHandler } from "../../src/http/handler.ts";
import { listen } from "../../src/server/listen.ts";
import { errorLog } from "../support/error-log.ts";
import { createTestApp } from "../support/test-app.ts";

const { app, store, errors } = await createTestApp();
const log = errorLog(errors);
const listener = listen({ hostname: "127.0.0.1", port: 0 }, createHandler(app, log), log);
afterAll(async () => {
  await listener.stop(0);
  await store.close();
});

interface Answer {
  status: number;
  type: string | null;
  body: string;
}

/** Sends bytes as they are, and reads the first answer; null when the connection is closed without one. */
async function sendRaw(text: string): Promise<Answer | null> {
  const socket = connect(listener.port, "127.0.0.1");
  const chunks: Buffer[] = [];
  const closed = Promise.withResolvers<void>();
  socket.on("data", (chunk) => {
    chunks.push(Buffer.from(chunk));
    if (isWhole(Buffer.concat(chunks).toString("latin1"))) closed.resolve();
  });
  socket.on("close", () => closed.resolve());
  socket.on("error", () => closed.resolve());
  socket.end(Buffer.from(text, "latin1"));
  await closed.promise;
  socket.destroy();
  const answer = Buffer.concat(chunks).toString("latin1");
  const status = /^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1];
  if (status === undefined) return null;
  const head = answer.slice(0, answer.indexOf("\r\n\r\n"));
  const type = /^content-type: (.*)$/im.exec(head)?.[1] ?? null;
  return { status: Number(status), type, body: answer.slice(head.length + 4) };
}

function isWhole(answer: string): boolean {
  const end = answer.indexOf("\r\n\r\n");
  const length = /^content-length: (\d+)/im.exec(answer)?.[1];
  return end >= 0 && length !== undefined && answer.length >= end + 4 + Number(length);
}

const request = (line: string, ...headers: string[]) =>
  `${[line, ...headers, "Connection: close"].join("\r\n")}\r\n\r\n`;

const BAD_HOSTS = [
  ...[
    "a@b",
    "",
    "[::",
    "localhost:99999",
    "a b",
    "localhost:x",
    "localhost/..",
    "localhost?x",
    "localhost#x",
  ],
  ...[
    "user:word@localhost",
    "\\localhost",
    "loc%zzalhost",
    "localhost, localhost",
    "\xff\xfe",
    "a".repeat(5_000),
  ],
];
const PATHS = [
  "/",
  "/livez",
  "/api/v1/runs?limit=5",
  "/runs",
  "/nothing",
  "/events?view=draw",
  "/assets/%zz",
];

test("a request whose host is missing or is not a host is refused with 400 or 421, for any path and method", async () => {
  const versions = [
    ["HTTP/1.0"],
    ...BAD_HOSTS.flatMap((host) => [
      ["HTTP/1.0", `Host: ${host}`],
      ["HTTP/1.1", `Host: ${host}`],
    ]),
  ];
  for (const [version, ...headers] of versions) {
    for (const path of PATHS) {
      for (const method of ["GET", "POST", "HEAD", "OPTIONS", "TRACE"]) {
        const answer = await sendRaw(
          request(`${method} ${path} ${version}`, ...headers, "Content-Length: 0"),
        );
        expect([400, 421]).toContain(answer!.status);
      }
    }
  }
  expect(errors).toEqual([]);
}, 60_000);

test.each(["HTTP/1.0", "HTTP/1.1\r\nHost: a@b", "HTTP/1.1\r\nHost: localhost\r\nHost: evil.example"])(
  "the refusal of an API request with %p is a problem like any other",
  async (version) => {
    const answer = await sendRaw(request(`GET /api/v1/runs ${version}`));
    expect(answer).toMatchObject({ status: 400, type: "application/problem+json" });
    expect(JSON.parse(answer!.body)).toEqual({
      type: "about:blank",
      title: "Bad Request",
      status: 400,
      detail: expect.stringContaining("Send the header Host"),
      instance: "/api/v1/runs",
      request_id: expect.any(String),
    });
  },
);

test.each([
  ["an absolute request target is served by its path", "GET http://localhost/livez HTTP/1.1", 200],
  [
    "a request target of another site is not trusted over Host",
    "GET http://evil.example/livez HTTP/1.1",
    200,
  ],
  ["a path that begins with two slashes is not another host", "GET //evil.example/livez HTTP/1.1", 404],
  ["CONNECT is no proxy", "CONNECT evil.example:80 HTTP/1.1", 404],
  ["a bad escape in a path", "GET /runs/%zz HTTP/1.1", 404],
  ["an overlong escape in a path", "GET /runs/%c0%ae HTTP/1.1", 404],
  ["a null character in a path", "GET /api/v1/runs/%00 HTTP/1.1", 404],
  ["bytes that are not ASCII in a path", "GET /api/v1/runs/\xff\xfe HTTP/1.1", 404],
  ["a bad escape in a query", "GET /api/v1/runs?cursor=%zz HTTP/1.1", 404],
  ["a method that the path does not allow", "DELETE /api/v1/runs HTTP/1.1", 405],
])("%s: %s gives %d", async (_, line, status) => {
  expect(await sendRaw(request(line, "Host: localhost"))).toMatchObject({ status });
});

test.each([
  ["garbage", "garbage\r\n\r\n"],
  ["a TLS greeting", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"],
  ["HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"],
  ["no Host in HTTP/1.1", "GET / HTTP/1.1\r\n\r\n"],
  ["a header without a colon", request("GET /livez HTTP/1.1", "Host: localhost", "garbage")],
  ["a header without a name", request("GET /livez HTTP/1.1", "Host: localhost", ": x")],
  ["a control character in a header", request("GET /livez HTTP/1.1", "Host: localhost", "X-\x01: x")],
  ["a header of 100 KB", request("GET /livez HTTP/1.1", "Host: localhost", `X: ${"x".repeat(100_000)}`)],
  ["a path of 100 KB", request(`GET /${"x".repeat(100_000)} HTTP/1.1`, "Host: localhost")],
  ["a negative length", request("POST /runs HTTP/1.1", "Host: localhost", "Content-Length: -1")],
  [
    "two lengths",
    request("POST /runs HTTP/1.1", "Host: localhost", "Content-Length: 1", "Content-Length: 2"),
  ],
  [
    "length and chunks",
    request("POST /runs HTTP/1.1", "Host: localhost", "Content-Length: 5", "Transfer-Encoding: chunked"),
  ],
  [
    "a bad chunk",
    `${request("POST /runs HTTP/1.1", "Host: localhost", "Transfer-Encoding: chunked")}zz\r\n\r\n`,
  ],
])(
  "%s is refused before the application sees it, or closed, and never answered with a page of Bun",
  async (_, bytes) => {
    const answer = await sendRaw(bytes);
    if (answer === null) return;
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).not.toBe(500);
    expect(answer.body.length).toBeLessThan(5_000);
    expect(answer.body).not.toMatch(/bun|stack|src\//i);
  },
);

test("an application that throws is answered with a problem that tells nothing, and the log has the error", async () => {
  const found: unknown[] = [];
  const failing = {
    fetch: () => {
      throw new Error("secret at /home/ann/tegaki/src/main.ts");
    },
  };
  const handle = createHandler(failing, errorLog(found));
  const response = await handle(new Request("http://localhost/"), null);
  expect(response.status).toBe(500);
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  expect(await response.text()).not.toMatch(/secret|home/);
  expect(found).toHaveLength(1);
});
