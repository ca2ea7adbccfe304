/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { Hono } from "hono";
import { AgreementPage } from "../../../../views/pages/agreement.tsx";
import type { AppDeps } from "../../deps.ts";
import { readAgreement, readLabellers } from "../../labellers.ts";
import { pageProps } from "../reader.ts";
import { sharedFor } from "../shared.ts";

/** Many open pages cost the store as much as one. */
const MAX_AGE_MS = 10_000;

/** `/label/agreement`: how far those who label agree. */
export function createAgreementRoute({
  store,
  clock,
  labelling,
  version,
  ...reach
}: Pick<AppDeps, "store" | "clock" | "labelling" | "version" | keyof SeenDeps>): Hono {
  const read = sharedFor(clock, MAX_AGE_MS, () => Promise.all([readAgreement(store), readLabellers(store)]));
  return new Hono().get("/", async (c) => {
    const [report, labellers] = await read();
    const agreement = { report, shares: labelling().shares };
    const props = { ...pageProps(c, version), agreement, labellers, seenBy: seenBy(reach) };
    return c.html(`<!doctype html>${await (<AgreementPage {...props} />)}`);
  });
}

type SeenDeps = Pick<AppDeps, "access" | "trust" | "process">;

/** Who can see a page that a viewer may open. */
function seenBy({ access, trust, process }: SeenDeps): "machine" | "accounts" | "anyone" {
  if (access === "anyone") return "anyone";
  return trust.thisMachine && process.urls().length === 0 ? "machine" : "accounts";
}
