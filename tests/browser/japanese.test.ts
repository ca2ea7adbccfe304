import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { encode } from "fast-png";
import type { Browser, Page } from "playwright-core";
import { TEST_NEEDS } from "../../src/build/test-needs.ts";
import { packArchive } from "../../src/datasets/models/model-archive.ts";
import { draw, launchBrowser } from "../support/browser.ts";
import { drawingOf } from "../support/digit-strokes.ts";
import { englishOn, isEnglish } from "../support/english-on.ts";
import { type LivedInProject, livedInProject } from "../support/lived-in-project.ts";
import { describeNeeding } from "../support/needing.ts";

// The whole flow in Japanese: no page, message or name of a control is in English, but for what the list allows.

const SCREENS = join(import.meta.dir, "../../dist/screens/japanese");

describeNeeding(TEST_NEEDS.chromium, "the pages in Japanese", () => {
  let browser: Browser;
  let project: LivedInProject;
  let page: Page;
  const found: string[] = [];

  beforeAll(async () => {
    await mkdir(SCREENS, { recursive: true });
    [browser, project] = await Promise.all([launchBrowser(), livedInProject()]);
    page = await browser.newPage({
      ...{ locale: "ja", reducedMotion: "reduce", viewport: { width: 1280, height: 900 } },
      extraHTTPHeaders: { "accept-language": "ja" },
    });
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await project?.stop();
  });

  const open = async (path: string) => {
    await page.goto(project.server.url + path);
    await page.waitForLoadState("load");
  };
  /** Looks at everything that the page shows now. */
  const look = async (step: string) => {
    expect([step, await page.locator("html").getAttribute("lang")]).toEqual([step, "ja"]);
    for (const text of await page.evaluate(englishOn)) {
      if (isEnglish(text)) found.push(`${step}: ${text}`);
    }
    await page.screenshot({ path: join(SCREENS, `${step.replaceAll(/[^\w-]+/g, "_")}.png`) });
  };
  const post = async (path: string, form: Record<string, string>, headers: Record<string, string> = {}) => {
    const response = await page.request.post(project.server.url + path, {
      ...{ form, headers: { "accept-language": "ja", ...headers }, maxRedirects: 0 },
    });
    const { location } = response.headers();
    if (location === undefined) return { status: response.status(), html: await response.text() };
    // What was done, or why not, is said on the page that it leads to.
    const shown = await page.request.get(project.server.url + location, {
      headers: { "accept-language": "ja" },
    });
    return { status: response.status(), html: await shown.text() };
  };
  /** Looks at the answer to a form as a page of its own. */
  const lookAt = async (step: string, { html }: { html: string }) => {
    await page.setContent(html.replace(/<script[^>]*><\/script>/g, ""));
    await look(step);
  };

  test("isEnglish() finds sentences and not names, code, keys and units", () => {
    expect(["Expected a whole number", "The run failed", "は Not found です"].filter(isEnglish)).toHaveLength(
      3,
    );
    expect(
      ["tuning_epochs", "Enter", "12.5 kB", "モデル 2", "sha256 ab12", "MNIST"].filter(isEnglish),
    ).toEqual([]);
  });

  test("every page, opened by its address", async () => {
    const paths = project.paths.filter((path) => !path.startsWith("/docs/"));
    for (const path of paths) {
      await open(path);
      await look(`page ${path.split("?")[0]}`);
    }
    await open("/docs/gate");
    const manual = await page.evaluate(englishOn);
    // The name of a page of the manual is its title; the text is English, and the page says so.
    expect(manual.filter(isEnglish)).toEqual([await page.title()]);
    expect(await page.locator("main").textContent()).toContain("本文は英語のみ");
    expect(found).toEqual([]);
  }, 240_000);

  test("draw, accept, correct, and the messages of Draw", async () => {
    found.length = 0;
    await open("/");
    await page.locator('[data-page="draw"][data-ready="true"]').waitFor();
    for (const [digit, key] of [
      ["3", "Enter"],
      ["5", "6"],
    ] as const) {
      await draw(page, drawingOf(digit, 7_000 + Number(digit)));
      await page.locator('.answer[data-state="answered"]').waitFor();
      const saved = page.locator("#message").getByText(/保存/).first();
      // A key that comes before the answer to the whole drawing is refused with a message, and pressed again.
      for (let tries = 0; tries < 5 && !(await saved.isVisible()); tries++) {
        await page.keyboard.press(key);
        await saved.waitFor({ timeout: 3_000 }).catch(() => {});
      }
      expect(await saved.isVisible()).toBe(true);
      await look(`draw ${key}`);
    }
    await page.keyboard.press("Alt+r");
    await page.keyboard.press("5");
    await look("draw corrected");
    await page.keyboard.press("h");
    await look("draw help");
    await page.keyboard.press("Escape");
    // A drawing that is stored with another label is refused: the page shows the server's reason.
    await page.route("**/api/v1/samples", async (route) => {
      const request = route.request();
      const stored = drawingOf("3", 8_001);
      const headers = { "content-type": "application/json", "accept-language": "ja" };
      await page.request.post(request.url(), { data: { ...stored, label: "1" }, headers });
      await route.continue({ postData: JSON.stringify({ ...stored, label: "2" }) });
    });
    await draw(page, drawingOf("8", 7_100));
    await page.locator('.answer[data-state="answered"]').waitFor();
    await page.keyboard.press("2");
    await page
      .locator("#message")
      .getByText(/保存済み/)
      .waitFor();
    await look("draw refused");
    await page.unrouteAll();
    expect(found).toEqual([]);
  }, 90_000);

  test("Samples: filter, relabel in bulk, undo, an import with bad rows, and its refusals", async () => {
    found.length = 0;
    await open("/samples?label=3&sure_to=x");
    await look("samples wrong filter");
    await open("/samples");
    await page.locator('[data-page="samples"][data-ready="true"], .cell').first().waitFor();
    await page.locator(".cell").first().focus();
    await page.keyboard.press("Space");
    await look("samples selected");
    await page.keyboard.press("1");
    await page.getByText(/件/).first().waitFor();
    await page.waitForTimeout(500);
    await look("samples relabelled");
    await page.keyboard.press("Control+z");
    await page.waitForTimeout(500);
    await look("samples undone");
    await page.keyboard.press("h");
    await look("samples help");
    await page.keyboard.press("Escape");
    for (const [name, content] of Object.entries(await uploads())) {
      await open("/samples");
      await page.locator("#sheet-import > summary").click();
      await page.setInputFiles("#import-files", {
        name,
        mimeType: "application/octet-stream",
        buffer: Buffer.from(content),
      });
      await page.locator("#import-preview, #import-state .alert").first().waitFor();
      await look(`import ${name}`);
    }
    await lookAt("samples nothing selected", await post("/samples/export", { format: "csv" }));
    await lookAt("samples wrong format", await post("/samples/export", { format: "x", all: "1" }));
    expect(found).toEqual([]);
  }, 120_000);

  test("Review, runs, models, scheduler and settings: what they refuse", async () => {
    found.length = 0;
    const trained = project.reportPath.split("/")[2]!;
    await lookAt("run wrong value", await post("/runs", { pipeline: "tuning", "param.tuning_epochs": "x" }));
    await lookAt("run unknown pipeline", await post("/runs", { pipeline: "none" }));
    await lookAt("retry refused", await post(`/runs/${trained}/retry`, {}));
    await lookAt("resume refused", await post(`/runs/${trained}/resume`, {}));
    await lookAt("tag refused", await post(`/runs/${trained}/tags`, { add: "a,b" }));
    await lookAt("compare refused", {
      html: await (
        await page.request.get(`${project.server.url}/runs/compare?run=${trained}`, {
          headers: { "accept-language": "ja" },
        })
      ).text(),
    });
    for (const path of ["/models/2/promote", "/models/1/promote", "/models/99/promote", "/models/rollback"]) {
      await lookAt(`models ${path}`, await post(path, {}));
    }
    await lookAt("alias refused", await post("/models/1/aliases", { alias: "Not An Alias" }));
    await lookAt("tag of a model refused", await post("/models/1/tags", { tag: "x" }));
    await lookAt("delete refused", await post("/models/1/delete", {}));
    await lookAt("scheduler refused", await post("/scheduler/run", { pipeline: "none" }));
    await open("/settings");
    await page.locator('[name="set.gate.margin"]').fill("7");
    await page
      .locator('form[action="/settings"] button[type="submit"], main form button[type="submit"]')
      .first()
      .click();
    await page.waitForLoadState("load");
    await look("settings wrong value");
    await lookAt("review refused", await post("/label/none", { do: "x", was: "1" }));
    expect(found).toEqual([]);
  }, 120_000);

  test("errors: not found, another method, another site, another host", async () => {
    found.length = 0;
    await open("/models/999");
    await look("404");
    const other = { "sec-fetch-site": "cross-site" };
    await lookAt("another site", await post("/runs", {}, other));
    const get = async (path: string, headers: Record<string, string>) => ({
      html: await (
        await fetch(project.server.url + path, { headers: { "accept-language": "ja", ...headers } })
      ).text(),
    });
    await lookAt("another host", await get("/", { host: "elsewhere.example" }));
    await lookAt("through a proxy", await get("/", { via: "1.1 proxy" }));
    const put = await fetch(`${project.server.url}/learning`, {
      method: "PUT",
      headers: { "accept-language": "ja" },
    });
    await lookAt("another method", { html: await put.text() });
    await lookAt("a long form", await post("/runs", { pipeline: "x".repeat(2_000_000) }));
    expect(found).toEqual([]);
  }, 60_000);

  test("the language switch does the same as Accept-Language", async () => {
    const english = await browser.newPage({ locale: "en" });
    await english.goto(`${project.server.url}/models`);
    await english.getByRole("button", { name: "日本語" }).click();
    await english.waitForLoadState("load");
    expect(await english.locator("html").getAttribute("lang")).toBe("ja");
    expect((await english.evaluate(englishOn)).filter(isEnglish)).toEqual([]);
    const response = await english.request.get(`${project.server.url}/api/v1/models/999`);
    expect(((await response.json()) as { detail: string }).detail).toMatch(/[ぁ-ん]/);
    await english.close();
  }, 30_000);
});

