import type { WebhookDelivery } from "./webhook.ts";

/** Deliveries that wait, and the newest of those that ended. */
export interface WebhookStore {
  /**
   * Adds deliveries, and moves the cursor of their source, in one transaction: what happened is delivered once, whether
   * or not the server ran at the time.
   */
  enqueue(
    deliveries: readonly Pick<WebhookDelivery, "id" | "webhook" | "event" | "body" | "createdAt">[],
    cursor?: { source: string; position: number },
  ): Promise<void>;
  /** Returns how far a source has been read; null before the first time. */
  cursor(source: string): Promise<number | null>;
  /** Returns the deliveries that are due, the oldest first. */
  due(now: string, limit: number): Promise<WebhookDelivery[]>;
  update(
    id: string,
    change: Pick<
      WebhookDelivery,
      "status" | "attempts" | "nextAt" | "responseStatus" | "error" | "updatedAt"
    >,
  ): Promise<void>;
  /** Newest first. */
  list(limit: number): Promise<WebhookDelivery[]>;
}
