import type { Dataset } from "../../engine/catalog/dataset.ts";
import { DatasetError } from "../../engine/errors.ts";
import type { FileDataset } from "./file-dataset.ts";

/** Renders a node's report as a complete HTML page. @throws TypeError when the value is not a report. */
export type RenderReport = (report: unknown) => Promise<string>;

/** An HTML page in one file: saves a report as a rendered page, and loads the page's HTML. */
export class HtmlReportDataset implements Dataset {
  readonly #page: FileDataset;
  readonly #render: RenderReport | undefined;

  constructor(page: FileDataset, render: RenderReport | undefined) {
    this.#page = page;
    this.#render = render;
  }

  load(): Promise<unknown> {
    return this.#page.load();
  }

  async save(report: unknown): Promise<void> {
    if (this.#render === undefined) throw new DatasetError("a report can only be rendered by a run");
    await this.#page.save(await this.#render(report));
  }

  exists(): Promise<boolean> {
    return this.#page.exists();
  }

  versions(): Promise<string[]> {
    return this.#page.versions();
  }

  problem(): Promise<string | null> {
    return this.#page.problem();
  }

  fingerprint(): Promise<string | null> {
    return this.#page.fingerprint();
  }

  describe(): Record<string, unknown> {
    return this.#page.describe();
  }
}
