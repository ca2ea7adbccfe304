import { expect, test } from "bun:test";
import { isNotAllowed, isTransient, retryOf, troubleKey } from "../../../views/assets/request.ts";

const problem = (status: number, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify({ detail: `detail of ${status}` }), {
    ...{ status, headers: { "content-type": "application/problem+json", ...headers } },
  });

test.each([
  [401, true],
  [403, true],
  [400, false],
  [404, true],
  [409, false],
  [413, false],
  [415, false],
  [422, false],
  [429, true],
  [503, true],
])("isTransient() says of the server's own %i that it may succeed later: %p", (status, isLater) => {
  expect(isTransient(problem(status))).toBe(isLater);
});

test("a 403 that is not of this server, such as of a network that asks for a log-in, is tried again soon", async () => {
  const hotel = () => new Response("<h1>Hotel</h1>", { status: 403 });
  expect([isTransient(hotel()), isNotAllowed(hotel())]).toEqual([true, false]);
  expect(await retryOf(hotel())).toEqual({ kind: "retry" });
});

test("retryOf() waits a minute after the server's own 403, and has its reason", async () => {
  expect(isNotAllowed(problem(403))).toBe(true);
  expect(await retryOf(problem(403))).toEqual({
    ...{ kind: "retry", afterMs: 60_000, why: { kind: "notAllowed", reason: "detail of 403" } },
  });
});

test("retryOf() tells that nobody is logged in, and how long to wait when it was too often, in the server's words", async () => {
  expect(await retryOf(problem(401))).toEqual({
    ...{ kind: "retry", why: { kind: "loggedOut", reason: "detail of 401" } },
  });
  expect(await retryOf(problem(429, { "retry-after": "7" }))).toEqual({
    ...{ kind: "retry", afterMs: 7_000, why: { kind: "tooMany", reason: "detail of 429" } },
  });
  expect(await retryOf(problem(503, { "retry-after": "1" }))).toEqual({ kind: "retry", afterMs: 1_000 });
  expect(await retryOf(null)).toEqual({ kind: "retry" });
});

test("retryOf() takes a Retry-After that is no number of seconds as none", async () => {
  for (const value of ["Sun, 06 Nov 1994 08:49:37 GMT", "-1", "1e9", "999999999"]) {
    expect(await retryOf(problem(503, { "retry-after": value }))).toEqual({ kind: "retry" });
  }
});

test("troubleKey() names the text that says why labels wait", () => {
  expect(troubleKey(null)).toBe("client.waiting");
  expect(troubleKey({ kind: "loggedOut", reason: "" })).toBe("client.loggedOut");
  expect(troubleKey({ kind: "notAllowed", reason: "" })).toBe("client.notAllowed");
  expect(troubleKey({ kind: "tooMany", reason: "" })).toBe("client.tooMany");
});
