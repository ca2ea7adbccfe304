import { afterAll, expect, test } from "bun:test";
import { createTestApp } from "../support/test-app.ts";

const { app, send, store, scheduler, errors } = await createTestApp();
afterAll(() => store.close());

const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i}`, 1]));
const EXCESS: readonly (readonly [string, Record<string, unknown>, Record<string, string>])[] = [
  [
    "4,000 keys in a name of 20,000 characters",
    { ["a".repeat(20_000)]: many(4_000) },
    { [`param.${"a".repeat(20_000)}`]: "1" },
  ],
  [
    "2,000 values",
    many(2_000),
    Object.fromEntries(Object.keys(many(2_000)).map((key) => [`param.${key}`, "1"])),
  ],
  ["a value of 30,000 characters", { a: "x".repeat(30_000) }, { "param.a": "x".repeat(30_000) }],
  [
    "5,000 levels",
    JSON.parse(`${'{"a":'.repeat(5_000)}1${"}".repeat(5_000)}`),
    { "param.a": `${"[".repeat(5_000)}x${"]".repeat(5_000)}` },
  ],
];

test.each(EXCESS)(
  "POST /api/v1/runs with %s is 422 in a short answer, and starts and stores nothing",
  async (_, params) => {
    const response = await send("POST", "/api/v1/runs", { pipeline: "tuning", params });
    expect(response.status).toBe(422);
    expect((await response.text()).length).toBeLessThan(1_500);
    expect(scheduler.triggered).toEqual([]);
    expect((await store.runs.list({})).runs).toEqual([]);
    expect(errors).toEqual([]);
  },
);

test.each(EXCESS)("POST /runs of a form with %s is 422 and starts nothing", async (_, __, fields) => {
  const body = new URLSearchParams({ pipeline: "tuning", ...fields });
  const response = await app.request("/runs", { method: "POST", body, headers: { "hx-request": "true" } });
  expect(response.status).toBe(422);
  expect(scheduler.triggered).toEqual([]);
  expect(errors).toEqual([]);
});
