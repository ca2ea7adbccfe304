import { describe, test } from "bun:test";
import type { TestNeed } from "../../src/build/test-needs.ts";

/** A `describe` that is skipped, and says why in its title, where the machine lacks what it needs. */
export function describeNeeding(need: TestNeed, title: string, body: () => void): void {
  describe.skipIf(!need.isMet)(titleOf(need, title), body);
}

/** A `test` that is skipped, and says why in its title, where the machine lacks what it needs. */
export function testNeeding(need: TestNeed, title: string, body: () => Promise<void>): void {
  test.skipIf(!need.isMet)(titleOf(need, title), body);
}

/** `src/build/test-report.ts` finds the need there. */
function titleOf({ name, isMet }: TestNeed, title: string): string {
  return isMet ? title : `${title} [needs ${name}]`;
}
