/** The events that webhooks can receive. */
export const WEBHOOK_EVENTS = [
  "run.finished",
  "model.promoted",
  "gate.held",
  "model.rolled_back",
  "drift.detected",
] as const;
/** An event that webhooks can receive. */
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

/** The event of the test button; every webhook receives it, whatever events it has asked for. */
export const TEST_EVENT = "webhook.test";

/** Something that has happened. */
export interface WebhookMessage {
  event: WebhookEvent | typeof TEST_EVENT;
  /** When it happened: ISO 8601, UTC. */
  at: string;
  /** In the form in which it is sent: names as in the API. */
  data: Readonly<Record<string, unknown>>;
}

/** The delivery of a message to one webhook, as it is stored. Times are ISO 8601, UTC. */
export interface WebhookDelivery {
  /** The same for every attempt: a receiver knows by it what it has received before. */
  id: string;
  /** The webhook's name in server.yml. */
  webhook: string;
  event: string;
  /** The body as it is sent: JSON. */
  body: string;
  status: "pending" | "delivered" | "failed";
  attempts: number;
  /** When the next attempt is due; null when there is none. */
  nextAt: string | null;
  /** The HTTP status of the last answer; null without one. */
  responseStatus: number | null;
  /** The reason why the last attempt failed. */
  error: string | null;
  createdAt: string;
  updatedAt: string;
}
