import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { buildExecutableWhenStale } from "../../src/build/build.ts";
import { axeViolations } from "../support/axe-violations.ts";
import { launchBrowser } from "../support/browser.ts";
import { livedInProject } from "../support/lived-in-project.ts";
import { settled } from "../support/settled.ts";

// `npm run screens [-- --out DIR] [--only /runs,/models,door] [--axe]`: photographs every page of a project that people have
// used, and those by which they come in, at desktop and phone width, light and dark, English and Japanese, to be looked at. --axe checks each as well.

const { values } = parseArgs({
  options: {
    out: { type: "string", default: join(import.meta.dir, "../../dist/screens") },
    only: { type: "string", default: "" },
    axe: { type: "boolean", default: false },
  },
});

const WIDTHS = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
];

await buildExecutableWhenStale();
await mkdir(values.out, { recursive: true });
const [browser, project] = await Promise.all([launchBrowser(), livedInProject()]);
let violations = 0;
try {
  const only = values.only.split(",").filter((path) => path !== "");
  const paths = [...project.paths, project.reportPath].filter(
    (path) => only.length === 0 || only.includes(path),
  );
  const forms = project.forms.filter(({ path }) => only.length === 0 || only.includes(path));
  const nameOf = (n: number, path: string) =>
    `${String(n).padStart(2, "0")}${path.split("?")[0]!.replaceAll(/[^\w-]+/g, "_")}`;
  const door = only.length === 0 || only.includes("door") ? project.door : [];
  let sent = 0;
  for (const viewport of WIDTHS) {
    for (const colorScheme of ["light", "dark"] as const) {
      for (const locale of ["en", "ja"]) {
        const context = await browser.newContext({ viewport, colorScheme, locale, reducedMotion: "reduce" });
        const page = await context.newPage();
        const photograph = async (name: string, isChecked: boolean) => {
          const started = performance.now();
          await settled(page);
          const file = join(values.out, `${name}-${viewport.width}-${colorScheme}-${locale}.png`);
          await page.screenshot({ path: file, fullPage: true });
          const found = values.axe && isChecked ? await axeViolations(page) : [];
          violations += found.length;
          const seconds = ((performance.now() - started) / 1000).toFixed(1);
          console.log(`${file} ${seconds} s${found.length > 0 ? ` ${JSON.stringify(found, null, 1)}` : ""}`);
        };
        for (const [n, path] of paths.entries()) {
          await page.goto(project.server.url + path);
          await photograph(nameOf(n, path), path !== project.reportPath);
        }
        for (const [n, { path, fields }] of forms.entries()) {
          await page.goto(project.server.url + path);
          const form = page.locator(`form[method="post"][action="${path}"]`);
          for (const [field, value] of Object.entries(fields)) {
            // A name can be added once only.
            await form.locator(`[name="${field}"]`).fill(value.replace("#", String(++sent)));
          }
          await form.locator('[type="submit"]').click();
          await photograph(`${nameOf(paths.length + n, path)}_made`, true);
        }
        // Last: whoever has logged in sees the other pages with a name in their head.
        for (const { name, open } of door) {
          await open(page);
          await photograph(`door_${name}`, true);
        }
        await context.close();
      }
    }
  }
} finally {
  await browser.close();
  await project.stop();
}
if (values.axe) console.log(`${violations} violations`);
process.exit(violations > 0 ? 1 : 0);
