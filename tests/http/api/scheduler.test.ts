import { expect, test } from "bun:test";
import { createTestApp } from "../../support/test-app.ts";

test("GET /scheduler returns the number of new labels and the number that starts training", async () => {
  const { send, scheduler } = await createTestApp();
  scheduler.newSamples = 12;
  expect(await (await send("GET", "/api/v1/scheduler")).json()).toEqual({
    paused: false,
    new_samples: 12,
    threshold: 500,
    running_run_id: null,
    not_before: null,
    consecutive_failures: 0,
    first_model: null,
  });
});

test("POST /scheduler/trigger starts tuning without a body, another pipeline by name, one at a time", async () => {
  const { send, scheduler } = await createTestApp();
  const response = await send("POST", "/api/v1/scheduler/trigger");
  expect(response.status).toBe(202);
  expect(response.headers.get("location")).toBe("/api/v1/runs/run-1");
  expect((await send("POST", "/api/v1/scheduler/trigger", { pipeline: "__default__" })).status).toBe(409);
  scheduler.runningRunId = null;
  expect((await send("POST", "/api/v1/scheduler/trigger", { pipeline: "__default__" })).status).toBe(202);
  expect(scheduler.triggered.map(({ pipeline }) => pipeline)).toEqual(["tuning", "__default__"]);
  expect((await send("POST", "/api/v1/scheduler/trigger", { pipeline: "no" })).status).toBe(422);
});

test("POST /scheduler/trigger trains a first model when there is none, and fine-tunes otherwise", async () => {
  const { send, scheduler } = await createTestApp({ pipelines: ["tuning", "first"] });
  const classes = [{ label: "a", n: 1 }];
  scheduler.firstModel = { perClass: 1, total: 1, classes, n: 1, heldOut: 2, isEnough: true };
  expect(await (await send("GET", "/api/v1/scheduler")).json()).toMatchObject({
    first_model: { per_class: 1, total: 1, labelled: 1, held_out: 2, is_enough: true, classes },
  });
  expect((await send("POST", "/api/v1/scheduler/trigger", {})).status).toBe(202);
  scheduler.runningRunId = null;
  scheduler.firstModel = null;
  expect((await send("POST", "/api/v1/scheduler/trigger", {})).status).toBe(202);
  expect(scheduler.triggered.map(({ pipeline }) => pipeline)).toEqual(["first", "tuning"]);
});
