import { Hono } from "hono";
import * as v from "valibot";
import { WEBHOOK_EVENTS, type WebhookDelivery } from "../../domain/webhooks/webhook.ts";
import type { AppDeps } from "../deps.ts";
import { describe } from "./describe.ts";
import { atMost, jsonBody, pathParams, strict } from "./validate.ts";

/** Deliveries in an answer, at most. */
const NEWEST = 100;

const DeliverySchema = v.pipe(
  v.object({
    id: v.string(),
    webhook: v.string(),
    event: v.string(),
    status: v.picklist(["pending", "delivered", "failed"]),
    attempts: v.number(),
    next_at: v.nullable(v.string()),
    response_status: v.nullable(v.number()),
    error: v.nullable(v.string()),
    created_at: v.string(),
  }),
  v.metadata({ ref: "WebhookDelivery" }),
);

const WebhooksSchema = v.object({
  webhooks: v.array(
    v.object({
      name: v.string(),
      url: v.string(),
      events: v.array(v.picklist(WEBHOOK_EVENTS)),
      allow_private: v.boolean(),
    }),
  ),
  deliveries: v.pipe(v.array(DeliverySchema), v.description(`The newest ${NEWEST}, the newest first`)),
});

const NameParam = v.object({ name: v.pipe(v.string(), atMost(200)) });

/** `/webhooks`: the configured webhooks with their newest deliveries, and a test of each. */
export function createWebhooksApi({ webhooks }: Pick<AppDeps, "webhooks">): Hono {
  const api = new Hono();

  api.get(
    "/",
    describe({
      id: "listWebhooks",
      tag: "Webhooks",
      summary: "The webhooks of server.yml, and their newest deliveries",
      answers: { 200: { description: "Without secrets", schema: WebhooksSchema } },
    }),
    async (c) => {
      const deliveries = await webhooks.deliveries(NEWEST);
      return c.json({
        webhooks: webhooks.webhooks.map(({ name, url, events, allowPrivate }) => ({
          ...{ name, url, events: [...events] },
          allow_private: allowPrivate,
        })),
        deliveries: deliveries.map(deliveryJson),
      } satisfies v.InferOutput<typeof WebhooksSchema>);
    },
  );

  api.post(
    "/:name/test",
    describe({
      id: "testWebhook",
      tag: "Webhooks",
      summary: "Send a test event now",
      answers: {
        200: {
          description: "The delivery after its first attempt; a failed one is retried",
          schema: DeliverySchema,
        },
      },
      errors: [400, 404, 413, 415, 422, 503, 507],
    }),
    pathParams(NameParam),
    jsonBody(strict({})),
    async (c) => c.json(deliveryJson(await webhooks.test(c.req.valid("param").name))),
  );

  return api;
}

function deliveryJson(delivery: WebhookDelivery): v.InferOutput<typeof DeliverySchema> {
  return {
    id: delivery.id,
    webhook: delivery.webhook,
    event: delivery.event,
    status: delivery.status,
    attempts: delivery.attempts,
    next_at: delivery.nextAt,
    response_status: delivery.responseStatus,
    error: delivery.error,
    created_at: delivery.createdAt,
  };
}
