/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Context } from "hono";
import type { OrderChoice } from "../../../../views/fragments/queue/queue-order.tsx";
import type { Text } from "../../../../views/i18n/text.ts";
import { UnlabelledPage } from "../../../../views/pages/unlabelled.tsx";
import { QUEUE_ORDERS } from "../../../domain/queue/order.ts";
import { ordersFor } from "../../api/queue/orders.ts";
import type { AppDeps } from "../../deps.ts";
import { pageProps } from "../reader.ts";

/** The queue of unlabelled drawings as a page. Its drawings come from the API. */
export async function unlabelledPage(c: Context, deps: AppDeps): Promise<Response> {
  const page = pageProps(c, deps.version);
  const { unlabelled } = await deps.store.queue.counts();
  const props = {
    ...page,
    classes: deps.classes,
    hasModel: deps.scoring.versions().live !== null,
    unlabelled,
    orders: ordersIn(page.text, deps),
    leaseMs: deps.labelling().leaseMs,
  };
  return c.html(`<!doctype html>${await UnlabelledPage(props)}`);
}

/** The orders with the reason why one is not offered, in the reader's language. */
function ordersIn({ t }: Text, { scoring }: Pick<AppDeps, "scoring">): OrderChoice[] {
  const versions = scoring.versions();
  const { offered } = ordersFor(versions);
  const reason = t(versions.live === null ? "queue.order.noModel" : "queue.order.oneModel");
  return QUEUE_ORDERS.map((order) => ({ order, off: offered.includes(order) ? null : reason }));
}
