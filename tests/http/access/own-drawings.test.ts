import { expect, test } from "bun:test";
import { MACHINE } from "../../../src/domain/access/identity.ts";
import type { Role } from "../../../src/domain/access/role.ts";
import { asRole } from "../../support/as-role.ts";
import { createTestApp, STROKES } from "../../support/test-app.ts";

async function start(access: "accounts" | "anyone" = "accounts") {
  let now = new Date("2026-01-02T03:04:05.000Z");
  const site = await createTestApp({
    ...{ access, trust: { thisMachine: false, isProxy: () => false, isEncrypted: false } },
    clock: { now: () => now },
  });
  const store = async (headers: Record<string, string>) => {
    const response = await site.send("POST", "/api/v1/samples", { ...STROKES, label: "1" }, headers);
    return (await response.json()).id as string;
  };
  return {
    ...site,
    storeAs: store,
    as: (role: Role) => asRole(site.deps, role),
    at: (time: string) => (now = new Date(time)),
  };
}

test("a labeller changes and deletes what it has stored, and is refused what someone else has", async () => {
  const { send, as, storeAs } = await start();
  const [ann, ben] = [await as("labeller"), await as("labeller")];
  const id = await storeAs(ann);
  const change = (headers: Record<string, string>) =>
    send("PATCH", `/api/v1/samples/${id}`, { label: "7" }, headers);
  const refused = await change(ben);
  expect(refused.status).toBe(403);
  expect((await refused.json()).detail).toBe(
    "This drawing was stored by someone else. Changing it needs the role operator, and you have the role labeller",
  );
  expect((await send("DELETE", `/api/v1/samples/${id}`, undefined, ben)).status).toBe(403);
  expect((await change(ann)).status).toBe(200);
  expect((await send("DELETE", `/api/v1/samples/${id}`, undefined, ann)).status).toBe(204);
});

test("an operator changes what anyone has stored", async () => {
  const { send, as, storeAs } = await start();
  const id = await storeAs(await as("labeller"));
  const operator = await as("operator");
  expect((await send("PATCH", `/api/v1/samples/${id}`, { label: "7" }, operator)).status).toBe(200);
});

test("a visitor undoes what was drawn just now, and not what was drawn half an hour ago or by someone with a name", async () => {
  const { send, as, storeAs, at } = await start("anyone");
  const id = await storeAs({});
  const path = `/api/v1/samples/${id}`;
  expect((await send("PATCH", path, { label: "7" })).status).toBe(200);
  at("2026-01-02T03:34:06.000Z");
  expect((await send("PATCH", path, { label: "1" })).status).toBe(403);
  at("2026-01-02T03:05:00.000Z");
  expect((await send("DELETE", path)).status).toBe(204);
  const named = await storeAs(await as("labeller"));
  expect((await send("DELETE", `/api/v1/samples/${named}`)).status).toBe(403);
});

test("a drawing that does not exist is 404 for a labeller, too", async () => {
  const { send, as } = await start();
  expect((await send("DELETE", "/api/v1/samples/unknown", undefined, await as("labeller"))).status).toBe(404);
});

test("whoever is given a name that someone else had does not own what that one has stored", async () => {
  const { send, deps, at } = await start();
  const nowhere = { address: null, agent: null };
  const guest = async (name: string) => {
    const { secret } = await deps.people.invite(
      { title: "3b", role: "labeller", hours: 4, mostUses: 9 },
      MACHINE,
    );
    return { cookie: `tegaki-session=${(await deps.people.join(secret, name, nowhere)).secret}` };
  };
  const first = await guest("Ken");
  const { id } = await (await send("POST", "/api/v1/samples", { ...STROKES, label: "1" }, first)).json();
  expect((await send("PATCH", `/api/v1/samples/${id}`, { label: "7" }, first)).status).toBe(200);
  for (const session of await deps.people.store.sessions()) await deps.people.endSession(session.id, MACHINE);
  at("2026-01-02T03:10:00.000Z");
  const second = await guest("Ken");
  expect((await send("PATCH", `/api/v1/samples/${id}`, { label: "1" }, second)).status).toBe(403);
  expect((await send("DELETE", `/api/v1/samples/${id}`, undefined, second)).status).toBe(403);
});
