/** An evaluation as pages show it; what an older run did not record is null. */
export interface ReportProps {
  n: number | null;
  /** 0..1 */
  accuracy: number;
  loss: number | null;
  perClass: readonly { label: string; n: number; recall: number | null; precision: number | null }[];
  /** Rows are true classes, in the order of `perClass`; empty when not recorded. */
  confusion: readonly (readonly number[])[];
}
