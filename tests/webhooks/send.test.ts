import { afterAll, beforeAll, expect, test } from "bun:test";
import { createHmac } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { send, sign } from "../../src/webhooks/send.ts";

const SECRET = "a secret of this test";
const NOW = new Date("2026-01-02T03:04:05.000Z");
const received: { headers: Headers; body: string }[] = [];
let answer: (request: Request) => Response | Promise<Response> = () => new Response("ok");
let server: ReturnType<typeof Bun.serve>;
beforeAll(() => {
  server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    async fetch(request) {
      received.push({ headers: request.headers, body: await request.text() });
      return answer(request);
    },
  });
});
afterAll(() => server.stop(true));

const message = { id: "msg_1", body: '{"type":"run.finished"}' };
const target = (url = `http://127.0.0.1:${server.port}/hook`, allowPrivate = true) => ({
  ...{ url, allowPrivate },
  secret: SECRET,
});

test("sign() is HMAC-SHA256 of id, seconds and body, and a receiver's library accepts it", () => {
  const signed = sign(SECRET, "msg_1", NOW, "{}");
  const expected = createHmac("sha256", SECRET)
    .update(`msg_1.${NOW.getTime() / 1000}.{}`)
    .digest("base64");
  expect(signed).toBe(`v1,${expected}`);
  const now = new Date();
  const headers = {
    "webhook-id": "msg_1",
    "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
    "webhook-signature": sign("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_1", now, '{"a":1}'),
  };
  expect(new Webhook("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").verify('{"a":1}', headers)).toEqual({ a: 1 });
});

test("send() posts the body with its signature, and takes any 2xx as received", async () => {
  answer = () => new Response(null, { status: 204 });
  expect(await send(target(), message, NOW)).toEqual({ isDelivered: true, status: 204, error: null });
  const { headers, body } = received.at(-1)!;
  expect(body).toBe(message.body);
  expect(headers.get("webhook-id")).toBe("msg_1");
  expect(headers.get("webhook-signature")).toBe(sign(SECRET, "msg_1", NOW, message.body));
  expect(headers.get("content-type")).toBe("application/json");
});

test("send() reports another answer, does not follow redirects, and reports an address that refuses", async () => {
  answer = () => new Response("no", { status: 500 });
  expect(await send(target(), message, NOW)).toEqual({
    ...{ isDelivered: false, status: 500, error: "the receiver answered 500" },
  });
  const before = received.length;
  answer = () => Response.redirect("http://127.0.0.1:1/");
  expect(await send(target(), message, NOW)).toMatchObject({ isDelivered: false, status: 302 });
  expect(received.length).toBe(before + 1);
  const refused = await send(target("http://127.0.0.1:1/"), message, NOW);
  expect([refused.isDelivered, refused.status]).toEqual([false, null]);
});

test("send() calls no address of this machine or a private network unless it is allowed, by name or by number", async () => {
  const before = received.length;
  answer = () => new Response("ok");
  const port = server.port;
  for (const host of [
    `127.0.0.1:${port}`,
    `[::1]:${port}`,
    `localhost:${port}`,
    `2130706433:${port}`,
    `0x7f000001:${port}`,
  ]) {
    const attempt = await send(target(`http://${host}/`, false), message, NOW);
    expect([host, attempt.isDelivered, attempt.error]).toEqual([
      ...[host, false],
      expect.stringContaining("not an address of the public internet"),
    ]);
  }
  expect(received.length).toBe(before);
});

test("send() refuses a name when any address that it resolves to is private", async () => {
  const lookup = ((_name: string, _options: unknown, callback: (...args: unknown[]) => void) =>
    callback(null, [
      { address: "93.184.215.14", family: 4 },
      { address: "10.0.0.1", family: 4 },
    ])) as never;
  const attempt = await send(target("http://mixed.example/", false), message, NOW, lookup);
  expect(attempt.error).toContain(
    "mixed.example is 10.0.0.1, which is not an address of the public internet",
  );
});
