import { QUEUE_ORDERS, type QueueOrder } from "../../../domain/queue/order.ts";
import type { QueueScoring } from "../../../domain/queue/queue-scoring.ts";
import { ConflictError } from "../../../lib/errors.ts";
import { type Saying, saying } from "../../../lib/saying.ts";

/** An order that is not offered now, with the reason. */
export interface RefusedOrder {
  order: QueueOrder;
  reason: string;
}

type Versions = ReturnType<QueueScoring["versions"]>;

/** Returns the orders that are offered, and those that are not. */
export function ordersFor(versions: Versions): { offered: QueueOrder[]; refused: RefusedOrder[] } {
  const refused = QUEUE_ORDERS.flatMap((order) => {
    const reason = refusalOf(order, versions);
    return reason === null ? [] : [{ order, reason: reason.message }];
  });
  const offered = QUEUE_ORDERS.filter((order) => !refused.some((one) => one.order === order));
  return { offered, refused };
}

/** @throws {ConflictError} for an order that is not offered, with the reason and those that are. */
export function requireOffered(order: QueueOrder, versions: Versions): void {
  const reason = refusalOf(order, versions);
  if (reason === null) return;
  const offered = ordersFor(versions).offered.join(", ");
  const message = `"${order}" is not offered: ${reason.message}. Offered: ${offered}`;
  throw new ConflictError(`order: ${message}`, {
    says: saying("queue.orderNotOffered", { order, reason: reason.says, offered }),
  });
}

function refusalOf(
  order: QueueOrder,
  { live, compared }: Versions,
): { message: string; says: Saying } | null {
  if (order === "newest" || order === "diversity") return null;
  if (live === null) {
    const message = "there is no model yet that could score the drawings";
    return { message, says: saying("queue.order.noModel") };
  }
  if (order !== "disagreement" || compared !== null) return null;
  const message = "there is only one model version, so there is nothing to compare it with";
  return { message, says: saying("queue.order.oneVersion") };
}
