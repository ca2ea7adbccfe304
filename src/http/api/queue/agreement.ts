import { Hono } from "hono";
import type { AppDeps } from "../../deps.ts";
import { readAgreement, readLabellers } from "../../labellers.ts";
import { describe } from "../describe.ts";
import { AgreementSchema, agreementJson, LabellersSchema, labellerJson } from "./agreement-json.ts";

/** Below `/queue`: how far those who label agree, and what each of them has answered. */
export function createAgreementApi({ store, labelling }: Pick<AppDeps, "store" | "labelling">): Hono {
  const api = new Hono();

  api.get(
    "/agreement",
    describe({
      id: "getAgreement",
      tag: "Label queue",
      summary: "How far those who label agree: Cohen's kappa, pairs of labellers, answers that are confused",
      answers: { 200: { description: "The report", schema: AgreementSchema } },
      errors: [503],
    }),
    async (c) => c.json(agreementJson(await readAgreement(store), labelling().shares)),
  );

  api.get(
    "/labellers",
    describe({
      id: "listLabellers",
      tag: "Label queue",
      summary: "Those who label, with the known answers that they have answered correctly",
      answers: { 200: { description: "The scores", schema: LabellersSchema } },
      errors: [503],
    }),
    async (c) => {
      const { labellers, more } = await readLabellers(store);
      return c.json({ labellers: labellers.map(labellerJson), more });
    },
  );

  return api;
}
