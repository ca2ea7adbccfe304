/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { WebhookDelivery } from "../../src/domain/webhooks/webhook.ts";
import { Notice, type NoticeProps } from "../fragments/notice.tsx";
import { Page, type PageProps } from "../layout/page.tsx";

/** The properties of the Webhooks page. */
export interface WebhooksPageProps extends PageProps {
  webhooks: readonly { name: string; url: string; events: readonly string[] }[];
  /** Newest first. */
  deliveries: readonly WebhookDelivery[];
  /** The result of a test; null without one. */
  notice: NoticeProps | null;
}

/** The configured webhooks with a test of each, and what was sent. */
export function WebhooksPage(props: WebhooksPageProps) {
  const { text, webhooks, deliveries, notice } = props;
  const { t } = text;
  return (
    <Page {...props} title={t("webhooks.title")}>
      <div class="page-head">
        <div>
          <h1>{t("webhooks.title")}</h1>
          <p>{t("webhooks.lead")}</p>
        </div>
      </div>
      <div class="stack">
        {notice === null ? null : <Notice notice={notice} />}
        {webhooks.length === 0 ? <p class="sheet soft">{t("webhooks.none")}</p> : null}
        {webhooks.map(({ name, url, events }) => (
          <section class="sheet">
            <h2>{name}</h2>
            <dl class="facts">
              <dt>{t("webhooks.url")}</dt>
              <dd>
                <code>{url}</code>
              </dd>
              <dt>{t("webhooks.events")}</dt>
              <dd>{events.join(t("text.comma"))}</dd>
            </dl>
            <form method="post" action={`/webhooks/${encodeURIComponent(name)}/test`}>
              <button class="button" type="submit">
                {t("webhooks.test")}
              </button>
            </form>
          </section>
        ))}
        <Deliveries {...props} deliveries={deliveries} />
      </div>
    </Page>
  );
}

function Deliveries({ text, deliveries }: WebhooksPageProps) {
  const { t } = text;
  if (deliveries.length === 0) return <p class="sheet soft">{t("webhooks.noLog")}</p>;
  const columns = ["time", "name", "event", "status", "attempts", "answer", "next"] as const;
  return (
    <section class="sheet">
      <div class="table-wrap" tabindex={0}>
        <table class="cards">
          <caption>{t("webhooks.log")}</caption>
          <thead>
            <tr>
              {columns.map((column) => (
                <th scope="col">{t(`webhooks.column.${column}`)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {deliveries.map((delivery) => (
              <tr>
                <td data-label={t("webhooks.column.time")}>{text.dateTime(delivery.createdAt)}</td>
                <td data-label={t("webhooks.column.name")}>{delivery.webhook}</td>
                <td data-label={t("webhooks.column.event")}>{delivery.event}</td>
                <td data-label={t("webhooks.column.status")}>{t(`webhooks.status.${delivery.status}`)}</td>
                <td data-label={t("webhooks.column.attempts")}>{text.number(delivery.attempts)}</td>
                <td data-label={t("webhooks.column.answer")}>
                  {delivery.error ?? delivery.responseStatus ?? ""}
                </td>
                <td data-label={t("webhooks.column.next")}>
                  {delivery.nextAt === null ? "" : text.dateTime(delivery.nextAt)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
