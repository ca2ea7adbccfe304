import {
  type AgreementReport,
  agreementReport,
  type LabellerScore,
  labellerScore,
} from "../domain/queue/agreement.ts";
import type { Store } from "../domain/store.ts";

/** Labellers that are listed. */
const MOST = 100;

/** Reads how far those who label agree. */
export async function readAgreement({ opinions }: Pick<Store, "opinions">): Promise<AgreementReport> {
  return agreementReport(await opinions.agreement());
}

/** Reads what labellers have answered, those who answered last first. @returns also how many are not listed. */
export async function readLabellers({
  opinions,
}: Pick<Store, "opinions">): Promise<{ labellers: LabellerScore[]; more: number }> {
  const { labellers, total } = await opinions.labellers(MOST);
  return { labellers: labellers.map(labellerScore), more: total - labellers.length };
}
