/** A browser, in short, as it describes itself. */
export interface BrowserName {
  /** Such as "Firefox"; null when it is none of those that are known here. */
  readonly browser: string | null;
  /** Such as "Linux"; null likewise. */
  readonly system: string | null;
}

/** The first that matches counts: most browsers name others, too, of which they are to be taken for one. */
const BROWSERS: readonly (readonly [name: string, pattern: RegExp])[] = [
  ["Edge", /\bEdgA?(?:iOS)?\//],
  ["Opera", /\bOPR\//],
  ["Samsung Internet", /\bSamsungBrowser\//],
  ["Firefox", /\b(?:Firefox|FxiOS)\//],
  ["Chrome", /\b(?:Chrome|CriOS|HeadlessChrome)\//],
  ["Safari", /\bVersion\/[\d.]+ .*\bSafari\//],
  ["curl", /^curl\//],
];

const SYSTEMS: readonly (readonly [name: string, pattern: RegExp])[] = [
  ["Android", /\bAndroid\b/],
  ["iPhone", /\biPhone\b/],
  ["iPad", /\biPad\b/],
  ["Windows", /\bWindows\b/],
  ["ChromeOS", /\bCrOS\b/],
  ["macOS", /\b(?:Macintosh|Mac OS X)\b/],
  ["Linux", /\bLinux\b/],
];

/** Returns the name of a browser and its system, as far as its own description, the header User-Agent, tells. */
export function browserOf(agent: string | null): BrowserName {
  const find = (list: typeof BROWSERS) => list.find(([, pattern]) => pattern.test(agent ?? ""))?.[0] ?? null;
  return { browser: find(BROWSERS), system: find(SYSTEMS) };
}
