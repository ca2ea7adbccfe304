import { expect, test } from "bun:test";
import { UnavailableError } from "../../../src/lib/errors.ts";
import { createTestApp, STROKES } from "../../support/test-app.ts";

test("GET /readyz is 200 and names the model when it responds and the store can be written", async () => {
  const { send } = await createTestApp();
  const response = await send("GET", "/readyz");
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ status: "ready", model: { name: "digits", version: 1 } });
});

test("GET /readyz is 503 before a model is loaded, while /livez is 200", async () => {
  const { send, predictor } = await createTestApp();
  predictor.model = null;
  expect((await send("GET", "/readyz")).status).toBe(503);
  const live = await send("GET", "/livez");
  expect([live.status, await live.json()]).toEqual([200, { status: "live", version: "0.1.0-test" }]);
});

test("GET /readyz is 200 without a model when there has never been one: labelling works", async () => {
  const { send, predictor, registry } = await createTestApp();
  predictor.model = null;
  registry.championVersion = 0;
  const response = await send("GET", "/readyz");
  expect([response.status, await response.json()]).toEqual([200, { status: "ready", model: null }]);
});

test("GET /readyz is 503 when the disk is full, while labels are 507", async () => {
  const { send, store } = await createTestApp();
  const full = new UnavailableError("Cannot store: /home/ann/data/tegaki.db: the disk is full", {
    cause: Object.assign(new Error("full"), { code: "SQLITE_FULL" }),
  });
  store.checkWritable = () => Promise.reject(full);
  store.samples.insert = () => Promise.reject(full);
  expect((await send("POST", "/api/v1/samples", { ...STROKES, label: "1" })).status).toBe(507);
  const response = await send("GET", "/readyz");
  expect(response.status).toBe(503);
  expect(await response.json()).toMatchObject({ detail: "Cannot store: tegaki.db: the disk is full" });
});

test("GET /readyz is 503 when the store cannot be written", async () => {
  const { send, store } = await createTestApp();
  store.checkWritable = () => Promise.reject(new UnavailableError("The directory is read-only"));
  const response = await send("GET", "/readyz");
  expect(response.status).toBe(503);
  expect(await response.json()).toMatchObject({ detail: "The directory is read-only" });
});
