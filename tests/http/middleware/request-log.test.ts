import { afterEach, describe, expect, test } from "bun:test";
import { createApp } from "../../../src/http/app.ts";
import type { AppDeps } from "../../../src/http/deps.ts";
import { BusyError, UnavailableError } from "../../../src/lib/errors.ts";
import type { LogFormat } from "../../../src/lib/log.ts";
import { type LogToText, logToText } from "../../support/log-output.ts";
import { createTestApp, STROKES } from "../../support/test-app.ts";

let output: LogToText | null = null;
afterEach(() => output?.close());

/** The application with a real log, and how often which status was counted as refused. */
async function setUp(format: LogFormat = "json", overrides: Partial<AppDeps> = {}) {
  const opened = logToText(format);
  output = opened;
  const refused: number[] = [];
  const refusals = { count: (status: number) => void refused.push(status) };
  const app = await createTestApp({ log: opened.log.of("http"), refusals, ...overrides });
  const lines = () =>
    opened
      .text()
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  return { ...app, refused, text: opened.text, lines };
}

describe("request id", () => {
  test("a well-formed X-Request-Id is taken over, up to 128 characters", async () => {
    const { send, lines } = await setUp();
    for (const id of ["a", "req_9-A=", "x".repeat(128)]) {
      const response = await send("GET", "/livez", undefined, { "x-request-id": id });
      expect(response.headers.get("x-request-id")).toBe(id);
      expect(lines().at(-1)).toMatchObject({ request_id: id });
    }
  });

  test("another one is replaced, in the header and in the log alike", async () => {
    const { send, lines } = await setUp();
    for (const id of ["", "a b", "<script>", 'a"b', "x".repeat(129), "é"]) {
      const response = await send("GET", "/livez", undefined, { "x-request-id": id });
      const given = response.headers.get("x-request-id")!;
      expect(given).toMatch(/^[0-9a-f-]{36}$/);
      expect(lines().at(-1)).toMatchObject({ request_id: given });
    }
  });
});

test("a request that is refused because the server is busy is counted, and is no error in the log", async () => {
  const { send, predictor, refused, text } = await setUp();
  predictor.failure = new BusyError("The server is busy: 256 drawings are waiting. Try again in a moment");
  const response = await send("POST", "/api/v1/predict", STROKES);
  expect([response.status, response.headers.get("retry-after")]).toEqual([503, "1"]);
  expect(refused).toEqual([503]);
  expect(text()).toBe("");
});

test("a probe of a server that is not ready is counted, and is no error in the log", async () => {
  const { send, predictor, refused, text } = await setUp();
  predictor.model = null;
  expect((await send("GET", "/v2/health/ready")).status).toBe(503);
  expect(refused).toEqual([503]);
  expect(text()).toBe("");
});

