import { afterAll, beforeAll, expect, test } from "bun:test";
import { type Browser, chromium } from "playwright-core";
import { CHROMIUM, TEST_NEEDS } from "../../src/build/test-needs.ts";
import { launchBrowser } from "../support/browser.ts";
import { emptyProject, type RunningServer, runCommand, startServer } from "../support/executable.ts";
import { describeNeeding } from "../support/needing.ts";
import { handDrawing } from "../support/unseen-hands.ts";

const KANA = "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをん";
const KANJI = "漢字書手水火木金土日月山川田人口目耳足力男女子学校先生年大小上下左右中犬猫魚鳥馬牛";
const MANY = [...KANA, ...KANJI].slice(0, 86);

const WINDOWS = [
  [1280, 860, 100],
  [1280, 720, 100],
  [390, 844, 100],
  [844, 390, 100],
  [1280, 860, 200],
  [390, 844, 200],
] as const;

describeNeeding(TEST_NEEDS.chromium, "the room in the queue of unlabelled drawings", () => {
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
    for (const { url } of Object.values(servers)) {
      for (let i = 0; i < 8; i++) {
        const body = JSON.stringify(handDrawing(i, 600_000 + i));
        const headers = { "content-type": "application/json" };
        const response = await fetch(`${url}/api/v1/queue/drawings`, { method: "POST", headers, body });
        expect(response.status).toBe(201);
      }
    }
  }, 90_000);
  afterAll(async () => {
    await Promise.all(Object.values(browsers).map((browser) => browser.close()));
    await Promise.all(Object.values(servers).map((server) => server.stop("SIGKILL")));
    await Promise.all(projects.map((project) => project.remove()));
  });

  for (const classes of ["digits", "many"] as const) {
    for (const [width, height, text] of WINDOWS) {
      const name = `${width} × ${height} with text at ${text} %`;
      test(`drawing, prediction and buttons are in view together in ${name}, with ${classes === "many" ? 86 : 10} labels`, async () => {
        const page = await browsers[text]!.newPage({
          ...{ locale: "en", viewport: { width, height }, hasTouch: true },
        });
        try {
          await page.goto(`${servers[classes]!.url}/label/unlabelled`);
          await page.locator('[data-page="queue"][data-state="asking"]').waitFor();
          expect(await page.locator("[data-label]").count()).toBe(classes === "many" ? 86 : 10);
          // A phone with text of twice the size first scrolls past the navigation.
          if (width === 390 && text === 200) {
            await page.locator(".queue-stage").evaluate((stage) => stage.scrollIntoView({ block: "start" }));
          }
          for (const part of [".queue-stage", ".queue-label", ".digits", ".queue-actions"]) {
            const box = (await page.locator(part).boundingBox())!;
            const isIn =
              box.y >= -1 && box.y + box.height <= height + 1 && box.x >= 0 && box.x + box.width <= width;
            expect([part, isIn]).toEqual([part, true]);
          }
          expect((await page.locator(".queue-stage").boundingBox())!.width).toBeGreaterThanOrEqual(150);
          const hidden = await page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth",
          );
          expect(hidden).toBe(0);
          // Fingers reach them: no target is smaller than 44 px.
          for (const button of await page.locator(".queue-actions .button, .digits .button").all()) {
            const box = (await button.boundingBox())!;
            expect(Math.min(Math.round(box.width), Math.round(box.height))).toBeGreaterThanOrEqual(44);
          }
        } finally {
          await page.close();
        }
      }, 30_000);
    }
  }

  test("with 86 labels, keys of several characters label and the field finds the others", async () => {
    const page = await browsers[100]!.newPage({ locale: "en", viewport: { width: 1280, height: 860 } });
    try {
      await page.goto(`${servers.many!.url}/label/unlabelled`);
      await page.locator('[data-page="queue"][data-state="asking"]').waitFor();
      await page.keyboard.press("k");
      await page.locator("#message").getByText("k… Type the rest").waitFor();
      await page.keyboard.press("i");
      await page.locator("#message").getByText("Labelled き.").waitFor();
      await page.locator(".queue-drawing > svg:not([hidden])").waitFor();
      await page.keyboard.press("/");
      await page.locator("#finder").fill("猫");
      await page.keyboard.press("Enter");
      await page.locator("#message").getByText("Labelled 猫.").waitFor();
    } finally {
      await page.close();
    }
  }, 30_000);
});
