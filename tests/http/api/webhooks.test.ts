import { expect, test } from "bun:test";
import type { WebhookDelivery } from "../../../src/domain/webhooks/webhook.ts";
import type { AppDeps } from "../../../src/http/deps.ts";
import { NotFoundError } from "../../../src/lib/errors.ts";
import { createTestApp } from "../../support/test-app.ts";

const DELIVERY: WebhookDelivery = {
  ...{ id: "msg_1", webhook: "team", event: "webhook.test", body: "{}", status: "pending", attempts: 1 },
  ...{ nextAt: "2026-01-02T03:04:10.000Z", responseStatus: 503, error: "<b>down</b>" },
  ...{ createdAt: "2026-01-02T03:04:05.000Z", updatedAt: "2026-01-02T03:04:05.000Z" },
};
const WEBHOOKS: AppDeps["webhooks"] = {
  webhooks: [{ name: "team", url: "https://example.org/", events: ["gate.held"], allowPrivate: false }],
  deliveries: async () => [DELIVERY],
  async test(name) {
    if (name !== "team") throw new NotFoundError(`There is no webhook "${name}" in server.yml`);
    return DELIVERY;
  },
};

test("GET /webhooks lists webhooks and deliveries, in the API's names", async () => {
  const { app } = await createTestApp({ webhooks: WEBHOOKS });
  const response = await app.request("/api/v1/webhooks");
  expect(await response.json()).toEqual({
    webhooks: [{ name: "team", url: "https://example.org/", events: ["gate.held"], allow_private: false }],
    deliveries: [
      {
        ...{ id: "msg_1", webhook: "team", event: "webhook.test", status: "pending", attempts: 1 },
        ...{ next_at: "2026-01-02T03:04:10.000Z", response_status: 503, error: "<b>down</b>" },
        created_at: "2026-01-02T03:04:05.000Z",
      },
    ],
  });
});

test("POST /webhooks/{name}/test answers with the delivery, and 404 for an unknown name", async () => {
  const { send } = await createTestApp({ webhooks: WEBHOOKS });
  const tested = await send("POST", "/api/v1/webhooks/team/test", {});
  expect([tested.status, ((await tested.json()) as { error: string }).error]).toEqual([200, "<b>down</b>"]);
  expect((await send("POST", "/api/v1/webhooks/nobody/test", {})).status).toBe(404);
});

test("the page shows webhooks and deliveries, escapes answers, and tells the result of a test", async () => {
  const { app } = await createTestApp({ webhooks: WEBHOOKS });
  const page = await (await app.request("/webhooks")).text();
  expect(page).toContain("https://example.org/");
  expect(page).toContain("&lt;b&gt;down&lt;/b&gt;");
  const tested = await app.request("/webhooks/team/test", {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" },
    body: "",
  });
  expect(tested.status).toBe(200);
  expect(await tested.text()).toContain("The test was not delivered to team");
});

test("the page says that no webhook is configured", async () => {
  const { app } = await createTestApp();
  expect(await (await app.request("/webhooks")).text()).toContain("No webhook is configured");
});
