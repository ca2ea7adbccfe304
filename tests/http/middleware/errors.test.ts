import { describe, expect, test } from "bun:test";
import * as v from "valibot";
import { ProblemSchema } from "../../../src/http/api/describe.ts";
import { createApp } from "../../../src/http/app.ts";
import { UnavailableError } from "../../../src/lib/errors.ts";
import { ModelLoadError } from "../../../src/serving/errors.ts";
import { createTestApp, STROKES } from "../../support/test-app.ts";

async function problemOf(response: Response) {
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  const problem = v.parse(ProblemSchema, await response.json());
  expect(problem.status).toBe(response.status);
  return problem;
}

describe("problem+json", () => {
  test("malformed JSON is 400", async () => {
    const { send } = await createTestApp();
    for (const body of ["{", '{"label": NaN}', "", "nul", `${"[".repeat(30_000)}`]) {
      const problem = await problemOf(await send("POST", "/api/v1/samples", body));
      expect(problem).toMatchObject({ status: 400, title: "Bad Request", instance: "/api/v1/samples" });
    }
  });

  test("a body of another content type is 415", async () => {
    const { send } = await createTestApp();
    for (const type of ["text/plain", "application/jsonx", "multipart/form-data"]) {
      const response = await send("POST", "/api/v1/predict", STROKES, { "content-type": type });
      expect((await problemOf(response)).status).toBe(415);
    }
  });

  test("application/json with a charset is read", async () => {
    const { send } = await createTestApp();
    const response = await send("POST", "/api/v1/predict", STROKES, {
      "content-type": "application/json; charset=utf-8",
    });
    expect(response.status).toBe(200);
  });

  test("a method that the path does not allow is 405 with Allow", async () => {
    const { send } = await createTestApp();
    const response = await send("PUT", "/api/v1/samples");
    expect(response.headers.get("allow")?.split(", ").sort()).toEqual(["GET", "HEAD", "POST"]);
    expect((await problemOf(response)).detail).toContain("does not allow PUT");
  });

  test("an unknown path is 404, as a problem under /api and as a page elsewhere", async () => {
    const { send } = await createTestApp();
    expect((await problemOf(await send("GET", "/api/v1/nothing"))).status).toBe(404);
    const page = await send("GET", "/<script>alert(1)</script>");
    expect(page.status).toBe(404);
    expect(page.headers.get("content-type")).toStartWith("text/html");
    expect(await page.text()).not.toContain("<script>");
  });

  test("an unexpected error is 500: the client learns the request id, the log the error", async () => {
    const { send, predictor, errors } = await createTestApp();
    predictor.failure = new Error("secret detail at /home/somebody");
    const response = await send("POST", "/api/v1/predict", STROKES, { "x-request-id": "req-9" });
    const problem = await problemOf(response);
    expect(problem.status).toBe(500);
    expect(problem.detail).toContain("req-9");
    expect(JSON.stringify(problem)).not.toContain("secret");
    expect(errors).toEqual([predictor.failure]);
  });

  test("an unavailable predictor is 503 with Retry-After", async () => {
    const { send, predictor } = await createTestApp();
    predictor.failure = new UnavailableError("The server is busy: 256 drawings are waiting");
    const response = await send("POST", "/api/v1/predict", STROKES);
    expect(response.headers.get("retry-after")).toBe("1");
    expect(await problemOf(response)).toMatchObject({
      status: 503,
      detail: "The server is busy: 256 drawings are waiting",
    });
  });

  test("a full disk is 507, also when another error wraps it", async () => {
    const { send, predictor } = await createTestApp();
    const full = Object.assign(new Error("database or disk is full"), { code: "SQLITE_FULL" });
    predictor.failure = new UnavailableError("Cannot store", { cause: new Error("write", { cause: full }) });
    expect((await problemOf(await send("POST", "/api/v1/predict", STROKES))).status).toBe(507);
  });

  test("a model version that cannot be loaded is 409 with the reason", async () => {
    const { send, registry } = await createTestApp();
    registry.promote = () => Promise.reject(new ModelLoadError("Cannot load the model: it is truncated"));
    const problem = await problemOf(await send("POST", "/api/v1/models/2/promote", {}));
    expect(problem).toMatchObject({ status: 409, detail: "Cannot load the model: it is truncated" });
  });
});

test("createApp() renders page errors with the given renderer, and none of the API's", async () => {
  const { deps } = await createTestApp();
  const app = createApp(deps, (c, problem) => c.text(`drawn: ${problem.title}`, problem.status));
  expect(await (await app.request("/nowhere")).text()).toBe("drawn: Not Found");
  expect((await app.request("/api/nowhere")).headers.get("content-type")).toBe("application/problem+json");
});
