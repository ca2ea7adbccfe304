import { join } from "node:path";

// How much labels teach. Each part is a script in the folder `learning`, with options of its own besides --data.
//
//   npm run bench -- learning --data DIR [--part memory|tuning|letters|loop]     all parts by default

const PARTS = ["memory", "tuning", "letters", "loop"];

const options = process.argv.slice(2);
const at = options.indexOf("--part");
const [, part] = at < 0 ? [] : options.splice(at, 2);
if (at >= 0 && !PARTS.includes(part ?? "")) {
  console.error(`No part "${part}". There are: ${PARTS.join(", ")}`);
  process.exit(2);
}
for (const name of part === undefined ? PARTS : [part]) {
  console.log(`\n${name}\n`);
  const script = join(import.meta.dir, "learning", `${name}.ts`);
  const child = Bun.spawn([process.execPath, script, ...options], {
    stdio: ["ignore", "inherit", "inherit"],
  });
  if ((await child.exited) !== 0) process.exit(1);
}
