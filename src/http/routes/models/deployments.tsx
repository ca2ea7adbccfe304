/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { Hono } from "hono";
import { DeploymentsContent, DeploymentsPage } from "../../../../views/pages/deployments.tsx";
import { type Period, parsePeriod } from "../../../lib/period.ts";
import type { AppDeps } from "../../deps.ts";
import { isHtmx, pageProps, readerTimeZone } from "../reader.ts";
import { gatesOf } from "./gates.ts";

const ROWS_A_PAGE = 50;

/** `/models/deployments`: the log, and what answered on a day. */
export function createDeploymentsRoute(deps: AppDeps): Hono {
  return new Hono().get("/deployments", async (c) => {
    const { on = "", before } = c.req.query();
    const during = dayOf(on, readerTimeZone(c));
    const id = before !== undefined && /^[1-9]\d{0,14}$/.test(before) ? Number(before) : undefined;
    const log = await deps.registry.deploymentLog({
      limit: ROWS_A_PAGE + 1,
      ...(during === null ? {} : { during }),
      ...(id === undefined ? {} : { before: id }),
    });
    const page = log.slice(0, ROWS_A_PAGE);
    const props = {
      ...pageProps(c, deps.version),
      deployments: page,
      gates: await gatesOf(
        deps,
        page.map(({ version }) => version),
      ),
      on,
      during,
      nextBefore: log.length > page.length ? page.at(-1)!.id : null,
      isFirstPage: id === undefined,
    };
    if (isHtmx(c)) return c.html(<DeploymentsContent {...props} />);
    return c.html(`<!doctype html>${await DeploymentsPage(props)}`);
  });
}

/** The day in the reader's time zone; null when it is not a day. A browser may send a zone that is not known here. */
function dayOf(on: string, zone: string | undefined): Period | null {
  return (zone === undefined ? null : parsePeriod(on, zone)) ?? parsePeriod(on, "UTC");
}
