import type { ReportOptions } from "../domain/runs/run-report.ts";
import type { Runtime } from "../project/runtime.ts";

/** Renders the reports of runs with the program's own styles. The views are loaded for the first report. */
export function reportRenderer({
  version,
  embedded,
  clock,
}: Pick<Runtime, "version" | "embedded" | "clock">): Runtime["renderReport"] {
  const byDefault = (): ReportOptions => ({ language: "en", createdAt: clock.now().toISOString(), version });
  return async (report, options = byDefault()) => {
    const { renderReport } = await import("../http/report/render-report.ts");
    const style = (await embedded.page()).get("style.css");
    return renderReport(report, {
      ...options,
      css: style === undefined ? "" : new TextDecoder().decode(style.body),
    });
  };
}
