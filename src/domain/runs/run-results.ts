import type { Language } from "../../lib/languages.ts";
import type { Examples } from "../examples.ts";
import type { ScreeningReport } from "../samples/screening-report.ts";

/** The results of runs besides their metrics. */
export interface RunResults {
  /** Returns predictions with their images, by the name of the set. @throws NotFoundError saying why there are none. */
  examples(runId: string): Promise<Readonly<Record<string, Examples>>>;
  /** Returns the result of screening the run's labels; null when it has none, or no longer has it. */
  screening(runId: string): Promise<ScreeningReport | null>;
  /** Returns the learning curve that the run has measured, unchecked; null when it has none, or no longer has it. */
  learningCurve(runId: string): Promise<unknown>;
  /** Returns the map that the run has made, unchecked; null when it has none, or no longer has it. */
  drawingMap(runId: string): Promise<unknown>;
  /**
   * Returns the run's report page as HTML: the saved page, which is in English, or one in another language that is
   * rendered from the same results. It is in English if the run did not keep them.
   * @throws NotFoundError saying why there is no page.
   */
  report(runId: string, language: Language): Promise<string>;
  /** Whether the run has a report page. */
  hasReport(runId: string): Promise<boolean>;
  /** Drops what is held in memory, because files have changed. */
  drop(): void;
}
