import { expect, test } from "bun:test";
import type { EventFeed } from "../../../src/domain/runs/run-event.ts";
import { storedEvent } from "../../support/run-events.ts";
import { createTestApp } from "../../support/test-app.ts";

/** A clock that moves on at each look, so that nothing is taken for fresh. */
function movingClock() {
  let ms = Date.parse("2026-01-02T03:04:05.000Z");
  return {
    now() {
      ms += 1000;
      return new Date(ms);
    },
  };
}

/** Reads messages one by one; `next` gives the text of one message. */
function messagesOf(response: Response) {
  const reader = response.body!.getReader();
  const decoder = new TextDecoder();
  let text = "";
  return {
    async next(): Promise<string> {
      for (;;) {
        const end = text.indexOf("\n\n");
        if (end >= 0) {
          const message = text.slice(0, end);
          text = text.slice(end + 2);
          return message;
        }
        const { done, value } = await reader.read();
        if (done) return "end of stream";
        text += decoder.decode(value, { stream: true });
      }
    },
    close: () => reader.cancel(),
  };
}

test("GET /events?view=draw sends the strip at once and again when labels arrive", async () => {
  const { app, scheduler } = await createTestApp({ clock: movingClock() });
  scheduler.newSamples = 1;
  const response = await app.request("/events?view=draw");
  expect(response.headers.get("content-type")).toStartWith("text/event-stream");
  const messages = messagesOf(response);
  expect(await messages.next()).toContain("1 of 500 new labels");
  scheduler.newSamples = 2;
  expect(await messages.next()).toContain("2 of 500 new labels");
  await messages.close();
});

test("GET /events stops listening when the page is left", async () => {
  const left = Promise.withResolvers<string>();
  const events: EventFeed = { subscribe: () => () => left.resolve("unsubscribed") };
  const { app } = await createTestApp({ clock: movingClock(), events });
  const messages = messagesOf(await app.request("/events?view=draw"));
  await messages.next();
  await messages.close();
  expect(await left.promise).toBe("unsubscribed");
});

test("GET /events?view=run follows a run and says when it is over", async () => {
  const { app, store, events } = await createTestApp({ clock: movingClock() });
  await store.runs.create({ id: "run-1", pipeline: "tuning", params: {}, trigger: "page", command: "" });
  await store.runs.update("run-1", { status: "running", startedAt: "2026-01-02T03:04:00.000Z" });
  const messages = messagesOf(await app.request("/events?view=run&id=run-1"));
  expect(await messages.next()).toContain("Running");
  const at = "2026-01-02T03:05:00.000Z";
  await store.runs.update("run-1", { status: "done", finishedAt: at });
  events.emit(await store.runs.appendEvent(storedEvent("run_done", null, {}, { runId: "run-1", at })));
  expect(await messages.next()).toContain("Done");
  expect(await messages.next()).toBe("event: over\ndata: ");
  expect(await messages.next()).toBe("end of stream");
});

test("GET /events?view=runs and view=models send their lists", async () => {
  const { app } = await createTestApp();
  for (const [view, text] of [
    ["runs", "No runs yet"],
    ["models", 'id="models"'],
  ]) {
    const messages = messagesOf(await app.request(`/events?view=${view}`));
    expect(await messages.next()).toContain(text!);
    await messages.close();
  }
});

test("GET /events answers 404 for an unknown run and 400 for an unknown view", async () => {
  const { app } = await createTestApp();
  expect((await app.request("/events?view=run&id=none")).status).toBe(404);
  expect((await app.request("/events?view=else")).status).toBe(400);
});

test("GET /events?view=model follows which version is live, and is 404 for one that does not exist", async () => {
  const { app, registry } = await createTestApp({ clock: movingClock() });
  const messages = messagesOf(await app.request("/events?view=model&version=1"));
  const first = await messages.next();
  expect(first).toContain("tag-live");
  expect(first).not.toContain("/promote");
  registry.championVersion = 2;
  const second = await messages.next();
  expect(second).not.toContain("tag-live");
  expect(second).toContain('action="/models/1/promote"');
  await messages.close();
  for (const version of ["9", "x", ""]) {
    expect((await app.request(`/events?view=model&version=${version}`)).status).toBe(404);
  }
});

test("GET /events?view=draw names the live version, also after a hot swap", async () => {
  const { app, predictor } = await createTestApp({ clock: movingClock() });
  const messages = messagesOf(await app.request("/events?view=draw"));
  expect(await messages.next()).toContain('data-live="1"');
  predictor.model = null;
  expect(await messages.next()).toContain('data-live=""');
  await messages.close();
});
