/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { type Context, Hono } from "hono";
import type { NoticeProps } from "../../../views/fragments/notice.tsx";
import { WebhooksPage } from "../../../views/pages/webhooks.tsx";
import type { AppDeps } from "../deps.ts";
import { formFields } from "../middleware/form.ts";
import { pageProps, readerText } from "./reader.ts";

/** Deliveries on the page, at most. */
const NEWEST = 50;

/** `/webhooks`: the configured webhooks, what was sent, and a test of each. */
export function createWebhooksRoutes(deps: AppDeps): Hono {
  const { webhooks } = deps;

  async function page(c: Context, notice: NoticeProps | null): Promise<string> {
    const props = {
      ...{ ...pageProps(c, deps.version), path: "/webhooks", notice },
      webhooks: webhooks.webhooks,
      deliveries: await webhooks.deliveries(NEWEST),
    };
    return `<!doctype html>${await WebhooksPage(props)}`;
  }

  return new Hono()
    .get("/", async (c) => c.html(await page(c, null)))
    .post("/:name/test", async (c) => {
      await formFields(c);
      const name = c.req.param("name");
      const { status, error } = await webhooks.test(name);
      const { t } = readerText(c);
      const notice: NoticeProps =
        status === "delivered"
          ? { kind: "done", message: t("webhooks.tested", { name }) }
          : { kind: "problem", message: t("webhooks.testFailed", { name, reason: error ?? "" }) };
      return c.html(await page(c, notice));
    });
}
