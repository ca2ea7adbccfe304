import { afterAll, beforeAll, expect, test } from "bun:test";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { TEST_NEEDS } from "../../src/build/test-needs.ts";
import { SCHEDULE } from "../../src/domain/actor.ts";
import type { Store } from "../../src/domain/store.ts";
import { systemClock } from "../../src/lib/clock.ts";
import { saying } from "../../src/lib/saying.ts";
import { openStore } from "../../src/storage/open.ts";
import { launchBrowser, problemsOf } from "../support/browser.ts";
import { emptyProject, type RunningServer, runCommand, startServer } from "../support/executable.ts";
import { templateModel } from "../support/models.ts";
import { describeNeeding } from "../support/needing.ts";
import { registerModel } from "../support/registered-model.ts";
import { RULES } from "../trials/support.ts";

describeNeeding(TEST_NEEDS.chromium, "the page of trials", () => {
  let browser: Browser;
  let project: Awaited<ReturnType<typeof emptyProject>>;
  let server: RunningServer;
  let store: Store;
  let page: Page;
  let problems: string[];

  beforeAll(async () => {
    browser = await launchBrowser();
    project = await emptyProject();
    expect((await runCommand(project, ["model", "list"])).code).toBe(0);
    await registerModel(project.dir, templateModel(), { state: "candidate", gate: null });
    const path = join(project.dir, "data/tegaki.db");
    store = await openStore({ path, clock: systemClock, holdoutFraction: 0.2 });
    server = await startServer(project);
    page = await browser.newPage({ locale: "en", viewport: { width: 390, height: 800 } });
    problems = problemsOf(page);
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await server?.stop("SIGKILL");
    await store?.close();
    await project?.remove();
  });

  test("starts a trial by its form, shows it live, and stops it", async () => {
    await page.goto(`${server.url}/models`);
    await page.getByRole("link", { name: "Trials and replay" }).click();
    await page.getByText("No trial is running.").waitFor();
    await page.getByRole("button", { name: "Start trial" }).click();
    await page.getByRole("heading", { name: "Model 2 against model 1" }).waitFor();
    await page.getByText("0 of 5,000 labels").first().waitFor();
    await page.getByRole("button", { name: "Stop…" }).click();
    await page.getByRole("button", { name: "Stop trial" }).click();
    await page.getByText("No trial is running.").waitFor();
    await page.getByRole("cell", { name: "Stopped" }).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
    expect(problems).toEqual([]);
  }, 60_000);

  test("replays a version by its form and shows the result without a reload", async () => {
    await page.goto(`${server.url}/models/trials`);
    await page.getByRole("button", { name: "Replay", exact: true }).click();
    await page.getByText("Model 2 against model 1, newest 0 drawings").waitFor();
    expect(problems).toEqual([]);
  }, 60_000);

  test("shows a notice on another page, which is dismissed without leaving it", async () => {
    const figures = { champion: 2, other: 1, n: 20, otherOnly: 20, championOnly: 0, odds: "99,864" };
    const notice = {
      message: "Model 2 was rolled back",
      says: saying("rolledBack", figures),
      href: "/models/trials",
    };
    const watch = {
      kind: "watch",
      other: 1,
      deployment: 99,
      startedBy: SCHEDULE,
      reason: "",
      rules: RULES,
    } as const;
    const { id } = await store.trials.add(watch);
    await store.trials.end(id, { outcome: "rolled_back", endedBy: SCHEDULE, endReason: "", notice });
    await page.goto(`${server.url}/runs`);
    const region = page.getByRole("region", { name: "Notices" });
    await region.getByText("Model 2 was rolled back").waitFor();
    await region.getByRole("button", { name: "Dismiss" }).click();
    await region.getByText("Model 2 was rolled back").waitFor({ state: "detached" });
    expect(new URL(page.url()).pathname).toBe("/runs");
    expect(await store.notices.open()).toEqual([]);
    expect(problems).toEqual([]);
  }, 60_000);
});
