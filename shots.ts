import { chromium } from "playwright-core";
import { mkdtempSync } from "node:fs";
const dir = mkdtempSync("/tmp/shotproj-");
const s = Bun.spawn(["/work/main/dist/tegaki", "serve", "--dir", dir, "--http", "127.0.0.1:8123"], { env: { ...process.env, TEGAKI_SERVER__SCHEDULER__TRIGGERS__NEW_SAMPLES: "20", TEGAKI_SERVER__SCHEDULER__MIN_INTERVAL: "0" }, stdout: "pipe", stderr: "inherit" });
const base = "http://127.0.0.1:8123";
for (;;) { try { if ((await fetch(base + "/readyz")).ok) break; } catch {} await Bun.sleep(100); }
const strokes: Record<string, number[][][]> = { "1": [[[140,40],[140,100],[140,240]]], "7": [[[60,50],[220,50],[120,240]]], "0": [[[140,40],[70,100],[70,190],[140,240],[210,190],[210,100],[140,40]]], "4": [[[90,40],[70,150],[210,150]],[[170,90],[170,240]]] };
let n = 0;
for (let i = 0; i < 24; i++) { const d = Object.keys(strokes)[i % 4]!; const j = (v: number) => v + ((i * 7) % 11) - 5; await fetch(base + "/api/v1/samples", { method: "POST", headers: { "content-type": "application/json", origin: base }, body: JSON.stringify({ label: d, width: 280, height: 280, strokes: strokes[d]!.map(st => st.map(([x, y]) => [j(x!), j(y!)])), writer: `w${i % 6}` }) }).then(r => { if (r.status !== 201) r.text().then(console.log); }); n++; }
let run: any; for (let i = 0; i < 300; i++) { const runs = (await (await fetch(base + "/api/v1/runs")).json() as any).runs ?? (await (await fetch(base + "/api/v1/runs")).json() as any).items; run = runs?.[0]; if (run && run.status !== "running" && run.status !== "queued") break; await Bun.sleep(500); }
console.log("run", run?.id, run?.status, run?.error);
// a failed run
await fetch(base + "/api/v1/runs", { method: "POST", headers: { "content-type": "application/json", origin: base }, body: JSON.stringify({ pipeline: "first", params: { epoch: 3 } }) }).then(async r => console.log(r.status, (await r.text()).slice(0, 200)));
await Bun.sleep(4000);
const runs2 = (await (await fetch(base + "/api/v1/runs")).json() as any).runs; const failed = runs2.find((r: any) => r.status === "failed");
console.log("failed", failed?.id, failed?.error);
const b = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"] });
const pages: [string, string][] = [["draw", "/"], ["runs", "/runs"], ["run", `/runs/${run?.id}`], ["failed", `/runs/${failed?.id ?? run?.id}`], ["models", "/models"], ["model", "/models/2"], ["pipelines", "/pipelines?pipeline=tuning"], ["error", "/nowhere"]];
for (const [lang, scheme, w, tag] of [["en", "light", 1280, "wide"], ["ja", "light", 390, "phone"], ["ja", "dark", 1280, "wide"], ["en", "dark", 390, "phone"]] as const) {
  const ctx = await b.newContext({ viewport: { width: w, height: w === 390 ? 844 : 900 }, colorScheme: scheme, locale: lang === "ja" ? "ja-JP" : "en-US" });
  const page = await ctx.newPage(); page.on("console", m => { if (m.type() === "error") console.log(lang, w, m.text().slice(0, 200)); });
  for (const [name, path] of pages) { await page.goto(base + path); await page.waitForTimeout(400);
    if (name === "draw") { const box = (await page.locator(".pad canvas").boundingBox())!; await page.mouse.move(box.x + box.width * 0.25, box.y + box.height * 0.2); await page.mouse.down(); for (const [x, y] of [[0.75, 0.2], [0.6, 0.5], [0.45, 0.85]]) await page.mouse.move(box.x + box.width * x!, box.y + box.height * y!, { steps: 8 }); await page.mouse.up(); await page.waitForTimeout(500); }
    await page.screenshot({ path: `/tmp/shots/${name}-${lang}-${scheme}-${tag}.png`, fullPage: name !== "pipelines" }); const sw = await page.evaluate(() => document.documentElement.scrollWidth); if (sw > w) console.log("WIDE", name, lang, w, sw); }
  await ctx.close(); }
await b.close(); s.kill(); await s.exited;