describe("a 500", () => {
  test("has its id in problem+json and in the log, there with the stack and the causes", async () => {
    const { send, predictor, lines } = await setUp();
    const cause = Object.assign(new Error("wasm ran out of memory"), { code: "ENOMEM" });
    predictor.failure = new AggregateError([new Error("thread 2 has died")], "Cannot predict", { cause });
    const response = await send("POST", "/api/v1/predict", STROKES);
    const problem = (await response.json()) as Record<string, unknown>;
    expect(problem).toMatchObject({ status: 500, request_id: response.headers.get("x-request-id") });
    expect(lines()).toHaveLength(1);
    expect(lines()[0]).toMatchObject({
      level: "error",
      module: "http",
      message: "the request failed",
      request_id: problem.request_id,
      method: "POST",
      route: "/api/v1/predict",
      status: 500,
      duration_ms: 0,
      error: {
        name: "AggregateError",
        message: "Cannot predict",
        errors: [{ message: "thread 2 has died" }],
        cause: { message: "wasm ran out of memory", code: "ENOMEM" },
      },
    });
    const { stack } = lines()[0]!.error as { stack: string[] };
    expect(stack.join("\n")).toContain("request-log.test.ts");
  });

  test("shows its id on the page, and the log has the same with the stack, as text", async () => {
    const { send, store, text } = await setUp("text");
    store.runs.list = () => Promise.reject(new Error("no such table"));
    const response = await send("GET", "/runs");
    expect(response.status).toBe(500);
    const id = /Error ID ([\w-]+)/.exec(await response.text())?.[1];
    expect(id).toBe(response.headers.get("x-request-id")!);
    const [line, error, frame] = text().split("\n");
    expect(line).toContain(
      `ERROR http: the request failed request_id=${id} method=GET route=/runs status=500`,
    );
    expect(error).toBe("    Error: no such table");
    expect(frame).toMatch(/^ {8}at .*request-log\.test\.ts/);
  });

  test("is one of those that people can do something about, too: 503 is logged with its cause", async () => {
    const { send, predictor, lines } = await setUp();
    predictor.failure = new UnavailableError("Too busy", { cause: new Error("256 wait") });
    await send("POST", "/api/v1/predict", STROKES);
    expect(lines()[0]).toMatchObject({
      status: 503,
      error: { message: "Too busy", cause: { message: "256 wait" } },
    });
  });

  test("is answered and logged also when the thrown value is not an error", async () => {
    const { send, predictor, lines } = await setUp();
    predictor.predict = () => Promise.reject("a string");
    const response = await send("POST", "/api/v1/predict", STROKES);
    const problem = (await response.json()) as Record<string, unknown>;
    expect(problem).toMatchObject({ status: 500, request_id: response.headers.get("x-request-id") });
    expect(lines()[0]).toMatchObject({ request_id: problem.request_id, error: { message: "a string" } });
  });

  test("of an error page that cannot be drawn is logged, and the error is sent as its problem", async () => {
    const { deps, lines } = await setUp();
    const app = createApp(deps, () => {
      throw new Error("no page");
    });
    const response = await app.request("/nowhere");
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ status: 404, instance: "/nowhere" });
    expect(lines()[0]).toMatchObject({
      request_id: response.headers.get("x-request-id"),
      error: { message: "no page" },
    });
  });
});

test("a stream that fails after its answer has begun is logged with the request's id and the stack", async () => {
  const { send, store, lines } = await setUp();
  await store.runs.create({ id: "r1", pipeline: "tuning", params: {}, trigger: "api", command: "x" });
  const { eventsAfter } = store.runs;
  let calls = 0;
  store.runs.eventsAfter = (...args: Parameters<typeof eventsAfter>) =>
    ++calls === 1 ? eventsAfter.apply(store.runs, args) : Promise.reject(new Error("store is gone"));
  const response = await send("GET", "/api/v1/runs/r1/events");
  await response.text();
  const failed = lines().find(({ level }) => level === "error");
  expect(failed).toMatchObject({
    message: "the stream failed",
    request_id: response.headers.get("x-request-id"),
    route: "/api/v1/runs/:id/events",
    error: { message: "store is gone" },
  });
});

test("refusals are counted by status and have no line of their own", async () => {
  const { send, refused, text } = await setUp();
  await send("GET", "/nowhere");
  await send("PUT", "/api/v1/samples");
  await send("POST", "/api/v1/samples", "{");
  await send("POST", "/api/v1/samples", {});
  await send("POST", "/api/v1/predict", " ".repeat(600_000));
  await send("POST", "/api/v1/predict", STROKES, { "sec-fetch-site": "cross-site" });
  await send("GET", "/", undefined, { host: "evil.example" });
  expect(refused).toEqual([404, 405, 400, 422, 413, 403, 421]);
  expect(text()).toBe("");
});

