import { expect, test } from "bun:test";
import { MACHINE } from "../../../src/domain/access/identity.ts";
import { createTestApp } from "../../support/test-app.ts";

const CLOSED = {
  access: "accounts" as const,
  trust: { thisMachine: false, isProxy: () => false, isEncrypted: false },
};
const NOWHERE = { address: null, agent: null };

/** Someone with a session, and a request of theirs whose body waits. */
async function start(role: "admin" | "labeller") {
  const site = await createTestApp(CLOSED);
  const { people } = site.deps;
  await people.choosePassword(
    (await people.addAccount({ name: "Ada", role: "admin" }, MACHINE)).secret,
    "four words of iron",
    NOWHERE,
  );
  const { account, secret } = await people.addAccount({ name: "Eve", role }, MACHINE);
  const begun = await people.choosePassword(secret, "four words of iron", NOWHERE);
  const waiting = (path: string, body: string, type: string) => {
    const sent = Promise.withResolvers<void>();
    const stream = new ReadableStream<Uint8Array>({
      async pull(controller) {
        await sent.promise;
        controller.enqueue(new TextEncoder().encode(body));
        controller.close();
      },
    });
    const response = Promise.resolve(
      site.app.request(path, {
        ...{ method: "POST", body: stream, duplex: "half" as const },
        headers: {
          cookie: `tegaki-session=${begun.secret}`,
          "content-type": type,
          "transfer-encoding": "chunked",
        },
      }),
    );
    return { response, send: sent.resolve };
  };
  return { ...site, people, account, waiting };
}

const FORM = "application/x-www-form-urlencoded";

test.each(["removed", "disabled", "given a lesser role", "logged out"])(
  "an admin who is %s while the body of a request is on its way changes nothing with it",
  async (how) => {
    const { people, account, waiting } = await start("admin");
    const request = waiting("/people", "name=Mallory&role=admin", FORM);
    await Bun.sleep(1);
    if (how === "removed") await people.removeAccount(account.id, MACHINE);
    if (how === "disabled") await people.changeAccount(account.id, { isDisabled: true }, MACHINE);
    if (how === "given a lesser role") await people.changeAccount(account.id, { role: "viewer" }, MACHINE);
    if (how === "logged out") {
      const session = (await people.store.sessions(account.id))[0]!;
      await people.endSession(session.id, MACHINE);
    }
    request.send();
    expect((await request.response).status).toBe(how === "given a lesser role" ? 403 : 401);
    expect((await people.store.accounts()).map(({ name }) => name)).not.toContain("Mallory");
  },
);

test("a labeller who is removed meanwhile stores no drawing", async () => {
  const { people, account, waiting, store } = await start("labeller");
  const body = JSON.stringify({
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
  const request = waiting("/api/v1/samples", body, "application/json");
  await Bun.sleep(1);
  await people.removeAccount(account.id, MACHINE);
  request.send();
  expect((await request.response).status).toBe(401);
  expect((await store.samples.stats()).total).toBe(0);
});

test("a request whose sender is still the same is handled, with its body", async () => {
  const { people, waiting } = await start("admin");
  const request = waiting("/people", "name=Mallory&role=viewer", FORM);
  await Bun.sleep(1);
  request.send();
  expect((await request.response).status).toBe(200);
  expect((await people.store.accounts()).map(({ name }) => name)).toContain("Mallory");
});
