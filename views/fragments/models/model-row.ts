import type { NamedModel } from "../../../src/domain/model.ts";
import type { ReportProps } from "../report.ts";

/** A model version, as the Models page lists it. */
export interface ModelRow {
  model: NamedModel;
  isLive: boolean;
  mnistTest: ReportProps | null;
  appHoldout: ReportProps | null;
}
