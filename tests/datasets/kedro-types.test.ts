import { expect, test } from "bun:test";
import { kedroTypeHint } from "../../src/datasets/kedro-types.ts";

test.each([
  [
    "pickle.PickleDataSet",
    '"pickle.PickleDataSet" is Kedro\'s: write "pickle" here (read only: what pipelines save is json, csv, image or tfjs_model)',
  ],
  ["kedro.io.MemoryDataset", '"kedro.io.MemoryDataset" is Kedro\'s: write "memory" here'],
  [
    "pandas.CSVDataset",
    '"pandas.CSVDataset" is Kedro\'s: write "csv" here (a list of rows in place of a data frame)',
  ],
  [
    "tensorflow.TensorFlowModelDataset",
    '"tensorflow.TensorFlowModelDataset" is Kedro\'s: write "tfjs_model" here (a folder of model.json and weights)',
  ],
  ["json.JSONDataset", '"json.JSONDataset" is Kedro\'s: write "json" here'],
])("kedroTypeHint(%s) names the type to write", (type, hint) => {
  expect(kedroTypeHint(type)).toBe(hint);
});

test("kedroTypeHint() says when there is no such type here, and nothing of what is not Kedro's", () => {
  expect(kedroTypeHint("pandas.ParquetDataset")).toStartWith(
    '"pandas.ParquetDataset" is a type of Kedro\'s that is not here. Known are: csv, ',
  );
  expect(kedroTypeHint("jsn")).toBeNull();
});
