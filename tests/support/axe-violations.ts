import axe from "axe-core";
import type { Page } from "playwright-core";

/** A rule that elements of a page violate. */
export interface Violation {
  id: string;
  /** The beginning of each element's HTML, and what is wrong with it. */
  elements: string[];
}

/** What axe-core finds on the page as it is now. Its content security policy is not affected. */
export async function axeViolations(page: Page): Promise<Violation[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run({
      resultTypes: ["violations"],
    } as never);
    return violations.map(({ id, nodes }) => ({
      id,
      elements: nodes.map(({ html, any, all, none }) => {
        const why = [...any, ...all, ...none][0]?.message ?? "";
        return `${html.slice(0, 160)} — ${why}`;
      }),
    }));
  });
}
