import { expect, test } from "bun:test";
import { Hono } from "hono";
import { actorOf, whoActs } from "../../../src/http/access/identity.ts";

async function actorWith(access: "local" | "anyone"): Promise<unknown> {
  const app = new Hono().use(whoActs(access)).get("/", (c) => c.json(actorOf(c)));
  return (await app.request("/")).json();
}

test("actorOf() is this machine's user on a local server, and a visitor on an open one", async () => {
  expect(await actorWith("local")).toEqual({ kind: "local", name: null });
  expect(await actorWith("anyone")).toEqual({ kind: "session", name: null });
});
