import type { Dataset } from "../../engine/catalog/dataset.ts";
import { DatasetError } from "../../engine/errors.ts";
import type { FileDataset } from "./file-dataset.ts";

/** Makes a whole HTML page of what a node has given. @throws TypeError when it is no report. */
export type RenderReport = (report: unknown) => Promise<string>;

/** A page in one file: saved as data that is drawn, loaded as the text of the page. */
export class HtmlReportDataset implements Dataset {
  constructor(
    private readonly page: FileDataset,
    private readonly render: RenderReport | undefined,
  ) {}

  load(): Promise<unknown> {
    return this.page.load();
  }

  async save(report: unknown): Promise<void> {
    if (this.render === undefined) throw new DatasetError("a report can only be drawn by a run");
    await this.page.save(await this.render(report));
  }

  exists(): Promise<boolean> {
    return this.page.exists();
  }

  versions(): Promise<string[]> {
    return this.page.versions();
  }

  fingerprint(): Promise<string | null> {
    return this.page.fingerprint();
  }

  describe(): Record<string, unknown> {
    return this.page.describe();
  }
}
