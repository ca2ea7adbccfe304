import type { Model } from "../../../src/domain/model.ts";
import type { ReportProps } from "../report.ts";

/** A model version, as the Models page lists it. */
export interface ModelRow {
  model: Model & { aliases: readonly string[] };
  isLive: boolean;
  mnistTest: ReportProps | null;
  appHoldout: ReportProps | null;
}
