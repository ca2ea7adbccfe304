import { expect, test } from "bun:test";
import {
  lackingInputs,
  lackingProblem,
  nearestParameter,
  parametersRead,
  unreadParams,
} from "../../../src/domain/runs/run-inputs.ts";

const node = (inputs: string[], outputs: string[] = [], tags: string[] = []) => ({ inputs, outputs, tags });
const TRAIN = node(["images", "params:epochs", "params:first"], ["model"], ["training"]);
const run = (nodes = [TRAIN], isPart = false) => ({ pipeline: "p", nodes, isPart });
const known = ["epochs", "first.epochs", "first.images", "tuning_epochs", "classes", "seed"];
const unread = (params: Record<string, unknown>, nodes = [TRAIN], elsewhere: string[] = []) =>
  unreadParams(run(nodes), params, { elsewhere, known }).map(({ name, message }) => `${name}: ${message}`);

test("parametersRead() has what nodes read and what a run reads for them, null when one reads all", () => {
  expect(parametersRead([TRAIN])).toEqual(["epochs", "first", "classes", "seed", "checkpoint_seconds"]);
  expect(parametersRead([node(["params:tuning_layer"])])).toContain("tuning_initial_model");
  expect(parametersRead([TRAIN, node(["parameters"])])).toBeNull();
});

test("unreadParams() accepts what is read: a value, one in a group, a whole group, and what is read elsewhere", () => {
  const params = { epochs: 1, first: { images: 3 }, seed: 1, ink: { width: 2 } };
  expect(unread(params, [TRAIN], ["ink.width"])).toEqual([]);
  expect(unread({ first: null }, [node(["params:first.images"])])).toEqual([]);
  expect(unread({ anything: 1 }, [node(["parameters"])])).toEqual([]);
});

test("unreadParams() names the parameter, what was expected and found, and the nearest one that is read", () => {
  expect(unread({ epoch: 3 })).toEqual([
    'epoch: expected a parameter that pipeline p reads, found epoch=3. Did you mean "epochs"?',
  ]);
  expect(unread({ tuning_epochs: 3, first: { imagse: 1 } })).toEqual([
    'tuning_epochs: expected a parameter that pipeline p reads, found tuning_epochs=3. Did you mean "epochs"?',
  ]);
  expect(unread({ zzzzzzzz: "x".repeat(100) })[0]).toMatch(
    /found zzzzzzzz="x+…\. It reads epochs, first\.epochs, first\.images, classes, seed$/,
  );
});

test("nearestParameter() finds the parameter of fine-tuning by the name of the one of training from scratch", () => {
  const read = ["first.epochs", "tuning_epochs", "tuning_batch_size"];
  expect(nearestParameter("epochs", read)).toBe("tuning_epochs");
  expect(nearestParameter("epoch", read)).toBe("tuning_epochs");
  expect(nearestParameter("batchsize", read)).toBe("tuning_batch_size");
  expect(nearestParameter("tunning_epochs", read)).toBe("tuning_epochs");
  expect(nearestParameter("colour", read)).toBeNull();
});

test("lackingInputs() has the datasets that no node makes and that are not kept, and lackingProblem() says what to run", () => {
  const nodes = [node(["raw", "test", "params:x"], ["made"]), node(["made", "parameters"])];
  const lacking = lackingInputs(nodes, (name) => name === "raw");
  expect(lacking).toEqual(["test"]);
  expect(lackingProblem(run(nodes), lacking, ["whole"])?.message).toBe(
    "Cannot start pipeline p alone: it reads test, which none of its nodes makes and the catalog does not store. Run whole instead",
  );
  expect(lackingProblem(run(nodes, true), lacking, ["whole"])?.message).toContain("Run the whole pipeline");
  expect(lackingProblem(run(nodes), lacking, [])?.message).toContain("Add them to catalog.yml");
  expect(lackingProblem(run(nodes), [], [])).toBeNull();
});