test("an answered request has one line at level debug, with the pattern of its route and not its path", async () => {
  const { send, lines } = await setUp();
  await send("POST", "/api/v1/samples", { ...STROKES, label: "7", writer: "Ann" });
  await send("GET", "/assets/none-of-that-name");
  await send("GET", "/api/v1/models/2?x=y");
  const [stored, model] = lines();
  expect(stored).toMatchObject({
    level: "debug",
    message: "answered",
    status: 201,
    route: "/api/v1/samples",
  });
  expect(model).toMatchObject({ method: "GET", route: "/api/v1/models/:version", status: 200 });
  expect(lines()).toHaveLength(2);
});

describe("secrets and drawings", () => {
  const DRAWING = {
    strokes: [
      [
        [7351, 8462],
        [7362, 8473],
      ],
    ],
    width: 9517,
    height: 9517,
  };
  const SECRETS = /tok3n|s3cr3t|pa55word|Zoë Q|Quentin|7351|8462|7362|8473/;
  const HEADERS = {
    authorization: "Bearer tok3n-1",
    cookie: "sid=s3cr3t-2; name=Quentin",
    "x-api-key": "pa55word",
    "x-request-id": "req-1",
  };

  /** Carries all that its maker can have got hold of, wherever an error can carry it. */
  function tellTale(): Error {
    const { strokes } = DRAWING;
    const says = `Bearer tok3n-1 sid=s3cr3t-2 /api/v1/x?token=tok3n-3&q=1 ${JSON.stringify(strokes)} by Zoë Q and Quentin`;
    const properties = { strokes, headers: HEADERS, writer: "Zoë Q", password: "pa55word" };
    const cause = Object.assign(new Error(`inner: ${says}`), properties);
    const pixels = Float32Array.from({ length: 64 }, () => 7351);
    const part = Object.assign(new Error(Bun.inspect(pixels)), properties);
    const error = Object.assign(new AggregateError([part, says, properties], says, { cause }), properties);
    error.name = says;
    return error;
  }

  for (const format of ["text", "json"] as const) {
    test(`none reaches the log as ${format} when the predictor fails and its error carries all`, async () => {
      const { send, predictor, text } = await setUp(format);
      predictor.failure = tellTale();
      const response = await send(
        "POST",
        "/api/v1/predict?token=tok3n-3&name=Quentin&w=Zo%C3%AB+Q",
        DRAWING,
        HEADERS,
      );
      expect(response.status).toBe(500);
      expect(text()).toContain("the request failed");
      expect(text()).toContain("[hidden]");
      expect(text()).not.toMatch(SECRETS);
    });

    test(`none reaches the log as ${format} when a label cannot be stored, nor the name of who wrote it`, async () => {
      const { send, store, text } = await setUp(format);
      store.samples.insert = () => Promise.reject(tellTale());
      const body = { ...DRAWING, label: "7", writer: "Zoë Q" };
      const response = await send("POST", "/api/v1/samples?token=tok3n-3&name=Quentin", body, HEADERS);
      expect(response.status).toBe(500);
      expect(text()).toContain("[hidden]");
      expect(text()).not.toMatch(SECRETS);
    });

    test(`none reaches the log as ${format} from the fields of a form`, async () => {
      const { app, scheduler, text } = await setUp(format);
      scheduler.trigger = () => Promise.reject(new Error("Quentin asked with note Zoë Q for tuning"));
      const form = new URLSearchParams({
        pipeline: "tuning",
        params: "seed=1",
        who: "Quentin",
        note: "Zoë Q",
      });
      const response = await app.request("/pipelines", { method: "POST", body: form });
      expect(response.status).toBe(500);
      expect(text()).toContain("[hidden] asked with note [hidden] for tuning");
    });
  }

  test("nobody hides the words of the log itself by sending them", async () => {
    const { send, predictor, lines } = await setUp();
    predictor.failure = new Error("boom");
    const id = "abcdefgh-1";
    await send("POST", `/api/v1/predict?a=${id}&b=POST&c=the+request+failed&d=error`, STROKES, {
      "x-request-id": id,
    });
    expect(lines()[0]).toMatchObject({
      level: "error",
      message: "the request failed",
      request_id: id,
      method: "POST",
    });
  });
});
