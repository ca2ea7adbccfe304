import { expect, test } from "bun:test";
import type { Deployment } from "../../src/domain/deployment.ts";
import { versionsToRollBackTo } from "../../src/model-registry/history.ts";

/** "+2" promotes version 2, "-1" goes back to version 1; oldest first. */
function back(...moves: string[]): number[] {
  const deployments = moves.map((move, index): Deployment => {
    const action = move.startsWith("+") ? "promote" : "rollback";
    const version = Number(move.slice(1));
    return {
      id: index + 1,
      alias: "champion",
      version,
      previousVersion: null,
      action,
      by: "page",
      actor: null,
      isForced: null,
      verdict: null,
      reason: "",
      createdAt: "",
    };
  });
  return versionsToRollBackTo(deployments.reverse());
}

test("versionsToRollBackTo() gives what was champion before, the nearest first", () => {
  expect(back("+1", "+2", "+3")).toEqual([2, 1]);
  expect(back("+1")).toEqual([]);
  expect(back()).toEqual([]);
});

test("versionsToRollBackTo() goes further back after a rollback, and never forward again", () => {
  expect(back("+1", "+2", "+3", "-2")).toEqual([1]);
  expect(back("+1", "+2", "+3", "-2", "-1")).toEqual([]);
});

test("versionsToRollBackTo() starts over from the version that was promoted after a rollback", () => {
  expect(back("+1", "+2", "-1", "+3")).toEqual([1]);
  expect(back("+1", "+2", "-1", "+2")).toEqual([1]);
  expect(back("+1", "+2", "+1")).toEqual([2]);
});

test("versionsToRollBackTo() gets back to the first champion when versions were promoted again in between", () => {
  expect(back("+1", "+2", "+1", "-2")).toEqual([1]);
  expect(back("+1", "+2", "+3", "+2", "+1")).toEqual([2, 3]);
  expect(back("+1", "+2", "+3", "+2", "+1", "-2")).toEqual([3, 1]);
  expect(back("+1", "+2", "+3", "+2", "+1", "-2", "-3")).toEqual([2, 1]);
});