/** Files with a row or a whole in trouble, in every format that an import reads. */
async function uploads(): Promise<Record<string, Uint8Array | string>> {
  const png = encode({ width: 28, height: 28, channels: 1, depth: 8, data: new Uint8Array(784).fill(9) });
  const csv = ["label", ...Array.from({ length: 784 }, (_, i) => `p${i}`)].join(",");
  return {
    "bad.zip": await packArchive(
      { "7/a.png": png, "A/b.png": png, "7/c.png": Buffer.from("x"), "7/d.txt": png, "e.png": png },
      [],
    ),
    "bad.ndjson": [
      "{",
      '{"label": "A", "w": 9, "h": 9, "strokes": [[[1, 1]]]}',
      '{"label": "1", "w": 9, "h": 9, "strokes": 3}',
      '{"label": "1", "pixels": [1]}',
    ].join("\n"),
    "bad.csv": `${csv}\n1,2\nx${",0".repeat(784)}\n1,y${",0".repeat(783)}`,
    "bad.json": JSON.stringify([{ data: { image: "x" }, annotations: [] }, { data: {} }]),
    "bad.pkl": Uint8Array.of(0x80, 3, 0x5a),
    "images-idx3-ubyte": Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 1),
    "odd.txt": "hello",
    "picture.png": png,
  };
}
