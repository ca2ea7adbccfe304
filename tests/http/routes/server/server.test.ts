import { expect, test } from "bun:test";
import { newRun } from "../../../storage/helpers.ts";
import { asRole } from "../../../support/as-role.ts";
import { createTestApp } from "../../../support/test-app.ts";

const OPEN_COMMAND = "tegaki serve --http 0.0.0.0:8000 --open-to-anyone";

function processOf(urls: string[] = []) {
  let quits = 0;
  const process = { urls: () => urls, openCommand: OPEN_COMMAND, quit: () => void quits++ };
  return { process, quits: () => quits };
}

const FORM = { "content-type": "application/x-www-form-urlencoded" };

test("GET /server of a local server names the command that opens it, and offers to quit", async () => {
  const { send } = await createTestApp(processOf());
  const html = await (await send("GET", "/server")).text();
  expect(html).toContain(OPEN_COMMAND);
  expect(html).toContain('action="/server/quit"');
  expect(html).not.toContain("A run is under way");
  expect(html).not.toContain('class="qr"');
});

test("GET /server says that quitting cancels the run under way", async () => {
  const { send, store } = await createTestApp(processOf());
  await store.runs.create(newRun("r"));
  await store.runs.update("r", { status: "running", startedAt: "2026-01-02T03:04:00.000Z" });
  const html = await (await send("GET", "/server")).text();
  expect(html).toContain("A run is under way. Quitting cancels it.");
});

test("GET /server of an open server has a QR code for each address, and only an admin can quit it", async () => {
  const urls = ["http://192.168.1.5:8000", "http://classroom:8000"];
  const { process, quits } = processOf(urls);
  const { send, deps } = await createTestApp({ process });
  const operator = await asRole(deps, "operator");
  const html = await (await send("GET", "/server", undefined, operator)).text();
  for (const url of urls) {
    expect(html).toContain(`href="${url}"`);
    expect(html).toContain(`QR code of ${url}`);
  }
  expect(html.match(/class="qr"/g)).toHaveLength(2);
  expect(html).not.toContain("/server/quit");
  const refused = await send("POST", "/server/quit", "", { ...FORM, ...operator });
  expect(refused.status).toBe(403);
  expect(await refused.text()).toContain("needs the role admin");
  expect(quits()).toBe(0);
});

test("POST /server/quit stops the process, with a page that needs no server; GET does not", async () => {
  const { process, quits } = processOf();
  const { send } = await createTestApp({ process });
  expect((await send("GET", "/server/quit")).status).toBe(405);
  expect(quits()).toBe(0);
  const response = await send("POST", "/server/quit", "", { ...FORM, "accept-language": "ja" });
  expect(response.status).toBe(200);
  const html = await response.text();
  expect(html).toContain("tegaki を終了しました");
  expect(html).not.toContain("<script");
  expect(quits()).toBe(1);
});

test("POST /server/quit from another site's page is refused", async () => {
  const { process, quits } = processOf();
  const { send } = await createTestApp({ process });
  const headers = { ...FORM, origin: "https://evil.example", "sec-fetch-site": "cross-site" };
  expect((await send("POST", "/server/quit", "", headers)).status).toBe(403);
  expect(quits()).toBe(0);
});

test("GET /server lists the backups with their time, reason, size and end, and says when the last attempt has failed", async () => {
  const at = "2026-01-02T03:04:00.000Z";
  const records = [
    { file: "data/backups/daily-1.zip", kind: "daily" as const, at, bytes: 1_234_000, keptUntil: at },
    { file: "/mnt/<b>.zip", kind: "manual" as const, at, bytes: 500, keptUntil: null },
  ];
  const failed = { at, reason: "the disk is full" };
  const backups = { state: async () => ({ records, nextAt: at, failed }) };
  const { send } = await createTestApp({ ...processOf(), backups });
  const html = await (await send("GET", "/server")).text();
  for (const text of [
    ...["The next one is due at Jan 2, 2026", "data/backups/daily-1.zip", "1.2 MB", "Scheduled"],
    ...[
      "/mnt/&lt;b&gt;.zip",
      "By hand",
      "someone deletes it",
      ": the disk is full. It is repeated every hour.",
    ],
  ]) {
    expect(html).toContain(text);
  }
  const { send: other } = await createTestApp(processOf());
  const empty = await (await other("GET", "/server")).text();
  expect(empty).toContain("None are scheduled.");
  expect(empty).toContain("There are none yet.");
});
