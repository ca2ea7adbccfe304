import { existsSync } from "node:fs";

const CHROMIUM_PATHS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Path of Chromium: CHROMIUM in the environment, or where distributions install it; null when there is none. */
export const CHROMIUM: string | null =
  [process.env.CHROMIUM, ...CHROMIUM_PATHS].find((path) => path && existsSync(path)) ?? null;

/** Something that a machine may lack. Tests that need it are skipped there, and `npm test` says so. */
export interface TestNeed {
  /** Completes "needs …"; unique. */
  name: string;
  isMet: boolean;
  /** How to get it, as a sentence without a full stop. */
  hint: string;
}

/** Everything that tests may need in addition to `npm install`. */
export const TEST_NEEDS = {
  chromium: {
    name: "Chromium",
    isMet: CHROMIUM !== null,
    hint: "Install it (Debian: apt-get install chromium), or set CHROMIUM to its path",
  },
  linux: {
    name: "Linux",
    isMet: process.platform === "linux",
    hint: "They run only on Linux",
  },
  node: {
    name: "Node.js",
    isMet: Bun.which("node") !== null,
    hint: "Put node on the PATH",
  },
  ordinaryUser: {
    name: "a user other than root",
    isMet: process.getuid?.() !== 0,
    hint: "Root may write everywhere. Run the tests as another user",
  },
} satisfies Record<string, TestNeed>;
