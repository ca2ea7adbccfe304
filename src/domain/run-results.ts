import type { Examples } from "./examples.ts";

/** What runs leave beside their metrics. */
export interface RunResults {
  /** Answers with their images, by the name of the set. @throws NotFoundError saying why there are none. */
  examples(runId: string): Promise<Readonly<Record<string, Examples>>>;
  /** Its page for reading and printing, as HTML. @throws NotFoundError saying why there is none. */
  report(runId: string): Promise<string>;
  hasReport(runId: string): Promise<boolean>;
}
