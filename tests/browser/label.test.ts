import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "bun:test";
import type { Browser, Page } from "playwright-core";
import { TEST_NEEDS } from "../../src/build/test-needs.ts";
import { loadProject, openProjectStore } from "../../src/project/project.ts";
import { newRun, newSample } from "../storage/helpers.ts";
import { launchBrowser, problemsOf } from "../support/browser.ts";
import { drawingOf } from "../support/digit-strokes.ts";
import { emptyProject, type RunningServer, runCommand, startServer } from "../support/executable.ts";
import { describeNeeding } from "../support/needing.ts";
import { runtime } from "../support/run-project.ts";

describeNeeding(TEST_NEEDS.chromium, "the label queue", () => {
  let browser: Browser;
  let project: Awaited<ReturnType<typeof emptyProject>>;
  let server: RunningServer;
  let page: Page;
  let problems: string[];
  let ids: string[];

  /** Sevens that the model read as ones, in the order of their probability, and two that run r1 holds. */
  async function putIntoReview(): Promise<string[]> {
    const store = await openProjectStore(runtime, await loadProject(runtime, { dir: project.dir }));
    const stored: string[] = [];
    for (let i = 0; i < 8; i++) {
      const { sample } = await store.samples.insert(
        newSample({ drawing: drawingOf(7, i + 1), writer: "ann" }),
      );
      stored.push(sample.id);
      const mark = { id: sample.id, label: "7", reading: "1", p: (i + 1) / 1_000 };
      await store.samples.putMarks("r1", [{ ...mark, state: i < 6 ? "suspect" : "held" }]);
    }
    await store.runs.create(newRun("r1"));
    await store.runs.update("r1", { status: "done", finishedAt: "2026-01-02T03:04:05.000Z" });
    await store.close();
    return stored;
  }
  const samples = async () => {
    const { out } = await runCommand(project, ["samples", "export"]);
    const rows = out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    return ids.map((id) => rows.find((row) => row.id === id)).map(({ label, state }) => [label, state]);
  };
  const notice = () => page.locator("#queue [role=status]");
  const pressed = async (key: string, said: string) => {
    await page.locator('html[data-ready="true"]').waitFor();
    await page.keyboard.press(key);
    await notice().getByText(said).waitFor();
  };

  beforeAll(async () => {
    browser = await launchBrowser();
  }, 60_000);
  afterAll(() => browser?.close());
  beforeEach(async () => {
    project = await emptyProject();
    ids = await putIntoReview();
    server = await startServer(project);
    page = await browser.newPage({ locale: "en", viewport: { width: 1280, height: 860 } });
    problems = problemsOf(page);
    await page.goto(`${server.url}/label`);
  });
  afterEach(async () => {
    await page?.close();
    await server?.stop("SIGKILL");
    await project?.remove();
  });

  test("after a click on a button, Enter confirms the label and does not press the button again", async () => {
    await page.locator('html[data-ready="true"]').waitFor();
    await page.locator('#queue [data-do="help"]').click();
    await page.keyboard.press("Escape");
    await page.locator("#help[open]").waitFor({ state: "detached" });
    await pressed("Enter", "was correct");
    await page.locator('#queue [data-label="1"]').click();
    await notice().getByText("Changed from 7 to 1").waitFor();
    await pressed("Enter", "was correct");
    expect((await samples()).slice(0, 3)).toEqual([
      ["7", "labelled"],
      ["1", "labelled"],
      ["7", "labelled"],
    ]);
    expect(problems).toEqual([]);
  }, 60_000);

  test("h opens the help and closes it, and no other key acts while it is open", async () => {
    await page.locator('html[data-ready="true"]').waitFor();
    await page.keyboard.press("h");
    await page.locator("#help[open]").waitFor();
    await page.keyboard.press("x");
    expect(await page.locator("#help[open]").count()).toBe(1);
    await page.keyboard.press("h");
    await page.locator("#help[open]").waitFor({ state: "detached" });
    expect(problems).toEqual([]);
  }, 60_000);

  test("each decision has a key, is reported, and can be undone", async () => {
    const shown = () => page.locator(".review-ink path").getAttribute("d");
    const first = await shown();
    await page.getByText("6 to review").waitFor();
    expect(await page.locator("#nav-review .nav-count").textContent()).toBe("8");
    await pressed("Enter", "7 was correct.");
    expect(await shown()).not.toBe(first);
    await pressed("u", "Undone: 7 is in review again.");
    expect(await shown()).toBe(first);
    await pressed("Enter", "7 was correct.");
    await pressed("m", "Changed from 7 to 1.");
    await pressed("9", "Changed from 7 to 9.");
    await pressed("x", "7 is now none of the labels.");
    await pressed("Backspace", "7 withdrawn.");
    await page.getByText("1 to review").waitFor();
    expect(await page.locator("#nav-review .nav-count").textContent()).toBe("3");
    // Space skips the last one, and there is nothing after it.
    await page.keyboard.press("Space");
    await page.getByText("That was the last one. Skipped: 1.").waitFor();
    await page.getByRole("link", { name: "Start over" }).click();
    await page.getByText("1 to review").waitFor();
    await page.keyboard.press("h");
    await page.locator("dialog[open]").getByText("The label is correct").waitFor();
    await page.keyboard.press("Escape");
    expect(problems).toEqual([]);
    await server.stop("SIGTERM");
    expect((await samples()).slice(0, 6)).toEqual([
      ...[
        ["7", "labelled"],
        ["1", "labelled"],
        ["9", "labelled"],
        [null, "negative"],
        ["7", "rejected"],
        ["7", "labelled"],
      ],
    ]);
  }, 60_000);

  test("a batch is confirmed after a question, and its link leads through its labels", async () => {
    await page.getByRole("button", { name: "All labels are correct…" }).click();
    await page.getByRole("dialog").getByText("Confirm the batch of 8?").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("link", { name: "Check one at a time" }).click();
    await page.getByText("2 to review").waitFor();
    await pressed("Enter", "7 was correct.");
    await page.goto(`${server.url}/label`);
    await page.getByRole("button", { name: "Withdraw the batch…" }).click();
    await page.getByRole("button", { name: "Withdraw all" }).click();
    await notice().getByText("Labels withdrawn: 7.").waitFor();
    expect(await page.getByText("Batches in review").count()).toBe(0);
    expect(problems).toEqual([]);
  }, 60_000);

  test("without script, the buttons do the same", async () => {
    const plain = await browser.newPage({ locale: "en", javaScriptEnabled: false });
    await plain.goto(`${server.url}/label`);
    await plain.getByRole("button", { name: "It is 1" }).click();
    await plain.getByText("Changed from 7 to 1.").waitFor();
    await plain.getByRole("button", { name: "Undo" }).click();
    await plain.getByText("Undone: 7 is in review again.").waitFor();
    await plain.getByRole("link", { name: "Skip", exact: true }).click();
    await plain.getByRole("button", { name: "None of these" }).click();
    await plain.getByText("7 is now none of the labels.").waitFor();
    await plain.close();
  }, 60_000);

  test("a phone shows drawing and decision without sideways scrolling, in Japanese too", async () => {
    for (const locale of ["en", "ja"]) {
      const phone = await browser.newPage({ locale, viewport: { width: 390, height: 740 }, hasTouch: true });
      await phone.goto(`${server.url}/label`);
      const overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
      expect(await phone.evaluate<number>(overflow)).toBe(0);
      await phone.locator('button[data-do="confirm"]').tap();
      await phone.locator("#queue .notice").waitFor();
      await phone.close();
    }
  }, 60_000);
});
