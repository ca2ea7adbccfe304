import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { TEST_NEEDS } from "../../src/build/test-needs.ts";
import { TEXT_CONTRAST } from "../../views/styleguide/contrast.ts";
import { axeViolations } from "../support/axe-violations.ts";
import { launchBrowser, problemsOf } from "../support/browser.ts";
import { emptyProject, type RunningServer, startServer } from "../support/executable.ts";
import { describeNeeding } from "../support/needing.ts";

const SCREENS = join(import.meta.dir, "../../dist/screens/styleguide");
const WIDTHS = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
];

/** Each contrast that the page shows for text, with the colours that the browser paints its sample in. */
function shownContrasts(): { shown: number; front: string; ground: string }[] {
  return [...document.querySelectorAll<HTMLElement>('[data-use="text"] [data-contrast]')].map((cell) => ({
    shown: Number(cell.dataset.contrast),
    front: getComputedStyle(cell.querySelector("text")!).fill,
    ground: getComputedStyle(cell.querySelector("rect")!).fill,
  }));
}

/** The contrast of two colours as the browser names them, by the formula of WCAG 2.2, written down once more. */
function contrastOf(a: string, b: string): number {
  const luminance = (rgb: string) => {
    const [r, g, blue] = rgb.match(/[\d.]+/g)!.map((part) => {
      const channel = Number(part) / 255;
      return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r! + 0.7152 * g! + 0.0722 * blue!;
  };
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high! + 0.05) / (low! + 0.05);
}

describeNeeding(TEST_NEEDS.chromium, "the style guide", () => {
  let browser: Browser;
  let server: RunningServer;
  let project: Awaited<ReturnType<typeof emptyProject>>;

  beforeAll(async () => {
    await mkdir(SCREENS, { recursive: true });
    [browser, project] = await Promise.all([launchBrowser(), emptyProject()]);
    server = await startServer(project);
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await server?.stop("SIGKILL");
    await project?.remove();
  });

  async function opened(options: Parameters<Browser["newPage"]>[0]): Promise<Page> {
    const page = await browser.newPage({ locale: "en", reducedMotion: "reduce", ...options });
    await page.goto(`${server.url}/styleguide`);
    await page.waitForLoadState("load");
    return page;
  }

  for (const colorScheme of ["light", "dark"] as const) {
    for (const viewport of WIDTHS) {
      test(`has no violation, no sideways scrolling and the contrasts that it shows, ${colorScheme} at ${viewport.width} px`, async () => {
        const page = await opened({ viewport, colorScheme });
        try {
          const problems = problemsOf(page);
          await page.reload();
          await page.screenshot({
            path: join(SCREENS, `${viewport.width}-${colorScheme}.png`),
            fullPage: true,
          });
          expect(await axeViolations(page)).toEqual([]);
          expect(
            await page.evaluate(
              "document.documentElement.scrollWidth - document.documentElement.clientWidth",
            ),
          ).toBe(0);
          const contrasts = await page.evaluate(shownContrasts);
          expect(contrasts.length).toBeGreaterThan(40);
          for (const { shown, front, ground } of contrasts) {
            expect(shown).toBeGreaterThanOrEqual(TEXT_CONTRAST);
            expect(Math.abs(contrastOf(front, ground) - shown)).toBeLessThan(0.01);
          }
          expect(problems).toEqual([]);
        } finally {
          await page.close();
        }
      }, 60_000);
    }
  }

  test("draws each length by its token, and opens its dialogs by their buttons and the keyboard", async () => {
    const page = await opened({ viewport: WIDTHS[0]! });
    try {
      const widthOf = (token: string) =>
        page
          .locator(`[data-token="${token}"] .token-length`)
          .evaluate((bar) => bar.getBoundingClientRect().width);
      expect([await widthOf("space-1"), await widthOf("space-7"), await widthOf("tap")]).toEqual([4, 48, 44]);
      await page.getByRole("button", { name: "Cancel run" }).nth(1).click();
      await page.getByText("In this example nothing is cancelled.").waitFor();
      await page.keyboard.press("Escape");
      expect(await page.locator("#styleguide-ask:popover-open").count()).toBe(0);
      await page.getByRole("button", { name: "Keyboard shortcuts" }).press("Enter");
      await page.locator("#help[open]").waitFor();
      await page.keyboard.press("Escape");
      expect(await page.locator("#help[open]").count()).toBe(0);
    } finally {
      await page.close();
    }
  }, 30_000);
});
