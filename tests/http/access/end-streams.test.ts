import { expect, test } from "bun:test";
import { MACHINE } from "../../../src/domain/access/identity.ts";
import { createTestApp } from "../../support/test-app.ts";

/** A server on whose clock time passes only when it is told, so that what is remembered of a token is forgotten. */
async function start() {
  let nowMs = 0;
  const site = await createTestApp({ monotonicMs: () => nowMs });
  const { token, secret } = await site.deps.people.addToken(
    { name: "app", role: "viewer", days: null },
    MACHINE,
  );
  const open = () =>
    site.app.request("/events?view=draw", { headers: { authorization: `Bearer ${secret}` } });
  return { ...site, token, open, pass: (ms: number) => (nowMs += ms) };
}

async function readsUntilEnd(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  most: number,
): Promise<boolean> {
  for (let i = 0; i < most; i++) if ((await reader.read()).done) return true;
  return false;
}

test("an event stream is sent for as long as its token works", async () => {
  const { open } = await start();
  const response = await open();
  expect(response.status).toBe(200);
  const reader = response.body!.getReader();
  expect((await reader.read()).done).toBe(false);
  await reader.cancel();
});

test("an event stream ends with the next message after its token was revoked, and cannot be opened again", async () => {
  const { deps, open, token, send } = await start();
  const reader = (await open()).body!.getReader();
  expect((await reader.read()).done).toBe(false);
  await deps.people.revokeToken(token.id, MACHINE);
  // Something for the stream to tell.
  await send("POST", "/api/v1/samples", {
    width: 200,
    height: 200,
    strokes: [
      [
        [60, 40],
        [140, 40],
        [90, 160],
      ],
    ],
    label: "1",
  });
  expect(await readsUntilEnd(reader, 3)).toBe(true);
  expect((await open()).status).toBe(401);
}, 20_000);

test("a stream disables what its reader may not do, as the page does", async () => {
  const { app, deps, store } = await createTestApp();
  await store.runs.create({
    ...{
      id: "r1",
      pipeline: "tuning",
      params: {},
      trigger: "page",
      command: "tegaki run",
      startedBy: MACHINE.actor,
    },
  });
  await store.runs.update("r1", { status: "running", startedAt: "2026-01-02T03:04:00.000Z" });
  const first = async (role: "viewer" | "operator") => {
    const { secret } = await deps.people.addToken({ name: role, role, days: null }, MACHINE);
    const headers = { authorization: `Bearer ${secret}` };
    const reader = (await app.request("/events?view=run&id=r1", { headers })).body!.getReader();
    const { value } = await reader.read();
    await reader.cancel();
    return new TextDecoder().decode(value);
  };
  const [viewer, operator] = [await first("viewer"), await first("operator")];
  expect(viewer).toContain('data-needs-role="operator"');
  expect(operator).toContain("<button");
  expect(operator).not.toContain("data-needs-role");
});
