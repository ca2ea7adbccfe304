import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "bun:test";
import type { Browser, BrowserContextOptions, CDPSession, Page } from "playwright-core";
import { TEST_NEEDS } from "../../src/build/test-needs.ts";
import { draw, launchBrowser, problemsOf } from "../support/browser.ts";
import { drawingOf } from "../support/digit-strokes.ts";
import { emptyProject, type RunningServer, startServer } from "../support/executable.ts";
import { describeNeeding } from "../support/needing.ts";

describeNeeding(TEST_NEEDS.chromium, "the Draw page takes care", () => {
  let browser: Browser;
  let project: Awaited<ReturnType<typeof emptyProject>>;
  let server: RunningServer;
  let page: Page;
  let problems: string[];

  beforeAll(async () => {
    browser = await launchBrowser();
    project = await emptyProject();
    server = await startServer(project);
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await server?.stop("SIGKILL");
    await project?.remove();
  });
  beforeEach(() => openPage());
  afterEach(() => page?.close());

  /** Drawings differ from test to test: an identical one is stored once. */
  let seed = 500;
  const next = (digit: number) => drawingOf(digit, ++seed);

  async function openPage(options: BrowserContextOptions = {}): Promise<void> {
    await page?.close();
    page = await browser.newPage({
      locale: "en",
      viewport: { width: 1280, height: 860 },
      hasTouch: true,
      ...options,
    });
    page.setDefaultTimeout(10_000);
    problems = problemsOf(page);
    await page.goto(server.url);
    if (options.javaScriptEnabled !== false) await ready();
  }
  const ready = () => page.locator('[data-page="draw"][data-ready="true"]').waitFor();
  const message = (text: string | RegExp) => page.locator("#message").getByText(text).waitFor();
  const hasInk = async () => (await page.locator('.pad[data-ink="true"]').count()) === 1;
  const acceptable = () => page.locator('[data-do="accept"][aria-disabled="false"]').waitFor();
  const textOf = async (selector: string) => (await page.locator(selector).textContent()) ?? "";
  async function countStored(): Promise<number> {
    const { samples } = (await (await fetch(`${server.url}/api/v1/samples?limit=200`)).json()) as {
      samples: unknown[];
    };
    return samples.length;
  }
  const styleOf = (selector: string, property: string) =>
    page
      .locator(selector)
      .evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property);

  test("Enter before the answer is on the page stores nothing, and says to wait; once it is there, it accepts", async () => {
    let answer = () => {};
    const held = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await page.route("**/api/v1/predict", async (route) => {
      await held;
      await route.continue();
    });
    const before = await countStored();
    await draw(page, next(3));
    await page.keyboard.press("Enter");
    await message("The prediction is not here yet. Accept it once you see it.");
    answer();
    await acceptable();
    // The hint is no longer so.
    expect(await textOf("#message")).toBe("");
    await page.waitForTimeout(200);
    expect(await hasInk()).toBe(true);
    expect(await countStored()).toBe(before);
    await page.keyboard.press("Enter");
    await message("Stored as 3.");
    expect(problems).toEqual([]);
  }, 30_000);

  test("Accept is off while there is no answer and for a flagged one, and looks so", async () => {
    const ground = () => styleOf('[data-do="accept"]', "background-color");
    await page.waitForTimeout(400);
    const off = await ground();
    expect(await page.locator('[data-do="accept"]').getAttribute("aria-disabled")).toBe("true");
    await draw(page, next(4));
    await acceptable();
    await page.waitForTimeout(400);
    const on = await ground();
    expect(on).not.toBe(off);
    await page.route("**/api/v1/predict", async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: { ...(await response.json()), is_outlier: true } });
    });
    await page.keyboard.press(" ");
    await draw(page, next(4));
    await page.locator('.answer[data-state="answered"][data-outlier="true"]').waitFor();
    await page.waitForTimeout(400);
    expect(await page.locator('[data-do="accept"]').getAttribute("aria-disabled")).toBe("true");
    expect(await ground()).toBe(off);
  }, 30_000);

  describeTouch();
  function describeTouch(): void {
    let devtools: CDPSession;
    type Place = { x: number; y: number; id?: number };
    const touch = (type: "touchStart" | "touchMove" | "touchEnd", ...touchPoints: Place[]) =>
      devtools.send("Input.dispatchTouchEvent", { type, touchPoints });
    async function middleOf(selector: string): Promise<Place> {
      const box = (await page.locator(selector).boundingBox())!;
      return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    }

    test("a tap on a label while a finger is still on the pad, or right after it, stores the drawing once", async () => {
      devtools = await page.context().newCDPSession(page);
      const pad = await middleOf(".pad > canvas");
      const key = await middleOf('[data-label="1"]');
      const before = await countStored();
      await touch("touchStart", { ...pad, y: pad.y - 100, id: 0 });
      for (let y = -80; y <= 100; y += 20) await touch("touchMove", { ...pad, y: pad.y + y, id: 0 });
      await touch("touchStart", { ...pad, y: pad.y + 100, id: 0 }, { ...key, id: 1 });
      // The second finger is the one that lifts.
      await touch("touchEnd", { ...key, id: 1 });
      await message("Stored as 1.");
      await touch("touchEnd");
      expect(await countStored()).toBe(before + 1);

      await touch("touchStart", { ...pad, y: pad.y - 120 });
      for (let y = -80; y <= 100; y += 20) await touch("touchMove", { ...pad, y: pad.y + y });
      await touch("touchEnd");
      await touch("touchStart", await middleOf('[data-label="7"]'));
      await touch("touchEnd");
      await message("Stored as 7.");
      expect(await countStored()).toBe(before + 2);
    }, 30_000);

    test("a tap acts once, although what it has changed puts another button under the finger", async () => {
      await draw(page, next(2));
      await page.locator('.answer[data-state="answered"]').waitFor();
      await page.locator('[data-label="2"]').tap();
      await message("Stored as 2.");
      await page.locator("[data-recent]").tap();
      await page.locator("#message").getByRole("button", { name: "Withdraw" }).tap();
      await message("2 withdrawn.");
      await page.waitForTimeout(300);
      expect(await page.locator("[data-recent]").getAttribute("data-look")).toBe("withdrawn");
      // A finger that leaves the button before it lifts does nothing.
      devtools = await page.context().newCDPSession(page);
      const undo = await middleOf("#message button");
      await touch("touchStart", undo);
      await touch("touchMove", { x: undo.x, y: undo.y - 300 });
      await touch("touchEnd");
      await page.waitForTimeout(300);
      expect(await page.locator("[data-recent]").getAttribute("data-look")).toBe("withdrawn");
    }, 30_000);
  }

  test("labels that are not stored look like trouble, not like success, and no longer once they are", async () => {
    await draw(page, next(5));
    await page.keyboard.press("5");
    await message("Stored as 5.");
    expect(await page.locator("#message").getAttribute("data-tone")).toBe("done");
    const success = [await styleOf("#message", "background-color"), await styleOf("#message", "color")];
    await page.route("**/api/v1/samples", (route) => route.abort());
    for (const digit of [6, 7]) {
      await draw(page, next(digit));
      await page.keyboard.press(String(digit));
    }
    await message("2 not stored yet. The server is not responding; retrying.");
    expect(await page.locator("#message").getAttribute("data-tone")).toBe("trouble");
    expect([await styleOf("#message", "background-color"), await styleOf("#message", "color")]).not.toEqual(
      success,
    );
    expect(
      await page.locator("#message span").evaluate((it) => getComputedStyle(it, "::before").content),
    ).toBe('"⚠ "');
    // A reload sends them, and then nothing is left to be said.
    await page.unroute("**/api/v1/samples");
    await page.reload();
    await ready();
    while ((await page.locator('[data-recent][data-look="stored"]').count()) < 3)
      await page.waitForTimeout(20);
    expect(await page.locator('#message[data-tone="trouble"]').count()).toBe(0);
    expect(await textOf("#message")).not.toContain("not stored");
  }, 30_000);

  for (const trouble of ["slow", "killed"] as const) {
    for (const [manner, locale] of [
      ["Backspace", "en"],
      ["the button", "ja"],
    ] as const) {
      test(`a label that was undone by ${manner} is not stored, whatever comes next: the server is ${trouble}`, async () => {
        await openPage({ locale });
        const isEnglish = locale === "en";
        const before = await countStored();
        if (trouble === "killed") await server.stop("SIGKILL");
        else {
          await page.route("**/api/v1/samples", async (route) => {
            await Bun.sleep(2500);
            await route.continue();
          });
        }
        const labels = () => page.locator(".recent-label").allTextContents();
        await draw(page, next(3));
        await page.keyboard.press("3");
        expect(await labels()).toEqual(["3"]);
        if (trouble === "killed") await message(isEnglish ? /^1 not stored yet/ : /^未保存 1 件。/);
        if (manner === "Backspace") {
          await page.keyboard.press("Backspace");
          await message("Undo the last label, 3? Press Backspace again.");
          await page.keyboard.press("Backspace");
        } else await page.locator("#message").getByRole("button", { name: "3 の取り消し" }).click();
        // It is undone on the page at once.
        expect(await labels()).toEqual([]);
        expect(await hasInk()).toBe(true);
        const said = {
          slow: isEnglish ? "Undoing label 3…" : "ラベル 3 を取り消しています…",
          killed: isEnglish ? "Labels being undone: 1." : "ラベル 1 件を取り消し中。",
        }[trouble];
        expect(await textOf("#message")).toStartWith(said);
        // The drawing that is back has no answer then, which must not hide that the label is being undone.
        await page.locator(`.answer[data-state="${trouble === "killed" ? "failed" : "answered"}"]`).waitFor();
        expect(await textOf("#message")).toStartWith(said);
        expect(await page.locator("#message button").count()).toBe(0);

        await page.keyboard.press(" ");
        await draw(page, next(7));
        await page.keyboard.press("7");
        expect(await labels()).toEqual(["7"]);
        if (trouble === "killed") {
          await page.reload({ timeout: 1000 }).catch(() => {});
          server = await startServer(project, {}, Number(new URL(server.url).port));
          await page.goto(server.url);
          await ready();
        }
        await page.locator('[data-recent][data-look="stored"]').waitFor();
        expect(await labels()).toEqual(["7"]);
        while (
          ((await page.evaluate("Object.keys(localStorage).join()")) as string).includes("tegaki.outbox.")
        )
          await page.waitForTimeout(20);
        const { samples } = (await (await fetch(`${server.url}/api/v1/samples?limit=200`)).json()) as {
          samples: { label: string }[];
        };
        expect(samples.length).toBe(before + 1);
        expect(samples[0]!.label).toBe("7");
        expect(await page.locator('#message[data-tone="trouble"]').count()).toBe(0);
      }, 60_000);
    }
  }

  test("a message goes when it is no longer so", async () => {
    await page.keyboard.press("3");
    await message("Draw something first.");
    await page.route("**/api/v1/predict", (route) => route.abort());
    await draw(page, next(8));
    await message("The server is not responding. You can continue labelling.");
    expect(await page.locator("#message").getAttribute("data-tone")).toBe("trouble");
    expect(await textOf("#message")).not.toContain("Draw something first.");
    await page.unroute("**/api/v1/predict");
    await draw(page, next(1));
    await page.locator('.answer[data-state="answered"]').waitFor();
    expect(await textOf("#message")).toBe("");
  }, 30_000);

  test("Space is undone by Backspace and by a button, until the next drawing begins", async () => {
    await draw(page, next(9));
    await page.locator('.answer[data-state="answered"]').waitFor();
    const digit = await textOf("#answer-digit");
    await page.keyboard.press(" ");
    expect(await hasInk()).toBe(false);
    await message("Cleared without a label.");
    await page.keyboard.press("Backspace");
    expect(await hasInk()).toBe(true);
    await page.locator('.answer[data-state="answered"]').waitFor();
    expect(await textOf("#answer-digit")).toBe(digit);
    await page.locator('[data-do="clear"]').click();
    await page.locator("#message").getByRole("button", { name: "Undo" }).click();
    await message("The drawing is back.");
    expect(await hasInk()).toBe(true);
    await page.keyboard.press(" ");
    await draw(page, next(1));
    for (let i = 0; i < 4 && (await hasInk()); i++) await page.keyboard.press("Backspace");
    expect(await hasInk()).toBe(false);
    await page.keyboard.press("Backspace");
    await message("Nothing to undo.");
  }, 30_000);

  test("a reload keeps the drawing that has no label yet, and none that has one", async () => {
    await draw(page, next(6));
    await page.locator('.answer[data-state="answered"]').waitFor();
    await page.reload();
    await ready();
    expect(await hasInk()).toBe(true);
    await page.locator('.answer[data-state="answered"]').waitFor();
    expect(await textOf("#answer-digit")).toBe("6");
    await page.keyboard.press("6");
    await message("Stored as 6.");
    await page.reload();
    await ready();
    expect(await hasInk()).toBe(false);
  }, 30_000);

  test("without JavaScript the page says so, in the reader's language", async () => {
    await openPage({ javaScriptEnabled: false });
    let said = page.locator(".no-script");
    await said.waitFor();
    expect(await said.textContent()).toStartWith("This page needs JavaScript to draw and to predict.");
    await openPage({ javaScriptEnabled: false, locale: "ja" });
    said = page.locator(".no-script");
    await said.waitFor();
    expect(await said.textContent()).toStartWith(
      "このページで文字を書いて認識するには JavaScript が必要です。",
    );
  }, 30_000);

  test("h and ? open the help and close it", async () => {
    for (const key of ["h", "?"]) {
      await page.keyboard.press(key);
      await page.locator("#help[open]").waitFor();
      await page.keyboard.press(key);
      await page.locator("#help[open]").waitFor({ state: "detached" });
    }
  }, 30_000);

  /** The button or link that has the focus. */
  const focused = () =>
    page.evaluate(() => {
      const { activeElement } = document;
      return activeElement === document.body ? "page" : (activeElement?.textContent ?? "").trim();
    });

  test("the help holds the focus, and gives it back to the button that has opened it", async () => {
    const opener = page.getByRole("button", { name: "Keyboard shortcuts" });
    await opener.focus();
    await page.keyboard.press("Enter");
    await page.locator("#help[open]").waitFor();
    const isInside = () => page.locator("#help").evaluate((help) => help.contains(document.activeElement));
    const visited: string[] = [];
    for (const key of ["Tab", "Tab", "Tab", "Shift+Tab", "Shift+Tab", "Shift+Tab"]) {
      await page.keyboard.press(key);
      expect([key, await isInside()]).toEqual([key, true]);
      visited.push(await focused());
    }
    expect(new Set(visited)).toEqual(new Set(["Manual", "Close"]));
    await page.keyboard.press("Escape");
    expect(await focused()).toBe("?");
  }, 30_000);

  test("a question holds the focus from its first control on, and gives it back", async () => {
    await page.goto(`${server.url}/scheduler`);
    const opener = page.locator("main button[popovertarget]").first();
    const id = await opener.getAttribute("popovertarget");
    const name = await opener.textContent();
    await opener.focus();
    await page.keyboard.press("Enter");
    await page.locator(`[id="${id}"]:popover-open`).waitFor();
    const isInside = () =>
      page.locator(`[id="${id}"]`).evaluate((dialog) => dialog.contains(document.activeElement));
    expect(await isInside()).toBe(true);
    const visited = new Set<string>();
    for (let i = 0; i < 8; i++) {
      visited.add(await focused());
      await page.keyboard.press(i < 5 ? "Tab" : "Shift+Tab");
      expect(await isInside()).toBe(true);
    }
    expect(visited.size).toBeGreaterThan(1);
    await page.keyboard.press("Escape");
    await page.locator(`[id="${id}"]:popover-open`).waitFor({ state: "detached" });
    expect(await focused()).toBe((name ?? "").trim());
  }, 30_000);

  for (const colorScheme of ["light", "dark"] as const) {
    test(`live, cancelled, failed and running have four colours in the ${colorScheme} scheme, and none is the accent`, async () => {
      await openPage({ colorScheme });
      const colours = await page.evaluate(() => {
        const colourOf = (name: string, property: "color" | "backgroundColor") => {
          const span = document.createElement("span");
          span.className = name;
          document.body.append(span);
          const colour = getComputedStyle(span)[property];
          span.remove();
          return colour;
        };
        const accent = document.createElement("span");
        accent.style.color = "var(--shu)";
        document.body.append(accent);
        return [
          colourOf("tag tag-live", "backgroundColor"),
          colourOf("status status-cancelled", "color"),
          colourOf("status status-failed", "color"),
          colourOf("status status-running", "color"),
          getComputedStyle(accent).color,
        ];
      });
      expect(new Set(colours).size).toBe(5);
    }, 30_000);
  }
});
