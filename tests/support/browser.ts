import { type Browser, chromium, type Page } from "playwright-core";
import { CHROMIUM } from "../../src/build/test-needs.ts";
import type { Drawing } from "../../src/domain/drawing.ts";

/** Starts Chromium without a window. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM ?? "",
    // Containers run as root, where Chromium has no sandbox; the other flags keep it from contacting its vendor.
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/** Console errors, uncaught exceptions and CSP violations of a page, as they occur. */
export function problemsOf(page: Page): string[] {
  const problems: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(message.text());
  });
  page.on("pageerror", (error) => problems.push(error.message));
  return problems;
}

/** Draws on the page's canvas with real pointer events: down, moves, up for each stroke. */
export async function draw(page: Page, { strokes, width, height }: Drawing): Promise<void> {
  const box = await page.locator("canvas").first().boundingBox();
  if (box === null) throw new Error("The canvas is not visible");
  const at = ([x, y]: readonly [number, number, ...unknown[]]) =>
    [box.x + (x / width) * box.width, box.y + (y / height) * box.height] as const;
  for (const stroke of strokes) {
    await page.mouse.move(...at(stroke[0]!));
    await page.mouse.down();
    for (const point of stroke.slice(1)) await page.mouse.move(...at(point), { steps: 2 });
    await page.mouse.up();
  }
}
