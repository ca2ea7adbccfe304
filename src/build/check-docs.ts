import { join } from "node:path";
import { undocumentedExports } from "./doc-comments.ts";

// Part of `npm run lint`: every export of src and views has a doc comment. With folders or files as arguments it looks
// at those alone: `node src/build/bun.mjs src/build/check-docs.ts src/engine views/charts`.

const ROOT = join(import.meta.dir, "../..");

/** An export that lacks a doc comment: "src/lib/clock.ts:3 Clock". */
interface Gap {
  file: string;
  place: string;
}

const isWithin = (file: string, folder: string) => file === folder || file.startsWith(`${folder}/`);

async function gapsIn(folders: readonly string[]): Promise<Gap[]> {
  const files = (await Array.fromAsync(new Bun.Glob("{src,views}/**/*.{ts,tsx}").scan({ cwd: ROOT })))
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => !file.endsWith(".as.ts") && !file.startsWith("src/project-api/template/"))
    .filter((file) => folders.length === 0 || folders.some((folder) => isWithin(file, folder)))
    .sort();
  if (files.length === 0) {
    console.error(`No TypeScript in ${folders.join(", ")}: name folders or files of src and views`);
    process.exit(2);
  }
  const found = await Promise.all(
    files.map(async (file) =>
      undocumentedExports(file, await Bun.file(join(ROOT, file)).text()).map(({ name, line }) => ({
        file,
        place: `${file}:${line} ${name}`,
      })),
    ),
  );
  return found.flat();
}

/** "src/config 12, src/graph 25": how many gaps are in each folder of src and views. */
function countsOf(gaps: readonly Gap[]): string {
  const counts = Map.groupBy(gaps, ({ file }) => file.split("/").slice(0, 2).join("/"));
  return [...counts].map(([folder, inside]) => `${folder} ${inside.length}`).join(", ");
}

const folders = process.argv.slice(2).map((argument) => argument.replace(/^\.\/|\/$/g, ""));
const gaps = await gapsIn(folders);
for (const { place } of gaps) console.error(`${place} has no doc comment`);
if (gaps.length > 0) console.error(`${gaps.length} exports lack a doc comment: ${countsOf(gaps)}`);
process.exit(gaps.length === 0 ? 0 : 1);
