import { expect, test } from "bun:test";
import { WEBHOOK_EVENTS } from "../../src/domain/webhooks/webhook.ts";
import { createOutbox } from "../../src/webhooks/outbox.ts";
import type { Attempt } from "../../src/webhooks/send.ts";
import { FakeClock, memoryStore } from "../storage/helpers.ts";

const DELIVERED: Attempt = { isDelivered: true, status: 200, error: null };
const REFUSED: Attempt = { isDelivered: false, status: 503, error: "the receiver answered 503" };

async function outboxWith(events: readonly (typeof WEBHOOK_EVENTS)[number][] = WEBHOOK_EVENTS) {
  const clock = new FakeClock();
  const store = await memoryStore(clock);
  const sent: { id: string; type: string; data: Record<string, unknown> }[] = [];
  const answers: Attempt[] = [];
  let n = 0;
  const make = () =>
    createOutbox({
      ...{ store, clock },
      newId: () => `msg_${++n}`,
      webhooks: [
        {
          name: "team",
          url: "https://user:secret@example.org/secret?secret=1",
          secret: "x",
          events,
          allowPrivate: false,
        },
      ],
      async send(_, { id, body }) {
        sent.push({ id, ...(JSON.parse(body) as { type: string; data: Record<string, unknown> }) });
        return answers.shift() ?? DELIVERED;
      },
    });
  const outbox = make();
  await outbox.work();
  return { outbox, store, clock, sent, answers, restart: make };
}

type World = Awaited<ReturnType<typeof outboxWith>>;

async function finishRun({ store }: World, id = "r1"): Promise<void> {
  await store.runs.create({ id, pipeline: "tuning", params: {}, trigger: "cli", command: "tegaki run" });
  await store.runs.update(id, { status: "failed", error: "no drawings" });
  await store.runs.appendEvent({
    runId: id,
    at: "2026-01-02T03:04:05.000Z",
    type: "run_failed",
    error: "no drawings",
  });
}

test("work() tells of a run that ended, once", async () => {
  const world = await outboxWith();
  await finishRun(world);
  await world.outbox.work();
  await world.outbox.work();
  expect(world.sent).toEqual([
    {
      ...{ id: "msg_1", type: "run.finished" },
      timestamp: "2026-01-02T03:04:05.000Z",
      data: { run_id: "r1", pipeline: "tuning", status: "failed", model_version: null, error: "no drawings" },
    } as never,
  ]);
});

test("work() tells of what happened while no server ran, but not of what happened before the first one", async () => {
  const world = await outboxWith();
  await finishRun(world);
  await world.restart().work();
  expect(world.sent.map(({ type }) => type)).toEqual(["run.finished"]);
});

test("work() tells of a held candidate with its reason, and not of one that passed", async () => {
  const world = await outboxWith();
  const { store } = world;
  await store.runs.create({ id: "r1", pipeline: "tuning", params: {}, trigger: "cli", command: "" });
  const gate = {
    passed: false,
    verdict: "held" as const,
    summary: { detail: "31 of 97 are renamed" },
    checks: [],
  };
  const event = {
    runId: "r1",
    at: "2026-01-02T03:04:05.000Z",
    type: "gate" as const,
    node: null,
    isPromoted: false,
  };
  await store.runs.appendEvent({ ...event, gate, modelVersion: 2 });
  await store.runs.appendEvent({
    ...event,
    gate: { ...gate, passed: true, verdict: "better" },
    modelVersion: 3,
  });
  await world.outbox.work();
  expect(world.sent.map(({ type, data }) => [type, data])).toEqual([
    ["gate.held", { run_id: "r1", model_version: 2, reason: "31 of 97 are renamed" }],
  ]);
});

test("work() retries with growing pauses under the same id, and gives up after nine attempts", async () => {
  const world = await outboxWith();
  world.answers.push(...new Array<Attempt>(9).fill(REFUSED));
  await finishRun(world);
  await world.outbox.work();
  const pauses: number[] = [];
  for (;;) {
    const [delivery] = await world.outbox.deliveries(1);
    if (delivery!.nextAt === null) break;
    pauses.push((Date.parse(delivery!.nextAt) - world.clock.timeMs) / 1000);
    world.clock.timeMs = Date.parse(delivery!.nextAt) - 1;
    await world.outbox.work();
    expect(world.sent.length).toBe(pauses.length);
    world.clock.timeMs += 1;
    await world.outbox.work();
  }
  expect(pauses).toEqual([5, 30, 120, 600, 1800, 7200, 28800, 61200]);
  expect(new Set(world.sent.map(({ id }) => id))).toEqual(new Set(["msg_1"]));
  expect(world.sent.length).toBe(9);
  expect((await world.outbox.deliveries(1))[0]).toMatchObject({
    ...{ status: "failed", attempts: 9, responseStatus: 503, error: "the receiver answered 503" },
  });
});

test("work() delivers later when the receiver is back, and stops then", async () => {
  const world = await outboxWith();
  world.answers.push(REFUSED);
  await finishRun(world);
  await world.outbox.work();
  world.clock.timeMs += 5_000;
  await world.outbox.work();
  expect((await world.outbox.deliveries(1))[0]).toMatchObject({
    status: "delivered",
    attempts: 2,
    error: null,
  });
});

test("a webhook receives only the events that it asks for, and always its test", async () => {
  const world = await outboxWith(["drift.detected"]);
  await finishRun(world);
  await world.outbox.add({
    event: "drift.detected",
    at: "2026-01-02T03:04:05.000Z",
    data: { figure: "ink" },
  });
  await world.outbox.work();
  expect(await world.outbox.test("team")).toMatchObject({
    event: "webhook.test",
    status: "delivered",
    attempts: 1,
  });
  expect(world.sent.map(({ type }) => type)).toEqual(["drift.detected", "webhook.test"]);
  expect(world.outbox.test("nobody")).rejects.toThrow('There is no webhook "nobody" in server.yml');
});

test("the outbox names webhooks without their secrets", async () => {
  const { outbox } = await outboxWith();
  expect(JSON.stringify(outbox.webhooks)).not.toContain("secret");
  expect(outbox.webhooks[0]!.url).toBe("https://example.org/…");
});
