import { describe, test } from "bun:test";
import type { TestNeed } from "../../src/build/test-needs.ts";

/** A `describe` that is skipped, with the reason in its title, on a machine without the need. */
export function describeNeeding(need: TestNeed, title: string, body: () => void): void {
  describe.skipIf(!need.isMet)(titleOf(need, title), body);
}

/** A `test` that is skipped, with the reason in its title, on a machine without the need. */
export function testNeeding(need: TestNeed, title: string, body: () => Promise<void>): void {
  test.skipIf(!need.isMet)(titleOf(need, title), body);
}

/** A title with the need, where `src/build/test-report.ts` finds it. */
function titleOf({ name, isMet }: TestNeed, title: string): string {
  return isMet ? title : `${title} [needs ${name}]`;
}
