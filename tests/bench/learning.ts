// What labels bring, each part in its own file of learning/:
//
//   npm run bench -- learning --data DIR [--part tuning] [options of the part]

/** Runs one part. @param options the command line without `--part`. */
type Part = (options: string[]) => Promise<void>;

const PARTS: Record<string, () => Promise<Part>> = {
  tuning: async () => (await import("./learning/tuning.ts")).benchTuning,
};

const options = process.argv.slice(2);
const at = options.indexOf("--part");
const [, asked] = at < 0 ? [] : options.splice(at, 2);
if (asked !== undefined && !Object.hasOwn(PARTS, asked)) {
  console.error(`No part "${asked}". There are: ${Object.keys(PARTS).join(", ")}`);
  process.exit(2);
}
for (const name of asked === undefined ? Object.keys(PARTS) : [asked]) await (await PARTS[name]!())(options);
process.exit(0);
