import { afterEach, expect, spyOn, test } from "bun:test";
import {
  deleteSample,
  explain,
  predict,
  sendCorrection,
  sendLabel,
} from "../../../../views/assets/draw/api.ts";

const drawing = { strokes: [], width: 1, height: 1 };
const person = { sitting: "s1" };
const entry = { id: "k", body: {} } as Parameters<typeof sendLabel>[0];

const fetched = spyOn(globalThis, "fetch");
afterEach(() => fetched.mockReset());

/** A response whose body is cut off. */
const broken = (status: number) =>
  new Response(
    new ReadableStream({
      start: (controller) => controller.error(new Error("cut")),
    }),
    { status },
  );

test("predict() fails without a reason when the response is cut off, and does not throw", async () => {
  fetched.mockResolvedValue(broken(200));
  expect(await predict(drawing, person, new AbortController().signal)).toEqual({
    kind: "failed",
    reason: null,
  });
});

test("sendLabel() is retried when the response is cut off, because the label may not be stored", async () => {
  fetched.mockResolvedValue(broken(201));
  expect(await sendLabel(entry)).toEqual({ kind: "retry" });
});

test("sendLabel() gives up with the server's reason when the label is refused", async () => {
  fetched.mockResolvedValue(Response.json({ detail: "no such class" }, { status: 422 }));
  expect(await sendLabel(entry)).toEqual({ kind: "refused", reason: "no such class" });
});

test("deleteSample() is retried while the server is unreachable or busy; a sample that is gone is deleted", async () => {
  fetched.mockRejectedValueOnce(new TypeError("Failed to fetch"));
  expect(await deleteSample("s")).toEqual({ kind: "retry" });
  fetched.mockResolvedValueOnce(Response.json({}, { status: 503 }));
  expect(await deleteSample("s")).toEqual({ kind: "retry" });
  fetched.mockResolvedValueOnce(Response.json({}, { status: 404 }));
  expect(await deleteSample("s")).toEqual({ kind: "deleted" });
  fetched.mockResolvedValueOnce(Response.json({ detail: "it is pinned" }, { status: 409 }));
  expect(await deleteSample("s")).toEqual({ kind: "refused", reason: "it is pinned" });
});

test("explain() gives an empty reason, not the browser's own words, when the server is unreachable", async () => {
  fetched.mockRejectedValue(new TypeError("Failed to fetch"));
  expect(await explain(drawing, person)).toEqual({ kind: "failed", reason: "" });
});

const problem = (status: number) =>
  Response.json(
    { detail: "of the server" },
    { status, headers: { "content-type": "application/problem+json" } },
  );
const NOT_ALLOWED = {
  kind: "retry",
  afterMs: 60_000,
  why: { kind: "notAllowed", reason: "of the server" },
} as const;

test("sendLabel() waits for a log-in, and for another role with the server's words", async () => {
  fetched.mockResolvedValueOnce(problem(401));
  expect(await sendLabel(entry)).toEqual({
    ...{ kind: "retry", why: { kind: "loggedOut", reason: "of the server" } },
  });
  fetched.mockResolvedValueOnce(problem(403));
  expect(await sendLabel(entry)).toEqual(NOT_ALLOWED);
});

test.each([400, 409, 413, 415, 422])(
  "sendLabel() gives up after a %i, which cannot become right",
  async (status) => {
    fetched.mockResolvedValueOnce(problem(status));
    expect(await sendLabel(entry)).toEqual({ kind: "refused", reason: "of the server" });
  },
);

/** The server refuses with a 403, and then says which role the reader has. */
function refusedAs(me: Response) {
  fetched.mockReset();
  fetched.mockResolvedValueOnce(problem(403)).mockResolvedValueOnce(me);
}

test("a correction or deletion that is not allowed waits for a role that labels, and is refused to one that has it", async () => {
  const changes = [() => sendCorrection("s", { state: "rejected" }), () => deleteSample("s")];
  for (const change of changes) {
    refusedAs(Response.json({ role: "viewer" }));
    expect(await change()).toEqual(NOT_ALLOWED);
    refusedAs(problem(503));
    expect(await change()).toEqual(NOT_ALLOWED);
    refusedAs(Response.json({ role: "labeller" }));
    expect(await change()).toEqual({ kind: "refused", reason: "of the server" });
  }
});
