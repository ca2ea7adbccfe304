import { existsSync } from "node:fs";

const CHROMIUM_PATHS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Where Chromium is: CHROMIUM in the environment, or where distributions put it; null when there is none. */
export const CHROMIUM: string | null =
  [process.env.CHROMIUM, ...CHROMIUM_PATHS].find((path) => path && existsSync(path)) ?? null;

/** Something that a machine may lack. Tests that need it are skipped there, and `npm test` says so. */
export interface TestNeed {
  /** Completes "needs …"; unique. */
  name: string;
  isMet: boolean;
  /** How to get it, as a sentence without its full stop. */
  hint: string;
}

/** All that tests may need beside `npm install`. */
export const TEST_NEEDS = {
  chromium: {
    name: "Chromium",
    isMet: CHROMIUM !== null,
    hint: "Install it (Debian: apt-get install chromium), or set CHROMIUM to its path",
  },
  linux: {
    name: "Linux",
    isMet: process.platform === "linux",
    hint: "They run on Linux only",
  },
  node: {
    name: "Node.js",
    isMet: Bun.which("node") !== null,
    hint: "Put node on the PATH",
  },
  ordinaryUser: {
    name: "a user who is not root",
    isMet: process.getuid?.() !== 0,
    hint: "Root may write everywhere. Run the tests as another user",
  },
} satisfies Record<string, TestNeed>;
