import { launchBrowser, problemsOf } from "./support/browser.ts";
const base = "http://127.0.0.1:8765";
const { samples } = (await (await fetch(`${base}/api/v1/samples?limit=1&writer=writer%201`)).json()) as { samples: { id: string }[] };
const id = samples[0]!.id;
const { runs } = (await (await fetch(`${base}/api/v1/runs`)).json()) as { runs: { id: string }[] };
await fetch(`${base}/api/v1/samples/${id}`, { method: "PATCH", headers: { "content-type": "application/json" }, body: '{"label":"1"}' });
const pages: Record<string, string> = { samples: "/samples", sample: `/samples/${id}`, data: `/runs/${runs[0]!.id}/data`, model: "/models/2", run: `/runs/${runs[0]!.id}`, forget: "/samples/forget?writer=writer%201", filtered: "/samples?writer=writer%201&label=7" };
const browser = await launchBrowser();
for (const [width, scheme, lang] of [[1280, "light", "en"], [390, "dark", "ja"], [1280, "dark", "ja"], [390, "light", "en"]] as const) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme, locale: lang });
  const page = await context.newPage();
  const problems = problemsOf(page);
  for (const [name, path] of Object.entries(pages)) {
    await page.goto(base + path);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (overflow > 0) console.log("OVERFLOW", name, width, lang, overflow);
    await page.screenshot({ path: `/tmp/e-shots/${name}-${width}-${scheme}-${lang}.png`, fullPage: true });
  }
  if (problems.length) console.log(width, scheme, lang, problems);
  await context.close();
}
await browser.close();
