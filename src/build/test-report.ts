import { TEST_NEEDS, type TestNeed } from "./test-needs.ts";

/** The results of one test run. */
export interface TestReport {
  passed: number;
  failed: number;
  /** The full titles of skipped tests. */
  skipped: string[];
  /** Duration of each file in seconds, slowest first. */
  files: { file: string; seconds: number }[];
}

/** Bun reports the hooks of a skipped `describe` as skipped tests of this name. */
const HOOK = "(unnamed)";

const ENTITIES: Readonly<Record<string, string>> = {
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&apos;": "'",
  "&amp;": "&",
};

/**
 * Reads a report of `bun test --reporter=junit`.
 *
 * @param xml the report; the empty string if there is none, as after a crash.
 */
export function readTestReport(xml: string): TestReport {
  const totals = attributesOf(/<testsuites[^>]*>/.exec(xml)?.[0] ?? "");
  const count = (name: string) => Number(totals[name] ?? 0);
  const cases = [...xml.matchAll(/<testcase\b([^>]*[^/>])>\s*<skipped/g)].map(([, text]) =>
    attributesOf(text!),
  );
  const skipped = cases.filter(({ name }) => name !== HOOK);
  const failed = count("failures") + count("errors");
  return {
    passed: count("tests") - failed - count("skipped"),
    failed,
    skipped: skipped.map(({ classname = "", name = "" }) => [classname, name].filter(Boolean).join(" > ")),
    files: secondsByFile(xml),
  };
}

/** One line per unmet need of skipped tests, with how to meet it, and one line per test that was skipped otherwise. */
export function describeSkipped(
  skipped: readonly string[],
  needs: readonly TestNeed[] = Object.values(TEST_NEEDS),
): string[] {
  const lines: string[] = [];
  let others = [...skipped];
  for (const { name, hint } of needs) {
    const needing = others.filter((title) => title.includes(`[needs ${name}]`));
    others = others.filter((title) => !needing.includes(title));
    if (needing.length === 0) continue;
    lines.push(
      `skipped: ${needing.length === 1 ? "1 test needs" : `${needing.length} tests need`} ${name}. ${hint}`,
    );
  }
  return [...lines, ...others.map((title) => `skipped: ${title}`)];
}

/** The last line of a test run: `2 passed, 0 failed, 1 skipped`. */
export function describeTotals({ passed, failed, skipped }: TestReport): string {
  const end = skipped.length > 0 ? `, ${skipped.length} skipped` : "";
  return `${passed} passed, ${failed} failed${end}`;
}

/** Durations by file: each file is a suite that is named after it. */
function secondsByFile(xml: string): TestReport["files"] {
  return [...xml.matchAll(/<testsuite\b([^>]*)>/g)]
    .map(([, text]) => attributesOf(text!))
    .filter(({ name, file }) => file !== undefined && name === file)
    .map(({ file, time }) => ({ file: file!, seconds: Number(time) }))
    .sort((a, b) => b.seconds - a.seconds);
}

function attributesOf(tag: string): Record<string, string | undefined> {
  const pairs = [...tag.matchAll(/([\w-]+)="([^"]*)"/g)];
  return Object.fromEntries(pairs.map(([, name, value]) => [name!, unescapeXml(value!)]));
}

function unescapeXml(text: string): string {
  return text.replaceAll(/&(lt|gt|quot|apos|amp);/g, (entity) => ENTITIES[entity]!);
}
