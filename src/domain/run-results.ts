import type { Examples } from "./examples.ts";

/** The results of runs besides their metrics. */
export interface RunResults {
  /** Returns predictions with their images, by the name of the set. @throws NotFoundError saying why there are none. */
  examples(runId: string): Promise<Readonly<Record<string, Examples>>>;
  /** Returns the run's report page as HTML. @throws NotFoundError saying why there is none. */
  report(runId: string): Promise<string>;
  /** Whether the run has a report page. */
  hasReport(runId: string): Promise<boolean>;
}
