import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "bun:test";
import type { Browser, Page } from "playwright-core";
import { TEST_NEEDS } from "../../src/build/test-needs.ts";
import { draw, launchBrowser, problemsOf } from "../support/browser.ts";
import { drawingOf } from "../support/digit-strokes.ts";
import { emptyProject, type RunningServer, startServer } from "../support/executable.ts";
import { describeNeeding } from "../support/needing.ts";

interface Sample {
  label: string | null;
  drawing: unknown;
  image: { pixels: number[] };
}

describeNeeding(TEST_NEEDS.chromium, "pictures on the Draw page", () => {
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
  beforeEach(async () => {
    page = await browser.newPage({ locale: "en", viewport: { width: 1280, height: 860 } });
    page.setDefaultTimeout(10_000);
    problems = problemsOf(page);
    await page.goto(server.url);
    await page.locator('[data-page="draw"][data-ready="true"]').waitFor();
  });
  afterEach(() => page?.close());

  const message = (text: string | RegExp) => page.locator("#message").getByText(text).waitFor();
  const textOf = async (selector: string) => (await page.locator(selector).textContent()) ?? "";
  const answered = () => page.locator('.answer[data-state="answered"]').waitFor();
  /** Of the newest sample. */
  async function newest(): Promise<Sample> {
    const list = (await (await fetch(`${server.url}/api/v1/samples?limit=1`)).json()) as {
      samples: { id: string }[];
    };
    return (await (await fetch(`${server.url}/api/v1/samples/${list.samples[0]!.id}`)).json()) as Sample;
  }

  /** A photograph as JPEG or PNG, in base64: a digit in blue ink on yellowish paper, darker to the right. */
  async function photograph(digit: string, seed: number, type = "image/jpeg"): Promise<string> {
    const url = await page.evaluate(
      ({ strokes, size, kind }) => {
        const canvas = document.createElement("canvas");
        [canvas.width, canvas.height] = [1200, 900];
        const context = canvas.getContext("2d")!;
        const light = context.createLinearGradient(0, 0, 1200, 0);
        light.addColorStop(0, "#f4ecd0");
        light.addColorStop(1, "#b5aa86");
        context.fillStyle = light;
        context.fillRect(0, 0, 1200, 900);
        context.strokeStyle = "#1c2f6e";
        context.lineWidth = 16;
        context.lineCap = context.lineJoin = "round";
        for (const stroke of strokes) {
          context.beginPath();
          for (const [x, y] of stroke) context.lineTo(350 + (500 * x!) / size, 200 + (500 * y!) / size);
          context.stroke();
        }
        return canvas.toDataURL(kind);
      },
      {
        strokes: drawingOf(digit, seed).strokes.map((stroke) => stroke.map(([x, y]) => [x, y])),
        size: drawingOf(digit, seed).width,
        kind: type,
      },
    );
    return url.slice(url.indexOf(",") + 1);
  }
  async function choose(name: string, mimeType: string, base64: string): Promise<void> {
    await page.locator("#picture").setInputFiles({ name, mimeType, buffer: Buffer.from(base64, "base64") });
  }
  /** Drops or pastes a picture as the browser would. */
  async function give(event: "drop" | "paste", base64: readonly string[]): Promise<void> {
    await page.evaluate(
      ([kind, files]) => {
        const transfer = new DataTransfer();
        for (const [i, file] of files.entries()) {
          const bytes = Uint8Array.from(atob(file), (character) => character.charCodeAt(0));
          transfer.items.add(new File([bytes], `digit-${i}.jpg`, { type: "image/jpeg" }));
        }
        const options = { bubbles: true, cancelable: true };
        const pad = document.querySelector(".pad")!;
        if (kind === "drop") {
          pad.dispatchEvent(new DragEvent("dragover", { ...options, dataTransfer: transfer }));
          pad.dispatchEvent(new DragEvent("drop", { ...options, dataTransfer: transfer }));
        } else pad.dispatchEvent(new ClipboardEvent("paste", { ...options, clipboardData: transfer }));
      },
      [event, [...base64]] as const,
    );
  }

  test("a photograph that is chosen is answered, shown as the model sees it, labelled and corrected like a drawing", async () => {
    const sent: string[] = [];
    page.on("request", (request) => sent.push(request.postData() ?? ""));
    const photo = await photograph("4", 41);
    await choose("four.jpg", "image/jpeg", photo);
    await answered();
    expect(await textOf("#answer-digit")).toBe("4");
    await message("This is the ink that was found.");
    await page.locator(".pad-picture").waitFor();
    await page.keyboard.press("5");
    await message("Stored as 5.");
    expect(await page.locator(".pad-picture").isVisible()).toBe(false);
    const sample = await newest();
    expect(sample).toMatchObject({ label: "5", drawing: null });
    expect(sample.image.pixels.filter((pixel) => pixel > 128).length).toBeGreaterThan(30);
    // The picture itself stays in the browser.
    expect(sent.every((body) => body.length < 10_000)).toBe(true);
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("4");
    await message("Changed from 5 to 4.");
    await page.locator('[data-recent][data-look="stored"]').waitFor();
    expect((await newest()).label).toBe("4");
    expect(problems).toEqual([]);
  }, 30_000);

  test("a photograph that is dropped or pasted is answered; Space and Backspace clear it and bring it back", async () => {
    await give("drop", [await photograph("7", 71)]);
    await answered();
    expect(await textOf("#answer-digit")).toBe("7");
    await page.keyboard.press(" ");
    await page.locator('.answer[data-state="empty"]').waitFor();
    await page.keyboard.press("Backspace");
    await answered();
    expect(await textOf("#answer-digit")).toBe("7");
    await give("paste", [await photograph("2", 21)]);
    await page.locator("#answer-digit").getByText("2", { exact: true }).waitFor();
    await page.locator('[data-do="accept"][aria-disabled="false"]').waitFor();
    await page.keyboard.press("Enter");
    await message("Stored as 2.");
    await page.locator("#message").getByRole("button", { name: "Undo 2" }).click();
    await page.locator(".pad-picture").waitFor();
    // A stroke takes its place.
    await draw(page, drawingOf("1", 5));
    await page.locator(".pad-picture").waitFor({ state: "hidden" });
    expect(await page.locator('.pad[data-ink="true"]').count()).toBe(1);
    expect(problems).toEqual([]);
  }, 30_000);

  test("a picture without a label is still on the pad after a reload; once labelled, a reload shows an empty pad", async () => {
    const reload = async () => {
      await page.reload();
      await page.locator('[data-page="draw"][data-ready="true"]').waitFor();
    };
    await choose("four.jpg", "image/jpeg", await photograph("4", 41));
    await answered();
    await reload();
    await page.locator(".pad-picture").waitFor();
    await answered();
    expect(await textOf("#answer-digit")).toBe("4");
    await page.keyboard.press("4");
    await message("Stored as 4.");
    const { label, drawing, image } = await newest();
    expect([label, drawing]).toEqual(["4", null]);
    expect(image.pixels.filter((pixel) => pixel > 128).length).toBeGreaterThan(30);
    await reload();
    expect(await page.locator(".pad-picture").isVisible()).toBe(false);
    expect(await page.locator(".answer").getAttribute("data-state")).toBe("empty");
    expect(problems).toEqual([]);
  }, 30_000);

  test("what is no picture, has no ink, or is more than one is refused with a sentence", async () => {
    await choose("notes.txt", "text/plain", btoa("not a picture"));
    await message("notes.txt is not a picture that this browser can read.");
    const blank = await page.evaluate(() => {
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [300, 300];
      const context = canvas.getContext("2d")!;
      context.fillStyle = "#eee";
      context.fillRect(0, 0, 300, 300);
      return canvas.toDataURL("image/png").split(",")[1]!;
    });
    await choose("paper.png", "image/png", blank);
    await message("No ink stands out in paper.png.");
    const photo = await photograph("3", 31);
    await give("drop", [photo, photo]);
    await message("Found 2 files. Choose one picture at a time.");
    expect(await page.locator(".pad-picture").isVisible()).toBe(false);
    expect(await page.locator(".answer").getAttribute("data-state")).toBe("empty");
    expect(problems).toEqual([]);
  }, 30_000);
});
