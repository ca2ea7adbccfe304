import { afterAll, beforeAll, expect, test } from "bun:test";
import { type Browser, chromium, type Page } from "playwright-core";
import { CHROMIUM, TEST_NEEDS } from "../../src/build/test-needs.ts";
import { draw, launchBrowser } from "../support/browser.ts";
import { drawingOf } from "../support/digit-strokes.ts";
import { emptyProject, type RunningServer, runCommand, startServer } from "../support/executable.ts";
import { describeNeeding } from "../support/needing.ts";

const KANA = "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをん";
const KANJI = "漢字書手水火木金土日月山川田人口目耳足力男女子学校先生年大小上下左右中";
const MANY = [...KANA, ...KANJI, "犬", "猫", "魚", "鳥", "馬", "牛"].slice(0, 86);

describeNeeding(TEST_NEEDS.chromium, "the room on the Draw page", () => {
  /** One with text of the usual size, and one with text of twice the size, as a reader sets it in the browser. */
  const browsers: { 100?: Browser; 200?: Browser } = {};
  const servers: { digits?: RunningServer; many?: RunningServer } = {};
  const projects: Awaited<ReturnType<typeof emptyProject>>[] = [];

  beforeAll(async () => {
    browsers[100] = await launchBrowser();
    browsers[200] = await chromium.launch({
      executablePath: CHROMIUM ?? "",
      args: ["--no-sandbox", "--disable-gpu", "--blink-settings=defaultFontSize=32"],
    });
    const [one, other] = [await emptyProject(), await emptyProject()];
    projects.push(one, other);
    servers.digits = await startServer(one);
    expect(await runCommand(other, ["init", "letters", "--classes", MANY.join(",")])).toMatchObject({
      code: 0,
    });
    servers.many = await startServer(other, {}, 0, ["--dir", "letters"]);
  }, 90_000);
  afterAll(async () => {
    await Promise.all(Object.values(browsers).map((browser) => browser.close()));
    await Promise.all(Object.values(servers).map((server) => server.stop("SIGKILL")));
    await Promise.all(projects.map((project) => project.remove()));
  });

  async function boxOf(page: Page, selector: string) {
    const box = await page.locator(selector).boundingBox();
    if (box === null) throw new Error(`${selector} is not visible`);
    return box;
  }

  test("the keys of 86 labels are on their buttons: romaji for kana, numbers for the others", async () => {
    const page = await browsers[100]!.newPage({ locale: "en", viewport: { width: 1280, height: 860 } });
    try {
      await page.goto(servers.many!.url);
      await page.locator('[data-page="draw"][data-ready="true"]').waitFor();
      const keysOf = (label: string) =>
        page
          .locator(`[data-label="${label}"]`)
          .evaluate((button) => getComputedStyle(button, "::after").content);
      expect(await keysOf("か")).toBe('"ka"');
      expect(await keysOf("漢")).toBe('"01"');
      const seen: string[] = [];
      page.on("request", (request) => {
        if (request.method() !== "POST" || !request.url().endsWith("/api/v1/samples")) return;
        seen.push(request.postDataJSON().label as string);
      });
      for (const [keys, label] of [
        ["ka", "か"],
        ["shi", "し"],
        ["a", "あ"],
        ["03", "書"],
      ] as const) {
        await draw(page, drawingOf("3", seen.length + 70));
        for (const key of keys.slice(0, -1)) await page.keyboard.press(key);
        if (keys.length > 1) {
          await page
            .locator("#message")
            .getByText(`${keys.slice(0, -1)}… Type the rest`)
            .waitFor();
          await page.locator(`[data-label="${label}"][data-found="true"]`).waitFor();
        }
        await page.keyboard.press(keys.at(-1)!);
        await page.locator("#message").getByText(`Stored as ${label}.`).waitFor();
      }
      expect(seen).toEqual(["か", "し", "あ", "書"]);
      // A wrong key, Escape and Backspace give the keys up; the drawing stays.
      await draw(page, drawingOf("5", 99));
      await page.keyboard.press("k");
      await page.keyboard.press("q");
      await page.locator("#message").getByText("No label has the keys kq.").waitFor();
      await page.keyboard.press("s");
      await page.keyboard.press("Escape");
      expect(await page.locator("#message").textContent()).not.toContain("Type the rest");
      await page.keyboard.press("0");
      await page.keyboard.press("Backspace");
      expect(await page.locator('.pad[data-ink="true"]').count()).toBe(1);
      // The last but one, 書 and あ, is corrected by its number and by the keys of its label.
      await page.keyboard.press("Alt+r");
      await page.keyboard.press("2");
      await page.keyboard.press("i");
      await page.locator("#message").getByText("Changed from あ to い.").waitFor();
    } finally {
      await page.close();
    }
  }, 60_000);

  const WINDOWS = [
    [1280, 860, 100],
    [1280, 720, 100],
    [390, 844, 100],
    [844, 390, 100],
    [1280, 860, 200],
    [390, 844, 200],
  ] as const;
  for (const classes of ["digits", "many"] as const) {
    for (const [width, height, text] of WINDOWS) {
      const name = `${width} × ${height} with text at ${text} %`;
      test(`pad, answer and actions are in view together in ${name}, with ${classes === "many" ? 86 : 10} labels`, async () => {
        const page = await browsers[text]!.newPage({
          locale: "en",
          viewport: { width, height },
          hasTouch: true,
        });
        try {
          await page.goto(servers[classes]!.url);
          await page.locator('[data-page="draw"][data-ready="true"]').waitFor();
          expect(await page.locator("[data-label]").count()).toBe(classes === "many" ? 86 : 10);
          expect(await page.evaluate("getComputedStyle(document.documentElement).fontSize")).toBe(
            text === 200 ? "32px" : "16px",
          );
          // A phone with text of twice the size first scrolls past the navigation.
          if (width === 390 && text === 200) {
            await page.locator(".pad").evaluate((pad) => pad.scrollIntoView({ block: "start" }));
          }
          await draw(page, drawingOf("3", width + height + text));
          for (const part of [".pad", ".answer-digit", ".pad-actions"]) {
            const box = await boxOf(page, part);
            const isIn =
              box.y >= -1 && box.y + box.height <= height + 1 && box.x >= 0 && box.x + box.width <= width;
            expect([part, isIn]).toEqual([part, true]);
          }
          // A phone held sideways shows the recent drawings without scrolling; many labels have a search field as well.
          if (width === 844 && classes === "digits") {
            const strip = await boxOf(page, ".recent");
            expect(strip.y + strip.height).toBeLessThanOrEqual(height);
          }
          expect((await boxOf(page, ".pad")).width).toBeGreaterThanOrEqual(200);
          const hidden = await page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth",
          );
          expect(hidden).toBe(0);
          // Fingers reach them: no target is smaller than 44 px.
          for (const button of await page.locator(".pad-actions .button").all()) {
            const box = (await button.boundingBox())!;
            expect(Math.min(Math.round(box.width), Math.round(box.height))).toBeGreaterThanOrEqual(44);
          }
        } finally {
          await page.close();
        }
      }, 30_000);
    }
  }
});
