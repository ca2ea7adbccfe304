/** @jsxRuntime automatic @jsxImportSource hono/jsx */

import { Hono } from "hono";
import { MonitoringContent, MonitoringPage } from "../../../../views/pages/monitoring.tsx";
import { WINDOWS } from "../../../domain/monitoring/windows.ts";
import type { AppDeps } from "../../deps.ts";
import { notOneOf } from "../../expected.ts";
import { isHtmx, pageProps, readerText } from "../reader.ts";

/** `/monitoring`: what the predictions and labels of a window show. */
export function createMonitoringRoute(deps: Pick<AppDeps, "monitor" | "version">): Hono {
  return new Hono().get("/", async (c) => {
    const given = c.req.query("window") ?? "24h";
    const window = WINDOWS.find((one) => one === given);
    if (window === undefined) throw notOneOf("window", WINDOWS, c.req.query("window"));
    const overview = await deps.monitor.overview(window);
    if (isHtmx(c)) return c.html(<MonitoringContent text={readerText(c)} overview={overview} />);
    return c.html(
      `<!doctype html>${await (<MonitoringPage {...pageProps(c, deps.version)} overview={overview} />)}`,
    );
  });
}
