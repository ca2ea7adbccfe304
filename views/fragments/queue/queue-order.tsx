/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { QueueOrder } from "../../../src/domain/queue/order.ts";
import type { Text } from "../../i18n/text.ts";

/** An order of the queue. */
export interface OrderChoice {
  order: QueueOrder;
  /** Why it is not offered now, in the reader's language; null when it is. */
  off: string | null;
}

/** The order in which drawings come; one that is not offered says why. */
export function OrderField({ text: { t }, orders }: { text: Text; orders: readonly OrderChoice[] }) {
  const first = orders.find(({ off }) => off === null)?.order;
  return (
    <div class="field queue-order">
      <label for="queue-order">{t("queue.order")}</label>
      <select id="queue-order" autocomplete="off">
        {orders.map(({ order, off }) => (
          <option value={order} disabled={off !== null} selected={order === first}>
            {off === null
              ? t(`queue.order.${order}`)
              : t("queue.order.off", { order: t(`queue.order.${order}`), reason: off })}
          </option>
        ))}
      </select>
    </div>
  );
}
