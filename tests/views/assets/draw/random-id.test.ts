import { afterEach, expect, test } from "bun:test";
import { randomId } from "../../../../views/assets/draw/random-id.ts";

const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const { randomUUID } = crypto;

afterEach(() => {
  crypto.randomUUID = randomUUID;
});

test("randomId() returns a different UUID each time", () => {
  const ids = new Set(Array.from({ length: 100 }, randomId));
  expect(ids.size).toBe(100);
  for (const id of ids) expect(id).toMatch(UUID_V4);
});

test("randomId() returns UUIDs where crypto.randomUUID does not exist, as over plain HTTP", () => {
  Reflect.set(crypto, "randomUUID", undefined);
  const [a, b] = [randomId(), randomId()];
  expect(a).toMatch(UUID_V4);
  expect(b).not.toBe(a);
});
