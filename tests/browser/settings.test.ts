import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { TEST_NEEDS } from "../../src/build/test-needs.ts";
import { launchBrowser, problemsOf } from "../support/browser.ts";
import { drawingOf } from "../support/digit-strokes.ts";
import { emptyProject, type RunningServer, startServer } from "../support/executable.ts";
import { describeNeeding } from "../support/needing.ts";

const CONF = "# of this fair\nscheduler:\n  # a person decides\n  approval: run # both days\n";

describeNeeding(TEST_NEEDS.chromium, "the settings page", () => {
  let browser: Browser;
  let project: Awaited<ReturnType<typeof emptyProject>>;
  let server: RunningServer;
  let page: Page;
  const file = () => join(project.dir, "conf/local/server.yml");

  beforeAll(async () => {
    [browser, project] = await Promise.all([launchBrowser(), emptyProject()]);
    await mkdir(join(project.dir, "conf/local"), { recursive: true });
    await writeFile(file(), CONF);
    server = await startServer(project);
    page = await browser.newPage({ locale: "en", viewport: { width: 390, height: 844 } });
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await server?.stop("SIGKILL");
    await project?.remove();
  });

  test("a threshold that is changed there is in force without a restart, and an environment variable locks it", async () => {
    const problems = problemsOf(page);
    for (let n = 0; n < 3; n++) {
      const body = JSON.stringify({ ...drawingOf(n, n + 1), label: String(n) });
      const headers = { "content-type": "application/json" };
      await fetch(`${server.url}/api/v1/samples`, { method: "POST", body, headers });
    }
    await page.goto(`${server.url}/scheduler`);
    await page.getByText("No training run is due").first().waitFor();

    await page.goto(server.url);
    await page.getByRole("link", { name: "Settings" }).click();
    const threshold = page.getByLabel("New labels", { exact: true });
    await threshold.fill("none");
    await page.keyboard.press("Enter");
    await page.getByText('must be a whole number, found "none"').waitFor();
    await threshold.fill("2");
    await page.getByRole("button", { name: "Check changes" }).click();
    await page.getByText("new_samples: 2").waitFor();
    expect(await readFile(file(), "utf8")).toBe(CONF);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBe(0);
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Saved, and in force.").waitFor();
    expect(await readFile(file(), "utf8")).toBe(`${CONF}  triggers:\n    new_samples: 2\n`);

    await page.goto(`${server.url}/scheduler`);
    await page.getByText("A request is waiting for you").waitFor();
    // The page that refuses is 422, which the console reports.
    expect(problems.filter((problem) => !problem.includes("422"))).toEqual([]);

    // Back to the default: compared first, too.
    await page.goto(`${server.url}/settings`);
    await page.getByRole("button", { name: "Use the default: New labels" }).click();
    await page.locator(".diff-removed").getByText("new_samples: 2").waitFor();
    expect(await page.locator(".diff-removed").allInnerTexts()).toHaveLength(2);
    expect(await readFile(file(), "utf8")).toContain("new_samples: 2");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Saved, and in force.").waitFor();
    expect(await readFile(file(), "utf8")).toBe(CONF);
    expect(await threshold.inputValue()).toBe("500");
    expect(await page.getByRole("button", { name: "Use the default: New labels" }).count()).toBe(0);

    await server.stop();
    server = await startServer(project, { TEGAKI_SERVER__SCHEDULER__TRIGGERS__NEW_SAMPLES: "7" });
    await page.goto(`${server.url}/settings`);
    expect(await threshold.isDisabled()).toBe(true);
    expect(await threshold.inputValue()).toBe("7");
    await page
      .getByText("Set by the environment variable TEGAKI_SERVER__SCHEDULER__TRIGGERS__NEW_SAMPLES")
      .waitFor();
  }, 60_000);

  test("dark stays dark from page to page, whatever the system says, with no flash of light", async () => {
    await page.emulateMedia({ colorScheme: "light" });
    await page.goto(`${server.url}/settings`);
    await page.getByLabel("Appearance").selectOption("dark");
    await page.locator("form[action='/theme']").getByRole("button", { name: "Apply" }).click();
    await page.locator("html[data-theme=dark]").waitFor();
    await page.getByRole("link", { name: "Runs" }).click();
    const scheme = () => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
    const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    expect([await scheme(), await paper()]).toEqual(["dark", "rgb(19, 21, 24)"]);
    await page.getByRole("link", { name: "Settings" }).click();
    await page.getByLabel("Appearance").selectOption("system");
    await page.locator("form[action='/theme']").getByRole("button", { name: "Apply" }).click();
    await page.waitForFunction(
      () => getComputedStyle(document.documentElement).backgroundColor === "rgb(245, 245, 242)",
    );
  }, 30_000);
});
