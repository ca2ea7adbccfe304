import { expect, test } from "bun:test";
import { kedroTypeHint } from "../../src/datasets/kedro-types.ts";

test.each([
  [
    "pickle.PickleDataSet",
    '"pickle.PickleDataSet" is a Kedro type: use "pickle" instead (read-only: pipelines save json, csv, image or tfjs_model)',
  ],
  ["kedro.io.MemoryDataset", '"kedro.io.MemoryDataset" is a Kedro type: use "memory" instead'],
  [
    "pandas.CSVDataset",
    '"pandas.CSVDataset" is a Kedro type: use "csv" instead (a list of rows, not a data frame)',
  ],
  [
    "tensorflow.TensorFlowModelDataset",
    '"tensorflow.TensorFlowModelDataset" is a Kedro type: use "tfjs_model" instead (a folder of model.json and weights)',
  ],
  ["json.JSONDataset", '"json.JSONDataset" is a Kedro type: use "json" instead'],
])("kedroTypeHint(%s) names the type to write", (type, hint) => {
  expect(kedroTypeHint(type)).toBe(hint);
});

test("kedroTypeHint() reports Kedro types that tegaki does not have, and ignores other names", () => {
  expect(kedroTypeHint("pandas.ParquetDataset")).toStartWith(
    '"pandas.ParquetDataset" is a Kedro type that tegaki does not have. Known types: csv, ',
  );
  expect(kedroTypeHint("jsn")).toBeNull();
});
