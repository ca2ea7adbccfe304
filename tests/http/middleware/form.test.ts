import { expect, test } from "bun:test";
import fc from "fast-check";
import { createTestApp } from "../../support/test-app.ts";

const FORMS = [
  "/runs",
  "/runs/r1/cancel",
  "/pipelines",
  "/models/1/promote",
  "/models/trials/start",
  "/models/trials/replay",
  "/models/trials/1/stop",
  "/notices/1/acknowledge",
  "/models/rollback",
  "/language",
];
const { app, store, errors, scheduler } = await createTestApp();
const TYPE = "multipart/form-data; boundary=x";

async function post(path: string, type: string, body: string | Uint8Array<ArrayBuffer>): Promise<Response> {
  scheduler.runningRunId = null;
  return app.request(path, { method: "POST", headers: { "content-type": type }, body });
}

const MALFORMED: readonly (readonly [string, string, string])[] = [
  ["no boundary", "multipart/form-data", "hello"],
  ["a boundary that is not in the body", TYPE, "hello"],
  ["an empty body", TYPE, ""],
  ["no last boundary", TYPE, '--x\r\nContent-Disposition: form-data; name="pipeline"\r\n\r\ntuning'],
  ["a part without a header", TYPE, "--x\r\n\r\ntuning\r\n--x--\r\n"],
  [
    "a file for a field",
    TYPE,
    '--x\r\nContent-Disposition: form-data; name="pipeline"; filename="a"\r\n\r\ntuning\r\n--x--\r\n',
  ],
  [
    "a list for a field",
    TYPE,
    '--x\r\nContent-Disposition: form-data; name="pipeline[]"\r\n\r\ntuning\r\n--x--\r\n',
  ],
];

for (const path of FORMS) {
  test.each(MALFORMED)(
    `POST ${path} of multipart with %s is refused as the sender's error`,
    async (_, type, body) => {
      const { status } = await post(path, type, body);
      expect(status).toBe(400);
      expect(errors).toEqual([]);
    },
  );
}

test("POST of a well-formed multipart form does what the URL-encoded one does", async () => {
  const body = '--x\r\nContent-Disposition: form-data; name="pipeline"\r\n\r\ntuning\r\n--x--\r\n';
  const [multipart, encoded] = [
    await post("/runs", TYPE, body),
    await post("/runs", "application/x-www-form-urlencoded", "pipeline=tuning"),
  ];
  expect([multipart.status, encoded.status]).toEqual([303, 303]);
});

test("no form route answers any multipart body with 5xx", async () => {
  const part = fc.constantFrom(
    ...[
      "--x",
      "--x--",
      "\r\n",
      "\n",
      "\0",
      "Content-Disposition: form-data",
      '; name="pipeline"',
      '; filename="f"',
    ],
    ..."; name=pipeline|Content-Type: text/plain|tuning|\xff\xfe".split("|"),
  );
  const body = fc.oneof(
    fc.array(part, { maxLength: 30 }).map((parts) => new TextEncoder().encode(parts.join(""))),
    fc.uint8Array({ maxLength: 300 }).map((bytes) => new Uint8Array(bytes)),
  );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...FORMS), body, async (path, bytes) => {
      expect((await post(path, TYPE, bytes)).status).toBeLessThan(500);
    }),
    { seed: 20261128, numRuns: 500 },
  );
  await store.close();
});
