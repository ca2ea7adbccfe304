import { afterAll, beforeAll, expect, test } from "bun:test";
import type { Browser, BrowserContextOptions } from "playwright-core";
import { TEST_NEEDS } from "../../src/build/test-needs.ts";
import { axeViolations } from "../support/axe-violations.ts";
import { launchBrowser } from "../support/browser.ts";
import { type LivedInProject, livedInProject } from "../support/lived-in-project.ts";
import { describeNeeding } from "../support/needing.ts";
import { settled } from "../support/settled.ts";

// Every page by axe-core, in both widths, schemes and languages over two readers; `npm run screens` has all of them.

const READERS: Record<string, BrowserContextOptions> = {
  "a wide light page in English": {
    viewport: { width: 1280, height: 800 },
    colorScheme: "light",
    locale: "en",
  },
  "a narrow dark page in Japanese": {
    viewport: { width: 390, height: 844 },
    colorScheme: "dark",
    locale: "ja",
    hasTouch: true,
  },
};

/** The buttons of the page that a finger hardly hits: lower than 44 px, but for a rounding. */
function smallButtons(): string[] {
  return [...document.querySelectorAll("button")].flatMap((button) => {
    const { width, height } = button.getBoundingClientRect();
    const isSmall = width > 0 && height > 0 && (height < 43.5 || width < 24);
    return isSmall ? [`${button.outerHTML.slice(0, 120)}: ${Math.round(width)} × ${Math.round(height)}`] : [];
  });
}

describeNeeding(TEST_NEEDS.chromium, "accessibility", () => {
  let browser: Browser;
  let project: LivedInProject;

  beforeAll(async () => {
    [browser, project] = await Promise.all([launchBrowser(), livedInProject()]);
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await project?.stop();
  });

  for (const [name, options] of Object.entries(READERS)) {
    test(`${name} has no violation that axe-core finds, and needs no sideways scrolling, whatever the page`, async () => {
      const context = await browser.newContext({ ...options, reducedMotion: "reduce" });
      const page = await context.newPage();
      const found: unknown[] = [];
      const pages = [
        ...project.paths.map((path) => ({
          path,
          async open() {
            await page.goto(project.server.url + path);
            await settled(page);
          },
        })),
        // Last: from then on, someone is logged in.
        ...project.door.map(({ name, open }) => ({ path: name, open: () => open(page) })),
      ];
      for (const { path, open } of pages) {
        await open();
        const violations = await axeViolations(page);
        const isTooWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
        const small = options.hasTouch === true ? await page.evaluate(smallButtons) : [];
        if (violations.length > 0 || isTooWide || small.length > 0) {
          found.push({ path, violations, isTooWide, small });
        }
      }
      await context.close();
      expect(found).toEqual([]);
    }, 240_000);
  }
});
